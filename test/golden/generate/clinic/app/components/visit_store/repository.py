"""How rows of visits are read and written."""

from app.components.visit_store.schemas import Visit
from runtime.database import Database
from runtime.store import Store


class VisitRepository(Store[Visit]):
    """The rows of visits. Reading and writing as every store does it; queries of its own go here."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Visit)
