"""Builds the service from the registry; nothing else."""

from pathlib import Path

from app.registry import build
from runtime.service import About, Service
from runtime.settings import Settings, load_settings

BLUEPRINT = Path(__file__).parent.parent / "architecture.yaml"
ABOUT = About(
    name="todo",
    title="Todo",
    version="1.0.0",
    description="Build me a todo API with user authentication",
)


def create(settings: Settings | None = None) -> Service:
    """Return the service, an ASGI application. Without settings they come from the environment."""
    return Service(build, settings or load_settings(accounts=True), ABOUT, BLUEPRINT)
