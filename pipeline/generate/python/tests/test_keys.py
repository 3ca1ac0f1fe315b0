"""API keys: whose they are, and when they end."""

import datetime as dt
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from runtime.call import Call
from runtime.database import Database
from runtime.key_ring import KeyRing
from runtime.key_tables import ApiKey, KeyHolder
from runtime.problems import Problem
from runtime.settings import Settings
from runtime.tables import utc_now
from runtime.tokens import hash_token


class Sensor(KeyHolder):
    """Something that signs in."""

    __tablename__ = "sensors"

    name: orm.Mapped[str]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    """Yield a database with both tables."""
    made = Database(f"sqlite+aiosqlite:///{tmp_path}/keys.db")
    engine = sa.create_engine(f"sqlite:///{tmp_path}/keys.db")
    ApiKey.metadata.create_all(engine, tables=[ApiKey.__table__, Sensor.__table__])
    engine.dispose()
    yield made
    await made.close()


@pytest.fixture
def ring(database: Database) -> KeyRing:
    """Return the capability, for sensors."""
    return KeyRing(database, Settings(database_url="", sign_ins_per_minute=3), {Sensor: "sensor"})


async def new_key(database: Database, ring: KeyRing) -> tuple[Sensor, str]:
    """Store a sensor, and return it with its key."""
    sensor = Sensor(name="one")
    async with database.write() as session:
        session.add(sensor)
        await session.flush()
        key = await ring.issue(Call("test", _session=session), sensor)
    return sensor, key


async def test_a_key_says_who_sends_it(database: Database, ring: KeyRing) -> None:
    sensor, key = await new_key(database, ring)
    who = await ring.authenticate(key, "here")
    assert (who.id, who.device, who.roles, who.session_id) == (sensor.id, "Sensor", {"sensor"}, None)


async def test_what_is_stored_is_a_hash_and_when_it_was_used(database: Database, ring: KeyRing) -> None:
    _, key = await new_key(database, ring)
    await ring.authenticate(key, "here")
    long_ago = utc_now() - dt.timedelta(days=1)
    async with database.write() as session:
        stored = await session.get_one(ApiKey, hash_token(key))
        assert stored.last_used_at is not None
        stored.last_used_at = long_ago
    await ring.authenticate(key, "here")
    async with database.read() as session:
        used = (await session.get_one(ApiKey, hash_token(key))).last_used_at
    assert used is not None
    assert used > long_ago


async def test_a_new_key_ends_the_old_one(database: Database, ring: KeyRing) -> None:
    sensor, old = await new_key(database, ring)
    async with database.write() as session:
        new = await ring.rotate(Call("test", _session=session), sensor)
    assert (await ring.authenticate(new, "here")).id == sensor.id
    with pytest.raises(Problem) as refused:
        await ring.authenticate(old, "here")
    assert refused.value.status == 401
    assert refused.value.headers["WWW-Authenticate"].startswith("ApiKey")


async def test_a_key_ends_with_its_row(database: Database, ring: KeyRing) -> None:
    sensor, key = await new_key(database, ring)
    async with database.write() as session:
        await session.execute(sa.delete(Sensor).where(Sensor.id == sensor.id))
    with pytest.raises(Problem):
        await ring.authenticate(key, "here")


async def test_wrong_keys_are_counted_and_good_ones_are_not(database: Database, ring: KeyRing) -> None:
    _, key = await new_key(database, ring)
    for _ in range(10):
        await ring.authenticate(key, "here")
    for _ in range(3):
        with pytest.raises(Problem) as refused:
            await ring.authenticate("sensor_guess", "here")
        assert refused.value.status == 401
    with pytest.raises(Problem) as stopped:
        await ring.authenticate("sensor_guess", "here")
    assert stopped.value.status == 429
    assert (await ring.authenticate(key, "elsewhere")).device == "Sensor"
