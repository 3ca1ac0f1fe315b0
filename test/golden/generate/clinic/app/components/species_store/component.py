"""SpeciesStore: species_notes, as other components reach them."""

from app.components.species_store.repository import SpeciesRepository
from runtime.component import ComposedComponent
from runtime.database import Database


class SpeciesStore(ComposedComponent):
    """Keeps the rows of species_notes."""

    def __init__(self, database: Database) -> None:
        super().__init__("species_store")
        self.sql = self.offers("sql", SpeciesRepository(database))
