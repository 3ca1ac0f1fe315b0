"""What crosses the ports of pet_store: the rows themselves."""

from app.models import Pet

__all__ = ["Pet"]
