"""UserStore: users, as other components reach them."""

from app.components.user_store.repository import UserRepository
from runtime.component import ComposedComponent
from runtime.database import Database


class UserStore(ComposedComponent):
    """Keeps the rows of users."""

    def __init__(self, database: Database) -> None:
        super().__init__("user_store")
        self.sql = self.offers("sql", UserRepository(database))
