"""How rows of pets are read and written."""

from app.components.pet_store.schemas import Pet
from runtime.database import Database
from runtime.store import Store


class PetRepository(Store[Pet]):
    """The rows of pets. Reading and writing as every store does it; queries of its own go here."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Pet)
