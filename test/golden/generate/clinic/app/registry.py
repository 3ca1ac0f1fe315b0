"""The registry: which components there are, and how they are wired."""

import datetime as dt

from app.components.accounts.component import Accounts
from app.components.pet_store.component import PetStore
from app.components.pets.component import Pets
from app.components.species_notes.component import SpeciesNotes
from app.components.species_store.component import SpeciesStore
from app.components.user_store.component import UserStore
from app.components.visit_store.component import VisitStore
from app.components.visits.component import Visits
from runtime.accounts import SignIn
from runtime.database import Database
from runtime.registry import Registry
from runtime.settings import Settings

EXPOSE = {
    "accounts.auth": "/v1/auth",
    "accounts.users": "/v1/users",
    "pets.api": "/v1/pets",
    "visits.api": "/v1/visits",
    "species_notes.api": "/v1/species-notes",
}

ROLES: dict[str, list[str]] = {
    "owner": [
        "pets.api:*@own",
        "visits.api:list",
        "visits.api:read",
    ],
    "vet": [
        "pets.api:list",
        "pets.api:read",
        "visits.api:*",
        "visits.api:update@vet_id",
        "species_notes.api:create",
    ],
    "admin": [
        "accounts.users:*",
        "pets.api:*",
        "visits.api:*",
        "species_notes.api:*",
    ],
}


def build(database: Database, settings: Settings) -> Registry:
    """Return all components, wired along the links of the blueprint."""
    registry = Registry(expose=EXPOSE, roles=ROLES, issuer="accounts.auth")
    user_store = registry.add(UserStore(database))
    sign_in = SignIn(
        user_store.sql,
        settings,
        system="pet-clinic",
        access=dt.timedelta(minutes=15),
        refresh=dt.timedelta(days=30),
        admin_roles=["admin"],
    )
    registry.authenticator = sign_in
    registry.add(Accounts(data=user_store.sql, sign_in=sign_in))
    pet_store = registry.add(PetStore(database))
    pets = registry.add(Pets(data=pet_store.sql))
    visit_store = registry.add(VisitStore(database))
    registry.add(Visits(pet=pets.api, data=visit_store.sql))
    species_store = registry.add(SpeciesStore(database))
    registry.add(SpeciesNotes(data=species_store.sql))
    return registry
