"""Tokens: signed access tokens, and random ones of which only the hash is stored."""

import datetime as dt
import hashlib
import secrets
import time
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import jwt

ALGORITHM = "HS256"
MOST_REMEMBERED = 4096
"""So many tokens are remembered once their signature was verified."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a valid access token says."""

    user_id: UUID
    session_id: UUID
    expires: int
    """When it stops to be valid, in seconds since 1970."""


class Tokens:
    """Makes and checks access tokens."""

    def __init__(self, key: str, system: str, lifetime: dt.timedelta) -> None:
        self._key = key
        self._system = system
        self.lifetime = lifetime
        self._verified = lru_cache(MOST_REMEMBERED)(self._verify)

    def issue(self, user_id: UUID, session_id: UUID) -> str:
        """Return a signed token."""
        issued = dt.datetime.now(dt.UTC)
        claims = {
            "iss": self._system,
            "aud": self._system,
            "sub": str(user_id),
            "sid": str(session_id),
            "iat": issued,
            "exp": issued + self.lifetime,
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def check(self, token: str) -> AccessToken | None:
        """Return what a token says; None when it is forged, expired or meant for somebody else."""
        try:
            access = self._verified(token)
        except (jwt.InvalidTokenError, ValueError, TypeError, AttributeError):
            return None
        # As in PyJWT: it is good until the second that it names.
        return access if time.time() < access.expires else None

    def _verify(self, token: str) -> AccessToken:
        """Return what a token says, which is the same each time it comes. Raises what is wrong with it."""
        claims = jwt.decode(
            token,
            self._key,
            algorithms=[ALGORITHM],
            audience=self._system,
            issuer=self._system,
            options={"require": ["iss", "aud", "sub", "sid", "iat", "exp"]},
        )
        return AccessToken(UUID(claims["sub"]), UUID(claims["sid"]), int(claims["exp"]))


def random_token() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what is stored of a random token. It is long and random: a fast hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
