"""Calls: a port through which a component calls the world outside, once its transaction is committed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from runtime.call import Call
from runtime.component import QuietPort, Site, Work
from runtime.database import after_commit
from runtime.delivery_tables import Delivery
from runtime.fields import as_json
from runtime.guard import Refused, split
from runtime.tables import Entity, utc_now


class CallOut(QuietPort):
    """A port to the world outside. Each call is a delivery, which is retried and can be looked at."""

    kind = "call"

    def __init__(self) -> None:
        self.ring: Callable[[], None] = _nothing

    async def send(
        self,
        call: Call,
        url: str | None,
        body: Mapping[str, Any],
        *,
        secret: str | None = None,
        subject: Entity | None = None,
    ) -> None:
        """Have a URL called with a JSON body, once the call's transaction is committed, and not otherwise.

        `secret` signs it; `subject` is the row that asked for the call. Without a URL nothing is called.
        """
        if not url:
            return
        await call.session.execute(
            sa.insert(Delivery).values(
                port=self.address,
                url=url,
                host=_host(url),
                body=as_json(dict(body)),
                secret=secret or None,
                subject=_model(subject) if subject is not None else None,
                subject_id=subject.id if subject is not None else None,
                due_at=utc_now(),
            )
        )
        after_commit(call.session, self.ring)

    def described(self) -> dict[str, Any]:
        """Return what the blueprint must say about the port."""
        return {"external": True}

    @classmethod
    def work(cls, site: Site, ports: Sequence[Any]) -> Work:
        """Return the work that makes calls."""
        from runtime.delivery_work import DeliveryWork

        return DeliveryWork(site, ports)


def _host(url: str) -> str:
    """Return whom a URL calls, for circuit breakers; nothing where it calls nobody, which the attempt then says."""
    try:
        parts = split(url)
    except Refused:
        return ""
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def _model(row: Entity) -> str:
    return row.__model__ or type(row).__name__


def _nothing() -> None:
    """Ring no bell: no work in the background was begun."""
