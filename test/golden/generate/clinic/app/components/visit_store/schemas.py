"""What crosses the ports of visit_store: the rows themselves."""

from app.models import Visit

__all__ = ["Visit"]
