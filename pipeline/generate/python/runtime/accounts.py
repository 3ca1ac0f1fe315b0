"""Accounts: signing up, signing in, staying signed in, and passwords."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.account_tables import Account, FailedSignIns, OneTimeToken, RefreshToken, SignInSession
from runtime.call import Call, Principal
from runtime.hiding import visible
from runtime.limits import AddressLimit
from runtime.listing import contains
from runtime.passwords import hash_password, is_outdated, verify_password
from runtime.problems import Problem, conflict, forbidden, invalid, too_many, unauthenticated
from runtime.settings import Settings
from runtime.store import Store
from runtime.tables import utc_now
from runtime.tokens import Tokens, hash_token, random_token

User = TypeVar("User", bound=Account)

MOST_FAILURES = 10
LOCKED_FOR = dt.timedelta(minutes=15)
RESET_LIFETIME = dt.timedelta(hours=1)
_SETUP = "setup"


class SignedIn(NamedTuple):
    """The tokens of somebody who signed in, named as OAuth 2 names them."""

    access_token: str
    refresh_token: str
    expires_in: int
    token_type: str


class IssuedToken(NamedTuple):
    """A token that is shown once."""

    token: str
    expires_at: dt.datetime


class SignIn(Generic[User]):
    """The capability behind the operations of accounts. It opens its own transactions: hashing must not hold one."""

    def __init__(
        self,
        store: Store[User],
        settings: Settings,
        *,
        system: str,
        access: dt.timedelta,
        refresh: dt.timedelta,
        admin_roles: Sequence[str],
        token_type: str = "bearer",
    ) -> None:
        self._store = store
        self._database = store.database
        self._model = store.model
        self._tokens = Tokens(settings.jwt_key, system, access)
        self._refresh = refresh
        self._token_type = token_type
        self._setup_token = settings.setup_token
        self.admin_roles = tuple(admin_roles)
        self._limit = AddressLimit(settings.sign_ins_per_minute)
        # Asked by every request, and so written once: writing it takes as long as asking.
        self._roles_of_session = (
            sa.select(self._model.roles)
            .join(SignInSession, SignInSession.user_id == self._model.id)
            .where(
                self._model.id == sa.bindparam("user"),
                SignInSession.id == sa.bindparam("session"),
                SignInSession.revoked_at.is_(None),
                *visible(self._model),
            )
        )

    async def authenticate(self, token: str) -> Principal:
        """Return who an access token belongs to, with the roles of this moment. Raises the 401."""
        access = self._tokens.check(token)
        if access is None:
            raise _bad_token()
        known = {"user": access.user_id, "session": access.session_id}
        found = await self._database.first(self._roles_of_session, known)
        if found is None:
            raise _bad_token()
        return Principal(access.user_id, access.session_id, frozenset(found[0] or ()))

    async def register(self, call: Call, values: Mapping[str, Any]) -> User:
        """Make an account with the roles that everybody gets. Raises 409 for an email that is taken, 429."""
        self._limit.check(call.address)
        return await self._create(call, values)

    async def login(self, call: Call, email: str, password: str) -> SignedIn:
        """Sign in. Raises 401, and 429 after too many attempts from an address or on an account."""
        self._limit.check(call.address)
        await self._check_lock(email)
        async with self._database.read() as session:
            user = await session.scalar(sa.select(self._model).where(self._model.email == email))
        if not await verify_password(user.password_hash if user else None, password) or user is None:
            await self._count_failure(email)
            raise unauthenticated("The email or the password is wrong.")
        renewed = await hash_password(password) if is_outdated(user.password_hash) else None
        async with self._database.write() as session:
            await session.execute(sa.delete(FailedSignIns).where(FailedSignIns.account == _account_key(email)))
            if renewed is not None:
                await self._set_password(session, user.id, renewed)
            return await self._open_session(session, user.id)

    async def refresh(self, token: str) -> SignedIn:
        """Return new tokens for a refresh token, which is then used up.

        Raises the 401. A token that comes again was stolen from or by somebody: its whole family is revoked.
        """
        async with self._database.write() as session:
            signed_in = await self._rotate(session, token)
        if signed_in is None:
            raise unauthenticated("The refresh token is not valid; sign in again.")
        return signed_in

    async def logout(self, call: Call, token: str) -> None:
        """End the session of the caller, and that of the refresh token where it is the caller's too."""
        async with self._database.write() as session:
            sessions = {call.principal.session_id} if call.principal else set()
            stored = await session.get(RefreshToken, hash_token(token))
            if stored is not None:
                sessions.add(stored.session_id)
            await self._revoke(session, SignInSession.user_id == call.me, SignInSession.id.in_(sessions))

    async def change_password(self, call: Call, current: str, new: str) -> None:
        """Change one's own password and end one's other sessions. Raises the 422 when the current one is wrong."""
        self._limit.check(call.address)
        async with self._database.read() as session:
            user = await session.get_one(self._model, call.me)
        await self._check_lock(user.email)
        if not await verify_password(user.password_hash, current):
            await self._count_failure(user.email)
            raise invalid("This is not your password.", "current_password")
        hashed = await hash_password(new)
        async with self._database.write() as session:
            await self._set_password(session, user.id, hashed)
            kept = call.principal.session_id if call.principal else None
            await self._revoke(session, SignInSession.user_id == user.id, SignInSession.id != kept)

    async def issue_reset(self, call: Call, id: UUID) -> IssuedToken:
        """Return a token that sets somebody's password, once, within an hour. Raises 404."""
        token = random_token()
        expires = utc_now() + RESET_LIFETIME
        async with self._database.write() as session:
            user = await self._store.read(call.inside(session), id)
            await session.execute(sa.delete(OneTimeToken).where(OneTimeToken.user_id == user.id))
            session.add(OneTimeToken(hash=hash_token(token), user_id=user.id, expires_at=expires))
        return IssuedToken(token, expires)

    async def reset_password(self, call: Call, token: str, new: str) -> None:
        """Set a password with a one-time token and end all sessions. Raises the 422 for a token that is not good."""
        self._limit.check(call.address)
        hashed = await hash_password(new)
        async with self._database.write() as session:
            moment = utc_now()
            user_id = await session.scalar(
                sa.update(OneTimeToken)
                .where(
                    OneTimeToken.hash == hash_token(token),
                    OneTimeToken.user_id.is_not(None),
                    OneTimeToken.used_at.is_(None),
                    OneTimeToken.expires_at > moment,
                )
                .values(used_at=moment)
                .returning(OneTimeToken.user_id)
            )
            user = await session.get(self._model, user_id) if user_id else None
            if user is None:
                raise invalid("This token is not valid, or was used, or is too old.", "token")
            await self._set_password(session, user.id, hashed)
            await self._revoke(session, SignInSession.user_id == user.id)
            await session.execute(sa.delete(FailedSignIns).where(FailedSignIns.account == _account_key(user.email)))

    async def setup(self, call: Call, token: str, values: Mapping[str, Any]) -> User:
        """Make the first administrator, once, with the token from the release's secrets. Raises 403 and 409."""
        self._limit.check(call.address)
        if not hmac.compare_digest(hash_token(token), hash_token(self._setup_token)):
            raise forbidden("The setup token is wrong.")
        return await self._create(call, {**values, "roles": list(self.admin_roles)}, once=True)

    async def keep_an_administrator(self, call: Call, id: UUID, roles: Sequence[str] = ()) -> None:
        """Raise the 409 when nobody could administer the system once this user has only these roles."""
        if not self.admin_roles or set(roles) & set(self.admin_roles):
            return
        holds = sa.or_(*(contains(self._model.roles, role, self._database.dialect) for role in self.admin_roles))
        statement = sa.select(self._model.id).where(holds).order_by(self._model.id).with_for_update()
        administrators = set(await call.session.scalars(statement))
        if administrators == {id}:
            raise conflict("This is the last administrator: make somebody else one first.", "roles")

    async def _create(self, call: Call, values: Mapping[str, Any], *, once: bool = False) -> User:
        hashed = await hash_password(values["password"])
        row = {name: value for name, value in values.items() if name != "password"}
        async with self._database.write() as session:
            if once:
                await self._mark_set_up(session)
            return await self._store.create(call.inside(session), {**row, "password_hash": hashed})

    async def _mark_set_up(self, session: AsyncSession) -> None:
        insert = sqlite.insert if self._database.dialect == "sqlite" else postgresql.insert
        marked = await session.scalar(
            insert(OneTimeToken)
            .values(hash=_SETUP, used_at=utc_now())
            .on_conflict_do_nothing()
            .returning(OneTimeToken.hash)
        )
        if marked is None:
            raise Problem(409, "The first administrator was made already.")

    async def _open_session(self, session: AsyncSession, user_id: UUID) -> SignedIn:
        moment = utc_now()
        over = sa.select(SignInSession.id).where(SignInSession.expires_at < moment)
        await session.execute(sa.delete(RefreshToken).where(RefreshToken.session_id.in_(over)))
        await session.execute(sa.delete(SignInSession).where(SignInSession.expires_at < moment))
        opened = SignInSession(user_id=user_id, expires_at=moment + self._refresh)
        session.add(opened)
        await session.flush()
        return self._issue(session, opened)

    def _issue(self, session: AsyncSession, opened: SignInSession) -> SignedIn:
        token = random_token()
        session.add(RefreshToken(hash=hash_token(token), session_id=opened.id))
        access = self._tokens.issue(opened.user_id, opened.id)
        return SignedIn(access, token, int(self._tokens.lifetime.total_seconds()), self._token_type)

    async def _rotate(self, session: AsyncSession, token: str) -> SignedIn | None:
        stored = await session.get(RefreshToken, hash_token(token), with_for_update=True)
        if stored is None:
            return None
        opened = await session.get(SignInSession, stored.session_id, with_for_update=True)
        moment = utc_now()
        if opened is None or opened.revoked_at is not None or opened.expires_at <= moment:
            return None
        if stored.used_at is not None:
            opened.revoked_at = moment
            return None
        if await session.get(self._model, opened.user_id) is None:
            return None
        stored.used_at = moment
        opened.expires_at = moment + self._refresh
        return self._issue(session, opened)

    async def _set_password(self, session: AsyncSession, user_id: UUID, hashed: str) -> None:
        await session.execute(sa.update(self._model).where(self._model.id == user_id).values(password_hash=hashed))

    async def _revoke(self, session: AsyncSession, *conditions: sa.ColumnElement[bool]) -> None:
        still_open = SignInSession.revoked_at.is_(None)
        await session.execute(sa.update(SignInSession).where(still_open, *conditions).values(revoked_at=utc_now()))

    async def _check_lock(self, email: str) -> None:
        async with self._database.read() as session:
            stored = await session.get(FailedSignIns, _account_key(email))
        if stored is None or stored.failures < MOST_FAILURES:
            return
        left = stored.last_at + LOCKED_FOR - utc_now()
        if left > dt.timedelta():
            raise too_many("Too many failed attempts on this account.", left.total_seconds())

    async def _count_failure(self, email: str) -> None:
        moment = utc_now()
        insert = sqlite.insert if self._database.dialect == "sqlite" else postgresql.insert
        async with self._database.write() as session:
            await session.execute(sa.delete(FailedSignIns).where(FailedSignIns.last_at < moment - LOCKED_FOR))
            statement = insert(FailedSignIns).values(account=_account_key(email), failures=1, last_at=moment)
            await session.execute(
                statement.on_conflict_do_update(
                    index_elements=[FailedSignIns.account],
                    set_={"failures": FailedSignIns.failures + 1, "last_at": moment},
                )
            )


def _bad_token() -> Problem:
    problem = unauthenticated("The access token is not valid, has expired or was revoked.")
    problem.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return problem


def _account_key(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()
