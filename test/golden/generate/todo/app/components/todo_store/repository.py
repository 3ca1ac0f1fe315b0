"""How rows of todos are read and written."""

from app.components.todo_store.schemas import Todo
from runtime.database import Database
from runtime.store import Store


class TodoRepository(Store[Todo]):
    """The rows of todos. Reading and writing as every store does it; queries of its own go here."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Todo)
