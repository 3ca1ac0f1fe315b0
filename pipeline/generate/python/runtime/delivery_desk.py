"""What people are told of calls to the world outside, and what administrators may do with them."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from fastapi import Query

from runtime.admin import AdminDesk, find
from runtime.call import Call, Current
from runtime.component import get, post
from runtime.database import Database, after_commit
from runtime.delivery_tables import Delivery, DeliveryAttempt
from runtime.fields import ListQuery, Moment, QueryText, Record, sorting
from runtime.listing import Listing
from runtime.store import Store
from runtime.tables import utc_now


class AttemptOut(Record):
    """One attempt at a call."""

    at: Moment
    status: int | None
    error: str | None
    ms: int


class DeliveryOut(Record):
    """A call to the world outside: how far it has come, and every attempt at it."""

    id: UUID
    port: str
    url: str
    body: dict[str, Any]
    subject: str | None
    subject_id: UUID | None
    status: str
    attempts: list[AttemptOut]
    next_attempt_at: Moment | None
    created_at: Moment


class DeliveryPage(Record):
    """Some calls."""

    items: list[DeliveryOut]
    next_cursor: str | None


class DeliveriesQuery(ListQuery):
    """Which calls, of one row."""

    sort: str | None = sorting("created_at")
    status: Literal["pending", "delivered", "failed"] | None = None


class DeliveryQuery(DeliveriesQuery):
    """Which calls."""

    port: QueryText | None = None
    subject_id: UUID | None = None


LISTING = Listing(
    Delivery,
    order="-created_at",
    equals={"status": Delivery.status, "port": Delivery.port, "subject_id": Delivery.subject_id},
    sort={"created_at": Delivery.created_at},
)


class DeliveryDesk(AdminDesk):
    """What administrators may do with calls to the world outside."""

    def __init__(self, database: Database, ring: Callable[[], None]) -> None:
        super().__init__("deliveries")
        self._deliveries = Store[Delivery](database, Delivery)
        self._ring = ring

    @get("/v1/admin/deliveries", "deliveries.list")
    async def list_deliveries(self, call: Current, query: Annotated[DeliveryQuery, Query()]) -> DeliveryPage:
        """List the calls to the world outside."""
        return await deliveries(call, self._deliveries, query)

    @get("/v1/admin/deliveries/{id}", "deliveries.read")
    async def read_delivery(self, call: Current, id: UUID) -> DeliveryOut:
        """Read a call, with every attempt at it."""
        return (await _shown(call, [await self._deliveries.read(call, id)]))[0]

    @post("/v1/admin/deliveries/{id}/retry", "deliveries.retry", status=202, find=find("_deliveries"))
    async def retry_delivery(self, call: Current, id: UUID) -> DeliveryOut:
        """Make a call again, soon and in the background, whatever came of it before."""
        again = {"status": "pending", "attempts": 0, "due_at": utc_now(), "over_at": None}
        delivery = await self._deliveries.update(call, id, again)
        after_commit(call.session, self._ring)
        return (await _shown(call, [delivery]))[0]


async def deliveries_of(call: Call, database: Database, model: str, id: UUID, query: DeliveriesQuery) -> DeliveryPage:
    """Return the calls that were made for a row, which the caller may see."""
    mine = (Delivery.subject == model, Delivery.subject_id == id)
    return await deliveries(call.within(None), Store[Delivery](database, Delivery), query, *mine)


async def deliveries(
    call: Call, store: Store[Delivery], query: DeliveriesQuery, *conditions: sa.ColumnElement[bool]
) -> DeliveryPage:
    """Return the calls that a query asks for and that meet further conditions."""
    page = await store.page(call, LISTING, query, *conditions)
    return DeliveryPage(items=await _shown(call, page.items), next_cursor=page.next_cursor)


async def _shown(call: Call, found: Sequence[Delivery]) -> list[DeliveryOut]:
    ids = [delivery.id for delivery in found]
    attempts = await call.session.scalars(
        sa.select(DeliveryAttempt).where(DeliveryAttempt.delivery_id.in_(ids)).order_by(DeliveryAttempt.at)
    )
    of: dict[UUID, list[AttemptOut]] = {id: [] for id in ids}
    for attempt in attempts:
        of[attempt.delivery_id].append(AttemptOut.model_validate(attempt))
    return [
        DeliveryOut(
            id=delivery.id,
            port=delivery.port,
            url=delivery.url,
            body=delivery.body,
            subject=delivery.subject,
            subject_id=delivery.subject_id,
            status=delivery.status,
            attempts=of[delivery.id],
            next_attempt_at=delivery.due_at,
            created_at=delivery.created_at,
        )
        for delivery in found
    ]
