"""PetStore: pets, as other components reach them."""

from app.components.pet_store.repository import PetRepository
from runtime.component import ComposedComponent
from runtime.database import Database


class PetStore(ComposedComponent):
    """Keeps the rows of pets."""

    def __init__(self, database: Database) -> None:
        super().__init__("pet_store")
        self.sql = self.offers("sql", PetRepository(database))
