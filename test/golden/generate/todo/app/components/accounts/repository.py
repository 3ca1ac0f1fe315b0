"""How accounts are listed: what may be filtered, sorted and searched."""

from app.models import User
from runtime.listing import Listing

LISTING = Listing(
    User,
    order="-created_at",
    equals={
        "email": User.email,
    },
    sort={
        "email": User.email,
        "created_at": User.created_at,
    },
    search=(User.email,),
)
