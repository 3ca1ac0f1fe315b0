"""Visits: the operations at /v1/visits."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.components.visits.repository import LISTING
from app.components.visits.schemas import VisitCreate, VisitCreateUnder, VisitOut, VisitPage, VisitQuery, VisitUpdate
from app.models import Visit
from runtime.call import Call, Current
from runtime.component import ComposedComponent, RpcPort, delete, get, patch, post
from runtime.problems import not_found
from runtime.store import Store, check_visible, same_parent


class Visits(ComposedComponent):
    """What may be done with visits."""

    def __init__(self, pet: RpcPort, data: Store[Visit]) -> None:
        super().__init__("visits")
        self.api = self.offers("api", RpcPort(self, model="Visit", parent="pet_id", parents=pet))
        self.pet = self.needs("pet", pet)
        self.data = self.needs("data", data)

    async def find_visit(self, call: Call, id: UUID) -> Visit:
        """Return the visit; 404 where the caller sees none."""
        return await self.data.read(call, id)

    @get("/v1/visits", "api.list")
    async def list_visits(self, call: Current, query: Annotated[VisitQuery, Query()]) -> VisitPage:
        """List visits."""
        page = await self.data.page(call, LISTING, query)
        return VisitPage.model_validate(page)

    @post("/v1/visits", "api.create", idempotent=True, alone=True)
    async def create_visit(self, call: Current, body: VisitCreate) -> VisitOut:
        """Make a visit."""
        values = body.model_dump()
        await check_visible(call, self.pet, "pet_id", values.get("pet_id"))
        visit = await self.data.create(call, values)
        call.etag(visit.row_version)
        call.location(f"/v1/visits/{visit.id}")
        return VisitOut.model_validate(visit)

    @get("/v1/visits/{id}", "api.read", versioned=True)
    async def read_visit(self, call: Current, id: UUID) -> VisitOut:
        """Read a visit."""
        visit = await self.data.read(call, id)
        call.etag(visit.row_version)
        return VisitOut.model_validate(visit)

    @patch("/v1/visits/{id}", "api.update", versioned=True, find=find_visit)
    async def update_visit(self, call: Current, id: UUID, body: VisitUpdate) -> VisitOut:
        """Change a visit: what is left out stays as it is."""
        changes = body.model_dump(exclude_unset=True)
        await check_visible(call, self.pet, "pet_id", changes.get("pet_id"))
        visit = await self.data.update(call, id, changes)
        call.etag(visit.row_version)
        return VisitOut.model_validate(visit)

    @delete("/v1/visits/{id}", "api.delete", versioned=True)
    async def delete_visit(self, call: Current, id: UUID) -> None:
        """Delete a visit."""
        await self.data.delete(call, id)

    async def see_pet(self, call: Call, id: UUID) -> None:
        """Answer 404 where the caller sees no such pet."""
        if not await self.pet.sees(call, id):
            raise not_found()

    @get("/v1/pets/{id}/visits", "api.list", find=see_pet)
    async def list_visits_of_pet(self, call: Current, id: UUID, query: Annotated[VisitQuery, Query()]) -> VisitPage:
        """List visits of a pet."""
        await self.see_pet(call, id)
        page = await self.data.page(call, LISTING, query, Visit.pet_id == id)
        return VisitPage.model_validate(page)

    @post("/v1/pets/{id}/visits", "api.create", idempotent=True, alone=True, find=see_pet)
    async def create_visit_of_pet(self, call: Current, id: UUID, body: VisitCreateUnder) -> VisitOut:
        """Make a visit of a pet."""
        await self.see_pet(call, id)
        same_parent("pet_id", body.pet_id, id)
        values = {**body.model_dump(), "pet_id": id}
        visit = await self.data.create(call, values)
        call.etag(visit.row_version)
        call.location(f"/v1/visits/{visit.id}")
        return VisitOut.model_validate(visit)
