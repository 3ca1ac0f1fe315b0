"""What crosses the ports of user_store: the rows themselves."""

from app.models import User

__all__ = ["User"]
