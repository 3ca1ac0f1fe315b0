"""What crosses the ports of species_store: the rows themselves."""

from app.models import Species

__all__ = ["Species"]
