"""TodoStore: todos, as other components reach them."""

from app.components.todo_store.repository import TodoRepository
from runtime.component import ComposedComponent
from runtime.database import Database


class TodoStore(ComposedComponent):
    """Keeps the rows of todos."""

    def __init__(self, database: Database) -> None:
        super().__init__("todo_store")
        self.sql = self.offers("sql", TodoRepository(database))
