"""Pets: the operations at /v1/pets."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.components.pets.repository import LISTING
from app.components.pets.schemas import PetCreate, PetOut, PetPage, PetQuery, PetUpdate
from app.models import Pet
from runtime.call import Call, Current
from runtime.component import ComposedComponent, RpcPort, delete, get, patch, post
from runtime.store import Store


class Pets(ComposedComponent):
    """What may be done with pets."""

    def __init__(self, data: Store[Pet]) -> None:
        super().__init__("pets")
        self.api = self.offers("api", RpcPort(self, model="Pet", owner="owner_id"))
        self.data = self.needs("data", data)

    async def find_pet(self, call: Call, id: UUID) -> Pet:
        """Return the pet; 404 where the caller sees none."""
        return await self.data.read(call, id)

    @get("/v1/pets", "api.list")
    async def list_pets(self, call: Current, query: Annotated[PetQuery, Query()]) -> PetPage:
        """List pets."""
        page = await self.data.page(call, LISTING, query)
        return PetPage.model_validate(page)

    @post("/v1/pets", "api.create", idempotent=True, alone=True)
    async def create_pet(self, call: Current, body: PetCreate) -> PetOut:
        """Make a pet."""
        values = body.model_dump()
        if values.get("owner_id") is None and call.principal is not None:
            values["owner_id"] = call.principal.id
        pet = await self.data.create(call, values, owner="owner_id")
        call.etag(pet.row_version)
        call.location(f"/v1/pets/{pet.id}")
        return PetOut.model_validate(pet)

    @get("/v1/pets/{id}", "api.read", versioned=True)
    async def read_pet(self, call: Current, id: UUID) -> PetOut:
        """Read a pet."""
        pet = await self.data.read(call, id)
        call.etag(pet.row_version)
        return PetOut.model_validate(pet)

    @patch("/v1/pets/{id}", "api.update", versioned=True, find=find_pet)
    async def update_pet(self, call: Current, id: UUID, body: PetUpdate) -> PetOut:
        """Change a pet: what is left out stays as it is."""
        changes = body.model_dump(exclude_unset=True)
        pet = await self.data.update(call, id, changes)
        call.etag(pet.row_version)
        return PetOut.model_validate(pet)

    @delete("/v1/pets/{id}", "api.delete", versioned=True)
    async def delete_pet(self, call: Current, id: UUID) -> None:
        """Delete a pet."""
        await self.data.delete(call, id)
