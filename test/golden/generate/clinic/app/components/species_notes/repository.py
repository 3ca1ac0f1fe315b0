"""How species notes are listed: what may be filtered, sorted and searched."""

from app.models import Species
from runtime.listing import Listing

LISTING = Listing(
    Species,
    order="title",
    equals={
        "title": Species.title,
        "class_": Species.class_,
        "rating": Species.rating,
    },
    at_least={
        "rating_min": Species.rating,
    },
    at_most={
        "rating_max": Species.rating,
    },
    sort={
        "title": Species.title,
        "rating": Species.rating,
        "created_at": Species.created_at,
    },
    search=(Species.title,),
)
