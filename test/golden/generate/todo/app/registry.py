"""The registry: which components there are, and how they are wired."""

import datetime as dt

from app.components.accounts.component import Accounts
from app.components.todo_store.component import TodoStore
from app.components.todos.component import Todos
from app.components.user_store.component import UserStore
from runtime.accounts import SignIn
from runtime.database import Database
from runtime.registry import Registry
from runtime.settings import Settings

EXPOSE = {
    "accounts.auth": "/v1/auth",
    "accounts.users": "/v1/users",
    "todos.api": "/v1/todos",
}

ROLES: dict[str, list[str]] = {
    "user": [
        "todos.api:*@own",
    ],
    "admin": [
        "accounts.users:*",
        "todos.api:*",
    ],
}


def build(database: Database, settings: Settings) -> Registry:
    """Return all components, wired along the links of the blueprint."""
    registry = Registry(expose=EXPOSE, roles=ROLES, issuer="accounts.auth")
    user_store = registry.add(UserStore(database))
    sign_in = SignIn(
        user_store.sql,
        settings,
        system="todo",
        access=dt.timedelta(minutes=15),
        refresh=dt.timedelta(days=30),
        admin_roles=["admin"],
    )
    registry.authenticator = sign_in
    registry.add(Accounts(data=user_store.sql, sign_in=sign_in))
    todo_store = registry.add(TodoStore(database))
    registry.add(Todos(data=todo_store.sql))
    return registry
