"""Accounts: the operations at /v1/auth and /v1/users."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.components.accounts.repository import LISTING
from app.components.accounts.schemas import UserOut, UserPage, UserQuery, UserSelfUpdate, UserUpdate
from app.models import User
from app.types import (
    Credentials,
    PasswordChange,
    PasswordReset,
    RefreshToken,
    Registration,
    ResetToken,
    Setup,
    TokenPair,
)
from runtime.accounts import SignIn
from runtime.call import Call, Current
from runtime.component import ComposedComponent, RpcPort, delete, get, patch, post
from runtime.store import Store


class Accounts(ComposedComponent):
    """What may be done with accounts."""

    def __init__(self, data: Store[User], sign_in: SignIn[User]) -> None:
        super().__init__("accounts")
        self.auth = self.offers("auth", RpcPort(self))
        self.users = self.offers("users", RpcPort(self, model="User"))
        self.data = self.needs("data", data)
        self.sign_in = sign_in

    @post("/v1/auth/register", "auth.register", access="public", transaction=False, limited=True)
    async def register(self, call: Current, body: Registration) -> UserOut:
        """Sign up."""
        user = await self.sign_in.register(call, body.model_dump())
        return UserOut.model_validate(user)

    @post("/v1/auth/login", "auth.login", access="public", status=200, transaction=False, limited=True, answers=(401,))
    async def login(self, call: Current, body: Credentials) -> TokenPair:
        """Sign in."""
        tokens = await self.sign_in.login(call, body.email, body.password)
        return TokenPair.model_validate(tokens)

    @post("/v1/auth/refresh", "auth.refresh", access="public", status=200, transaction=False, answers=(401,))
    async def refresh(self, body: RefreshToken) -> TokenPair:
        """Exchange a refresh token for new tokens. A refresh token is good once."""
        tokens = await self.sign_in.refresh(body.refresh_token)
        return TokenPair.model_validate(tokens)

    @post("/v1/auth/logout", "auth.logout", access="signed-in", status=204, transaction=False)
    async def logout(self, call: Current, body: RefreshToken) -> None:
        """Sign out."""
        await self.sign_in.logout(call, body.refresh_token)

    @get("/v1/auth/me", "auth.me", access="signed-in", versioned=True)
    async def me(self, call: Current) -> UserOut:
        """Read your own account."""
        user = await self.data.read(call, call.me)
        call.etag(user.row_version)
        return UserOut.model_validate(user)

    @patch("/v1/auth/me", "auth.update_me", access="signed-in", versioned=True)
    async def update_me(self, call: Current, body: UserSelfUpdate) -> UserOut:
        """Change your own account: what is left out stays as it is."""
        user = await self.data.update(call, call.me, body.model_dump(exclude_unset=True))
        call.etag(user.row_version)
        return UserOut.model_validate(user)

    @post("/v1/auth/change-password", "auth.change_password", access="signed-in", status=204, transaction=False, limited=True)
    async def change_password(self, call: Current, body: PasswordChange) -> None:
        """Change your password. Your other sessions end."""
        await self.sign_in.change_password(call, body.current_password, body.new_password)

    @post("/v1/auth/reset-password", "auth.reset_password", access="public", status=204, transaction=False, limited=True)
    async def reset_password(self, call: Current, body: PasswordReset) -> None:
        """Set a password with a token from an administrator. All sessions of the account end."""
        await self.sign_in.reset_password(call, body.token, body.new_password)

    @post("/v1/auth/setup", "auth.setup", access="public", transaction=False, limited=True, answers=(403,))
    async def setup(self, call: Current, body: Setup) -> UserOut:
        """Make the first administrator, once, with the token from the release's secrets."""
        values = {
            **body.model_dump(exclude={"token"}),
            "name": "Administrator",
        }
        user = await self.sign_in.setup(call, body.token, values)
        return UserOut.model_validate(user)

    async def find_user(self, call: Call, id: UUID) -> User:
        """Return the user; 404 where the caller sees none."""
        return await self.data.read(call, id)

    @get("/v1/users", "users.list")
    async def list_users(self, call: Current, query: Annotated[UserQuery, Query()]) -> UserPage:
        """List users."""
        page = await self.data.page(call, LISTING, query)
        return UserPage.model_validate(page)

    @get("/v1/users/{id}", "users.read", versioned=True)
    async def read_user(self, call: Current, id: UUID) -> UserOut:
        """Read a user."""
        user = await self.data.read(call, id)
        call.etag(user.row_version)
        return UserOut.model_validate(user)

    @patch("/v1/users/{id}", "users.update", versioned=True, find=find_user)
    async def update_user(self, call: Current, id: UUID, body: UserUpdate) -> UserOut:
        """Change a user: what is left out stays as it is."""
        changes = body.model_dump(exclude_unset=True)
        if "roles" in changes:
            await self.sign_in.keep_an_administrator(call, id, changes["roles"])
        user = await self.data.update(call, id, changes)
        call.etag(user.row_version)
        return UserOut.model_validate(user)

    @delete("/v1/users/{id}", "users.delete", versioned=True)
    async def delete_user(self, call: Current, id: UUID) -> None:
        """Delete a user."""
        await self.sign_in.keep_an_administrator(call, id)
        await self.data.delete(call, id)

    @post("/v1/users/{id}/issue-reset", "users.issue_reset", status=200, transaction=False)
    async def issue_reset(self, call: Current, id: UUID) -> ResetToken:
        """Make a token with which somebody sets their password, once, within an hour."""
        issued = await self.sign_in.issue_reset(call, id)
        return ResetToken.model_validate(issued)
