"""How accounts are listed: what may be filtered, sorted and searched."""

from app.models import User
from runtime.listing import Listing

LISTING = Listing(
    User,
    order="-created_at",
    equals={
        "email": User.email,
        "name": User.name,
    },
    sort={
        "email": User.email,
        "name": User.name,
        "created_at": User.created_at,
    },
    search=(
        User.email,
        User.name,
    ),
)
