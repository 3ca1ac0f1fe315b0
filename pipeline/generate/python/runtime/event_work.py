"""The work behind events: from the outbox through a transport to the handlers."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query

from runtime.admin import AdminDesk, find
from runtime.background import Loop
from runtime.call import Current
from runtime.component import Site, get, post
from runtime.event_tables import DeadLetter
from runtime.events import EventIn, EventOut
from runtime.fields import ListQuery, Moment, QueryText, Record, sorting
from runtime.inbox import Mailroom
from runtime.listing import Listing
from runtime.relay import Relay
from runtime.store import Store
from runtime.transport import InProcess, Transport


class EventWork:
    """Sends what was emitted, and handles what arrives."""

    def __init__(self, site: Site, ports: Sequence[Any]) -> None:
        heard = {port.address: port for port in ports if isinstance(port, EventIn)}
        self.mailroom = Mailroom(site.database, heard)
        self.transport = _transport(site, self.mailroom)
        self.relay = Relay(site.database, self.transport, self.mailroom.ring)
        for port in ports:
            if isinstance(port, EventOut):
                port.ring = self.relay.loop.ring
        self.loops: Sequence[Loop] = (self.relay.loop, *self.transport.loops(), *self.mailroom.loops)
        self.desk = DeadLetters(site, self.mailroom)

    async def close(self) -> None:
        """Let go of the transport's connections."""
        await self.transport.close()


def _transport(site: Site, mailroom: Mailroom) -> Transport:
    if not site.settings.redis_url:
        return InProcess(mailroom.take)
    from runtime.redis_streams import RedisStreams

    return RedisStreams(
        site.settings.redis_url, site.settings.redis_prefix or site.system, site.database, mailroom.take
    )


class DeadLetterOut(Record):
    """An event that could not be handled."""

    id: UUID
    type: str
    target: str
    """The port whose handler failed."""
    key: str | None
    body: dict[str, Any]
    attempts: int
    error: str
    died_at: Moment


class DeadLetterPage(Record):
    """Some of them."""

    items: list[DeadLetterOut]
    next_cursor: str | None


class DeadLetterQuery(ListQuery):
    """Which of them."""

    sort: str | None = sorting("died_at")
    type: QueryText | None = None
    target: QueryText | None = None


LISTING = Listing(
    DeadLetter,
    order="-died_at",
    equals={"type": DeadLetter.type, "target": DeadLetter.target},
    sort={"died_at": DeadLetter.died_at},
)


class DeadLetters(AdminDesk):
    """What administrators may do with events that could not be handled."""

    def __init__(self, site: Site, mailroom: Mailroom) -> None:
        super().__init__("dead_letters")
        self._letters = Store[DeadLetter](site.database, DeadLetter)
        self._mailroom = mailroom

    @get("/v1/admin/dead-letters", "dead_letters.list")
    async def list_dead_letters(self, call: Current, query: Annotated[DeadLetterQuery, Query()]) -> DeadLetterPage:
        """List the events that could not be handled."""
        return DeadLetterPage.model_validate(await self._letters.page(call, LISTING, query))

    @get("/v1/admin/dead-letters/{id}", "dead_letters.read")
    async def read_dead_letter(self, call: Current, id: UUID) -> DeadLetterOut:
        """Read an event that could not be handled."""
        return DeadLetterOut.model_validate(await self._letters.read(call, id))

    @post("/v1/admin/dead-letters/{id}/replay", "dead_letters.replay", status=202, find=find("_letters"))
    async def replay_dead_letter(self, call: Current, id: UUID) -> DeadLetterOut:
        """Give an event to its handler again.

        It is handled in the background, and comes back here should it fail as often as before.
        """
        letter = await self._letters.read(call, id)
        answer = DeadLetterOut.model_validate(letter)
        await self._mailroom.replay(call.session, letter)
        return answer
