"""How visits are listed: what may be filtered, sorted and searched."""

from app.models import Visit
from runtime.listing import Listing

LISTING = Listing(
    Visit,
    order="-at",
    equals={
        "pet_id": Visit.pet_id,
        "vet_id": Visit.vet_id,
    },
    at_least={
        "at_min": Visit.at,
        "price_min": Visit.price,
    },
    at_most={
        "at_max": Visit.at,
        "price_max": Visit.price,
    },
    sort={
        "at": Visit.at,
        "price": Visit.price,
        "created_at": Visit.created_at,
    },
    search=(Visit.reason,),
)
