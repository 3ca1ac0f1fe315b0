"""Inbound webhooks: stored before they are handled, handled once, and kept with what went wrong."""

import hashlib
import hmac
import inspect
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request

from runtime.call import Call
from runtime.component import Handler, Hook, Site, Work
from runtime.database import Database
from runtime.fields import Record
from runtime.problems import unauthenticated
from runtime.sender import signature
from runtime.settings import Settings, SettingsError
from runtime.tables import utc_now
from runtime.webhook_tables import ReceivedWebhook, WebhookId

WINDOW = 300
"""Seconds that a signature is good for, before and after its time."""
HEADER = "X-Signature"
_SIGNATURE = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


class Received(Record):
    """What whoever calls a webhook is told."""

    received: bool
    id: UUID


@dataclass(frozen=True, slots=True)
class Webhook:
    """That an operation is called from outside. With `secret`, a setting, only by whoever can sign with it."""

    secret: str | None = None
    kind: ClassVar[str] = "webhook"

    @classmethod
    def work(cls, site: Site, ports: Sequence[Any]) -> Work:
        """Return the work behind inbound webhooks."""
        from runtime.webhook_work import WebhookWork

        return WebhookWork(site, ports)


@dataclass(slots=True)
class StoredReceipt:
    """A webhook that was received and stored."""

    database: Database
    id: UUID
    operation: str
    repeated: bool = False

    async def first(self, call: Call, id: object) -> bool:
        """Return whether nothing with this id of the sender's was handled before; note it in the call's transaction."""
        key = hashlib.sha256(f"{self.operation}\n{id}".encode()).hexdigest()
        insert = sqlite.insert if self.database.dialect == "sqlite" else postgresql.insert
        taken = await call.session.scalar(
            insert(WebhookId)
            .values(key=key, webhook_id=self.id, created_at=utc_now())
            .on_conflict_do_nothing()
            .returning(WebhookId.key)
        )
        self.repeated = taken is None
        return not self.repeated

    async def handled(self, session: AsyncSession) -> None:
        """Note, in the handler's transaction, that it was handled."""
        await self._note(session, "repeated" if self.repeated else "handled", None)

    async def failed(self, error: Exception) -> None:
        """Keep what went wrong, in a transaction of its own."""
        async with self.database.write() as session:
            await self._note(session, "failed", f"{type(error).__name__}: {error}"[:2000])

    def answer(self) -> Received:
        """Return what the sender is told."""
        return Received(received=True, id=self.id)

    async def _note(self, session: AsyncSession, status: str, error: str | None) -> None:
        values = {"status": status, "error": error, "handled_at": utc_now() if error is None else None}
        await session.execute(sa.update(ReceivedWebhook).where(ReceivedWebhook.id == self.id).values(values))


def received(call: Call) -> StoredReceipt:
    """Return the receipt of the webhook that a call is about."""
    if not isinstance(call.receipt, StoredReceipt):
        raise RuntimeError("this call is about no webhook")
    return call.receipt


async def receive(
    database: Database, settings: Settings, webhook: Hook, operation: str, request: Request, body: bytes
) -> StoredReceipt:
    """Store what came, in a transaction of its own. Raises the 401 for a signature that is not good."""
    if webhook.secret is not None:
        check_signature(settings.webhook_secrets[webhook.secret], request.headers.get(HEADER, ""), body)
    row = ReceivedWebhook(
        operation=operation,
        path={name: str(value) for name, value in request.path_params.items()},
        body=body.decode("utf-8", "replace").replace("\x00", ""),
    )
    async with database.write() as session:
        session.add(row)
    return StoredReceipt(database, row.id, operation)


def check_signature(secret: str, header: str, body: bytes) -> None:
    """Raise the 401 unless the header signs this body with the secret, within five minutes of now."""
    found = _SIGNATURE.fullmatch(header.strip())
    if found is None:
        raise unauthenticated(f"Sign the body: `{HEADER}: t=<seconds>,v1=<HMAC-SHA256 of t.body>`.")
    moment = int(found[1])
    if not hmac.compare_digest(signature(secret, moment, body), header.strip()):
        raise unauthenticated("The signature is wrong.")
    if abs(time.time() - moment) > WINDOW:
        raise unauthenticated("The signature is too old.")


def require_secrets(settings: Settings, webhooks: Sequence[Hook]) -> None:
    """Raise SettingsError for a secret that a webhook is signed with and that is not set."""
    for webhook in webhooks:
        if webhook.secret is not None and webhook.secret not in settings.webhook_secrets:
            name = f"WEBHOOK_{webhook.secret.upper()}_FILE"
            raise SettingsError(f"{name} is not set: it names the file that holds the secret")


async def repeat(handler: Handler, call: Call, path: Mapping[str, str], body: str) -> None:
    """Run an operation with what was stored of a request. Raises what the operation raises, and ValidationError."""
    arguments: dict[str, Any] = {}
    for name, parameter in inspect.signature(handler, eval_str=True).parameters.items():
        if name == "body":
            arguments[name] = TypeAdapter[Any](parameter.annotation).validate_json(body)
        elif name in path:
            arguments[name] = TypeAdapter[Any](parameter.annotation).validate_python(path[name])
    await handler(call, **arguments)
