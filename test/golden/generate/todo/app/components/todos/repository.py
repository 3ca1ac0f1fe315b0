"""How todos are listed: what may be filtered, sorted and searched."""

from app.models import Todo
from runtime.listing import Listing

LISTING = Listing(
    Todo,
    order="-created_at",
    equals={
        "done": Todo.done,
    },
    sort={
        "title": Todo.title,
        "done": Todo.done,
        "created_at": Todo.created_at,
        "updated_at": Todo.updated_at,
    },
    search=(
        Todo.title,
        Todo.description,
    ),
)
