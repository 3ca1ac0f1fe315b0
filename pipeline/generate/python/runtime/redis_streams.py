"""The transport over Redis: a stream for each system, read by one replica at a time so that the order is kept."""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import ResponseError
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.background import Loop
from runtime.database import Database
from runtime.transport import Message, Take

GROUP = "handlers"
BATCH = 100
LEASE_MS = 10_000
"""How long a reader that says nothing keeps its place."""
IDLE_MS = 30_000
"""How long an entry that was read may stay without being taken before it is read again."""
BLOCK_MS = 1_000
_RENEW = (
    "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) else return 0 end"
)
_RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"


class RedisStreams:
    """Publishes to a stream, and puts what it reads there into the inbox before it is acknowledged."""

    def __init__(self, url: str, system: str, database: Database, take: Take) -> None:
        self._redis = Redis.from_url(url, decode_responses=True, socket_timeout=10, socket_connect_timeout=5)
        self._stream = f"{system}:events"
        self._place = f"{system}:events:reader"
        self._me = uuid.uuid4().hex
        self._database = database
        self._take = take
        self._reading = False
        self._loop = Loop("stream", self.step)

    async def publish(self, session: AsyncSession, messages: Sequence[Message]) -> None:
        """Add the messages to the stream. Should the session fail afterwards they come twice, and are handled once."""
        async with self._redis.pipeline(transaction=True) as pipe:
            for message in messages:
                pipe.xadd(self._stream, {"message": _written(message)})
            await pipe.execute()

    def loops(self) -> Sequence[Loop]:
        """Return the loop that reads the stream."""
        return (self._loop,)

    async def step(self) -> float:
        """Read what has come, while this is the replica that reads. Returns the seconds until the next look."""
        if not await self._has_place():
            return LEASE_MS / 2000
        entries = await self._left_behind(IDLE_MS if self._reading else 0)
        self._reading = True
        if not entries:
            entries = await self._new()
        if not entries:
            return 0.01
        async with self._database.write() as session:
            await self._take(session, [_read(fields["message"]) for _, fields in entries])
        ids = [id for id, _ in entries]
        await self._redis.xack(self._stream, GROUP, *ids)
        await self._redis.xdel(self._stream, *ids)
        return 0

    async def close(self) -> None:
        """Give the reader's place up, and close the connections."""
        if self._reading:
            await self._redis.eval(_RELEASE, 1, self._place, self._me)  # type: ignore[misc]
        await self._redis.aclose()

    async def _has_place(self) -> bool:
        if self._reading and await self._redis.eval(_RENEW, 1, self._place, self._me, LEASE_MS):  # type: ignore[misc]
            return True
        self._reading = False
        if not await self._redis.set(self._place, self._me, nx=True, px=LEASE_MS):
            return False
        try:
            await self._redis.xgroup_create(self._stream, GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise
        return True

    async def _left_behind(self, idle: int) -> list[tuple[str, dict[str, str]]]:
        """Return entries that a reader took and did not acknowledge: it was killed, or the inbox could not be reached."""
        answer: Any = await self._redis.xautoclaim(self._stream, GROUP, self._me, idle, count=BATCH)
        return [(id, fields) for id, fields in answer[1] if fields]

    async def _new(self) -> list[tuple[str, dict[str, str]]]:
        answer: Any = await self._redis.xreadgroup(GROUP, self._me, {self._stream: ">"}, count=BATCH, block=BLOCK_MS)
        streams = answer.values() if isinstance(answer, dict) else [entries for _, entries in answer or ()]
        return [(id, fields) for entries in streams for id, fields in _flat(entries)]


def _flat(entries: Any) -> list[tuple[str, dict[str, str]]]:
    """Return entries as pairs, as both versions of Redis's protocol have them."""
    return [pair for entry in entries for pair in (entry if isinstance(entry, list) else [entry])]


def _written(message: Message) -> str:
    return json.dumps(
        {
            "id": str(message.id),
            "position": message.position,
            "type": message.type,
            "target": message.target,
            "key": message.key,
            "body": message.body,
        }
    )


def _read(text: str) -> Message:
    value = json.loads(text)
    return Message(
        uuid.UUID(value["id"]), value["position"], value["type"], value["target"], value["key"], value["body"]
    )
