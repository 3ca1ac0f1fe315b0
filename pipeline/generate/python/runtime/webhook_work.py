"""The work behind inbound webhooks: what administrators see of them, and running one again."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import Query
from pydantic import ValidationError

from runtime.admin import AdminDesk, find
from runtime.background import Loop
from runtime.call import Current
from runtime.component import Handler, Site, get, operation_of, post
from runtime.database import Database
from runtime.fields import ListQuery, Moment, QueryText, Record, sorting
from runtime.listing import Listing
from runtime.problems import Problem, conflict, from_validation
from runtime.store import Store
from runtime.tables import utc_now
from runtime.webhook_tables import ReceivedWebhook, WebhookId
from runtime.webhooks import StoredReceipt, repeat, require_secrets

KEPT = dt.timedelta(days=30)


class WebhookWork:
    """Forgets old webhooks; `handlers` holds the operations by their names, as `component.port:operation`."""

    def __init__(self, site: Site, handlers: Sequence[tuple[str, Handler]]) -> None:
        hooks = [operation_of(handler).webhook for _, handler in handlers]
        require_secrets(site.settings, [hook for hook in hooks if hook is not None])
        self._database = site.database
        self.loops: Sequence[Loop] = (Loop("webhooks", self.step),)
        self.desk = WebhookDesk(site.database, dict(handlers))

    async def close(self) -> None:
        """Do nothing: nothing is held."""

    async def step(self) -> float:
        """Forget what was received long ago. Returns the seconds until the next look."""
        oldest = utc_now() - KEPT
        async with self._database.read() as session:
            old = await session.scalar(
                sa.select(ReceivedWebhook.id).where(ReceivedWebhook.received_at < oldest).limit(1)
            )
        if old is not None:
            async with self._database.write() as session:
                await session.execute(sa.delete(ReceivedWebhook).where(ReceivedWebhook.received_at < oldest))
                await session.execute(sa.delete(WebhookId).where(WebhookId.created_at < oldest))
        return 3600


class WebhookOut(Record):
    """A webhook that was received."""

    id: UUID
    operation: str
    status: str
    error: str | None
    body: str
    """As it was sent."""
    received_at: Moment
    handled_at: Moment | None


class WebhookPage(Record):
    """Some of them."""

    items: list[WebhookOut]
    next_cursor: str | None


class WebhookQuery(ListQuery):
    """Which of them."""

    sort: str | None = sorting("received_at")
    status: Literal["received", "handled", "repeated", "failed"] | None = None
    operation: QueryText | None = None


LISTING = Listing(
    ReceivedWebhook,
    order="-received_at",
    equals={"status": ReceivedWebhook.status, "operation": ReceivedWebhook.operation},
    sort={"received_at": ReceivedWebhook.received_at},
)


class WebhookDesk(AdminDesk):
    """What administrators may do with webhooks that were received."""

    def __init__(self, database: Database, handlers: Mapping[str, Handler]) -> None:
        super().__init__("webhooks")
        self._database = database
        self._webhooks = Store[ReceivedWebhook](database, ReceivedWebhook)
        self._handlers = handlers

    @get("/v1/admin/webhooks", "webhooks.list")
    async def list_webhooks(self, call: Current, query: Annotated[WebhookQuery, Query()]) -> WebhookPage:
        """List the webhooks that were received."""
        return WebhookPage.model_validate(await self._webhooks.page(call, LISTING, query))

    @get("/v1/admin/webhooks/{id}", "webhooks.read")
    async def read_webhook(self, call: Current, id: UUID) -> WebhookOut:
        """Read a webhook that was received."""
        return WebhookOut.model_validate(await self._webhooks.read(call, id))

    @post("/v1/admin/webhooks/{id}/retry", "webhooks.retry", status=200, find=find("_webhooks"))
    async def retry_webhook(self, call: Current, id: UUID) -> WebhookOut:
        """Handle a webhook again that failed or was never finished.

        It answers with what the handler would have answered where that fails again.
        """
        webhook = await self._webhooks.update(call, id, {})
        if webhook.status in ("handled", "repeated"):
            raise conflict("It was handled already.")
        handler = self._handlers.get(webhook.operation)
        if handler is None:
            raise conflict("Its operation is not there any more.")
        receipt = StoredReceipt(self._database, webhook.id, webhook.operation)
        within = call.within(None)
        within.principal = None
        within.receipt = receipt
        try:
            await repeat(handler, within, webhook.path, webhook.body)
        except ValidationError as error:
            errors = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
            raise _stale(from_validation(errors)) from error
        await receipt.handled(call.session)
        await call.session.refresh(webhook)
        return WebhookOut.model_validate(webhook)


def _stale(problem: Problem) -> Problem:
    """Return the 409 for a stored body that is not valid: it is not the administrator who can change that."""
    return Problem(409, "What was received is not valid.", errors=problem.errors)
