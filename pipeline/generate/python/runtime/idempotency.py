"""Idempotency keys: one key, one effect, one answer; also when the same request arrives many times at once."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from runtime.problems import invalid
from runtime.tables import IdempotentAnswer, utc_now

KEPT = dt.timedelta(hours=24)
REPLAYED = "Idempotency-Replayed"
_HEADERS = ("location", "etag", "content-type")


@dataclass
class Claim:
    """A key that this request took, or the answer to the request that took it before."""

    session: AsyncSession
    key: str
    answer: Response | None = None

    async def keep(self, response: Response, secret: str | None = None) -> None:
        """Store the answer in the same transaction as the effect, without the field that is shown only once."""
        body = bytes(response.body).decode()
        headers = {name: response.headers[name] for name in _HEADERS if name in response.headers}
        await self.session.execute(
            sa.update(IdempotentAnswer)
            .where(IdempotentAnswer.key == self.key)
            .values(status=response.status_code, headers=headers, body=_without(body, secret) if secret else body)
        )


def _without(body: str, secret: str) -> str:
    """Return a JSON object without a field, which it has itself or in an object of its own."""
    document = json.loads(body)
    for holder in (document, *document.values()):
        if isinstance(holder, dict):
            holder.pop(secret, None)
    return json.dumps(document, separators=(",", ":"))


def key_of(who: str, method: str, path: str, key: str) -> str:
    """Return what a key is stored under: the same key of another caller or for another path is another key."""
    return hashlib.sha256("\n".join((who, method, path, key)).encode()).hexdigest()


async def claim(session: AsyncSession, key: str, request: Request, body: bytes) -> Claim:
    """Take a key, or return the answer that was given under it.

    A request that comes while another with the same key is under way waits for that one's transaction.
    Raises the 422 when the key was used with another body.
    """
    fingerprint = hashlib.sha256(body).hexdigest()
    moment = utc_now()
    await session.execute(sa.delete(IdempotentAnswer).where(IdempotentAnswer.created_at < moment - KEPT))
    values = {"key": key, "fingerprint": fingerprint, "created_at": moment}
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    taken = await session.scalar(
        insert(IdempotentAnswer).values(values).on_conflict_do_nothing().returning(IdempotentAnswer.key)
    )
    if taken is not None:
        return Claim(session, key)
    stored = await session.get_one(IdempotentAnswer, key)
    if stored.fingerprint != fingerprint:
        raise invalid("This key was used before, with another body.", "Idempotency-Key", location="header")
    headers = {**(stored.headers or {}), REPLAYED: "true"}
    return Claim(session, key, Response(stored.body, status_code=stored.status or 200, headers=headers))
