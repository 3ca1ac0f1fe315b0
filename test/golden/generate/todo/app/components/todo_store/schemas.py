"""What crosses the ports of todo_store: the rows themselves."""

from app.models import Todo

__all__ = ["Todo"]
