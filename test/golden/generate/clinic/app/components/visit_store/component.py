"""VisitStore: visits, as other components reach them."""

from app.components.visit_store.repository import VisitRepository
from runtime.component import ComposedComponent
from runtime.database import Database


class VisitStore(ComposedComponent):
    """Keeps the rows of visits."""

    def __init__(self, database: Database) -> None:
        super().__init__("visit_store")
        self.sql = self.offers("sql", VisitRepository(database))
