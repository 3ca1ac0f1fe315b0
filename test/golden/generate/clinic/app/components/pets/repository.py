"""How pets are listed: what may be filtered, sorted and searched."""

from app.models import Pet
from runtime.listing import Listing

LISTING = Listing(
    Pet,
    order="name",
    equals={
        "species": Pet.species,
        "vaccinated": Pet.vaccinated,
        "owner_id": Pet.owner_id,
        "born_on": Pet.born_on,
    },
    contains={
        "tags": Pet.tags,
    },
    at_least={
        "born_on_min": Pet.born_on,
        "weight_kg_min": Pet.weight_kg,
    },
    at_most={
        "born_on_max": Pet.born_on,
        "weight_kg_max": Pet.weight_kg,
    },
    sort={
        "name": Pet.name,
        "species": Pet.species,
        "born_on": Pet.born_on,
        "weight_kg": Pet.weight_kg,
        "created_at": Pet.created_at,
    },
    search=(
        Pet.name,
        Pet.chip_number,
    ),
)
