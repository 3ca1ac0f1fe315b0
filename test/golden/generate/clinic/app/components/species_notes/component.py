"""SpeciesNotes: the operations at /v1/species-notes."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.components.species_notes.repository import LISTING
from app.components.species_notes.schemas import SpeciesCreate, SpeciesOut, SpeciesPage, SpeciesQuery, SpeciesUpdate
from app.models import Species
from runtime.call import Call, Current
from runtime.component import ComposedComponent, RpcPort, delete, get, patch, post
from runtime.store import Store


class SpeciesNotes(ComposedComponent):
    """What may be done with species notes."""

    def __init__(self, data: Store[Species]) -> None:
        super().__init__("species_notes")
        self.api = self.offers("api", RpcPort(self, model="Species"))
        self.data = self.needs("data", data)

    async def find_species(self, call: Call, id: UUID) -> Species:
        """Return the species; 404 where the caller sees none."""
        return await self.data.read(call, id)

    @get("/v1/species-notes", "api.list", access="public")
    async def list_species_notes(self, call: Current, query: Annotated[SpeciesQuery, Query()]) -> SpeciesPage:
        """List species notes."""
        page = await self.data.page(call, LISTING, query)
        return SpeciesPage.model_validate(page)

    @post("/v1/species-notes", "api.create", alone=True)
    async def create_species(self, call: Current, body: SpeciesCreate) -> SpeciesOut:
        """Make a species."""
        values = body.model_dump()
        species = await self.data.create(call, values)
        call.etag(species.row_version)
        call.location(f"/v1/species-notes/{species.id}")
        return SpeciesOut.model_validate(species)

    @get("/v1/species-notes/{id}", "api.read", access="public", versioned=True)
    async def read_species(self, call: Current, id: UUID) -> SpeciesOut:
        """Read a species."""
        species = await self.data.read(call, id)
        call.etag(species.row_version)
        return SpeciesOut.model_validate(species)

    @patch("/v1/species-notes/{id}", "api.update", versioned=True, find=find_species)
    async def update_species(self, call: Current, id: UUID, body: SpeciesUpdate) -> SpeciesOut:
        """Change a species: what is left out stays as it is."""
        changes = body.model_dump(exclude_unset=True)
        species = await self.data.update(call, id, changes)
        call.etag(species.row_version)
        return SpeciesOut.model_validate(species)

    @delete("/v1/species-notes/{id}", "api.delete", versioned=True)
    async def delete_species(self, call: Current, id: UUID) -> None:
        """Delete a species."""
        await self.data.delete(call, id)
