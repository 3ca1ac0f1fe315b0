"""Credentials: who sends a request, by an access token or by an API key."""

from collections.abc import Sequence
from typing import Protocol

from starlette.requests import Request

from runtime.call import Principal
from runtime.http_shape import HttpShape, token_in
from runtime.problems import SIGN_IN_FIRST, Problem

KEY_HEADER = "X-API-Key"


class Authenticator(Protocol):
    """Turns an access token into who sent it."""

    @property
    def admin_roles(self) -> Sequence[str]:
        """The roles of administrators."""
        ...

    async def authenticate(self, token: str) -> Principal:
        """Return who is signed in. Raises the 401."""
        ...


class KeyAuthenticator(Protocol):
    """Turns an API key into the row that sent it."""

    @property
    def roles(self) -> dict[str, str]:
        """Model -> the role of its keys."""
        ...

    async def authenticate(self, key: str, address: str) -> Principal:
        """Return whose key it is. Raises the 401 and the 429."""
        ...


class Credentials:
    """The ways to sign in that a system has."""

    def __init__(self, tokens: Authenticator | None, keys: KeyAuthenticator | None, http: HttpShape) -> None:
        self._tokens = tokens
        self._keys = keys
        self._http = http

    async def principal(self, request: Request) -> Principal | None:
        """Return who sends a request; None where it says nothing about that. Raises 401 and 429.

        Where both are sent, the access token counts: whoever it belongs to knows what they do.
        """
        token = token_in(self._http, request.headers) if self._tokens else ""
        key = request.headers.get(KEY_HEADER, "").strip() if self._keys else ""
        if self._tokens and token:
            return await self._tokens.authenticate(token)
        if self._keys and key:
            return await self._keys.authenticate(key, request.client.host if request.client else "local")
        return None

    def challenge(self, problem: Problem) -> Problem:
        """Return a 401 that names every way to sign in, as this system has them."""
        said = problem.headers.get("WWW-Authenticate")
        if said is None:
            return problem
        scheme = self._http.token_scheme or "Bearer"
        if said != "Bearer":
            problem.headers["WWW-Authenticate"] = said.replace("Bearer", scheme)
            return problem
        ways = [*([scheme] if self._tokens else []), *(["ApiKey"] if self._keys else [])]
        problem.headers["WWW-Authenticate"] = ", ".join(ways) or scheme
        if problem.detail == SIGN_IN_FIRST:
            problem.detail = self._words()
        return problem

    def _words(self) -> str:
        """Return how one signs in here."""
        if self._tokens is None:
            return f"Send an API key, as `{KEY_HEADER}: ...`."
        value = f"{self._http.token_scheme} ...".strip()
        return f"Sign in first: send an access token as `{self._http.token_header}: {value}`."
