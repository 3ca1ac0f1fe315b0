"""How rows of species_notes are read and written."""

from app.components.species_store.schemas import Species
from runtime.database import Database
from runtime.store import Store


class SpeciesRepository(Store[Species]):
    """The rows of species_notes. Reading and writing as every store does it; queries of its own go here."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Species)
