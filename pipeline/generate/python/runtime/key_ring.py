"""API keys: how devices and services sign in. A key is shown once; what is stored is its hash."""

import datetime as dt
import secrets
from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.call import Call, Principal
from runtime.database import Database
from runtime.key_tables import ApiKey, KeyHolder
from runtime.limits import AddressLimit
from runtime.problems import Problem, unauthenticated
from runtime.settings import Settings
from runtime.tables import utc_now
from runtime.tokens import hash_token

USE_IS_NOTED_EVERY = dt.timedelta(minutes=1)


class KeyRing:
    """The capability behind API keys. `roles` says in which role the rows of a model sign in."""

    def __init__(self, database: Database, settings: Settings, roles: Mapping[type[KeyHolder], str]) -> None:
        self._database = database
        self._holders = {model.__tablename__: model for model in roles}
        self._roles = {model.__tablename__: role for model, role in roles.items()}
        self._failures = AddressLimit(settings.sign_ins_per_minute)

    @property
    def roles(self) -> dict[str, str]:
        """Model -> the role of its keys."""
        return {_name(self._holders[table]): role for table, role in self._roles.items()}

    async def authenticate(self, key: str, address: str) -> Principal:
        """Return whose key it is. Raises the 401, and the 429 for an address that has tried too many wrong ones."""
        self._failures.refuse(address)
        hashed = hash_token(key)
        async with self._database.read() as session:
            found = await session.scalar(sa.select(ApiKey).where(ApiKey.hash == hashed, ApiKey.revoked_at.is_(None)))
            model = self._holders.get(found.holder) if found else None
            if found is None or model is None or not await self._exists(session, model, found.row_id):
                self._failures.count(address)
                raise _bad_key()
        moment = utc_now()
        if found.last_used_at is None or found.last_used_at < moment - USE_IS_NOTED_EVERY:
            async with self._database.write() as session:
                await session.execute(sa.update(ApiKey).where(ApiKey.hash == hashed).values(last_used_at=moment))
        return Principal(found.row_id, None, frozenset({self._roles[found.holder]}), _name(model))

    async def issue(self, call: Call, row: KeyHolder) -> str:
        """Return a new key of a row, such as `hive_` and 64 hexadecimal digits."""
        key = f"{_name(type(row)).lower()}_{secrets.token_hex(32)}"
        call.session.add(ApiKey(hash=hash_token(key), holder=row.__tablename__, row_id=row.id))
        await call.session.flush()
        return key

    async def rotate(self, call: Call, row: KeyHolder) -> str:
        """Return a new key of a row. The one before ends at once."""
        await self.revoke(call, row)
        return await self.issue(call, row)

    async def revoke(self, call: Call, row: KeyHolder) -> None:
        """End the key of a row; nothing happens where it has none."""
        still_good = sa.and_(ApiKey.row_id == row.id, ApiKey.revoked_at.is_(None))
        await call.session.execute(sa.update(ApiKey).where(still_good).values(revoked_at=utc_now()))

    async def _exists(self, session: AsyncSession, model: type[KeyHolder], id: UUID) -> bool:
        return await session.scalar(sa.select(model.id).where(model.id == id)) is not None


def _name(model: type[KeyHolder]) -> str:
    return model.__model__ or model.__name__


def _bad_key() -> Problem:
    return unauthenticated("The API key is not valid, or was revoked.", challenge='ApiKey error="invalid_key"')
