"""How rows of users are read and written."""

from app.components.user_store.schemas import User
from runtime.database import Database
from runtime.store import Store


class UserRepository(Store[User]):
    """The rows of users. Reading and writing as every store does it; queries of its own go here."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, User)
