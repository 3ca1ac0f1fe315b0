"""What a careful person would write by hand for the same interface, and then tune: the other arm of bench/endpoints.ts.

Same tables (the generated migrations made them), same features on the two routes that are measured: bearer tokens whose
session may have been revoked, roles of this moment, one's own rows only, strict bodies of JSON up to 1 MiB, problem+json,
request ids, a structured log line a request, filters, sorting, search, cursor pages, idempotency keys,
ETag and Location; connections that the server has ended are not used, statements and locks have a time limit.
"""

import base64
import datetime as dt
import hashlib
import json
import os
import re
import select
import time
import uuid
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal

import jwt
import pydantic_core
import sqlalchemy as sa
import structlog
from fastapi import Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from starlette.exceptions import HTTPException
from starlette.responses import Response

SYSTEM = "todo"
KEY = Path(os.environ["JWT_KEY_FILE"]).read_text().strip()
URL = sa.make_url(Path(os.environ["DATABASE_URL_FILE"]).read_text().strip())
SQLITE = URL.get_backend_name() == "sqlite"
MAX_BODY_BYTES = 2**20
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(os.environ.get("LOG_LEVEL", "info")),
    cache_logger_on_first_use=True,
)
log = structlog.get_logger()

metadata = sa.MetaData()


class Utc(sa.types.TypeDecorator[dt.datetime]):
    """A moment; SQLite keeps it without a zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        return value.replace(tzinfo=None) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        return value.replace(tzinfo=dt.UTC) if value is not None and value.tzinfo is None else value


todos = sa.Table(
    "todos",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("owner_id", sa.Uuid),
    sa.Column("title", sa.Text),
    sa.Column("description", sa.Text),
    sa.Column("done", sa.Boolean),
    sa.Column("created_at", Utc),
    sa.Column("updated_at", Utc),
    sa.Column("version", sa.BigInteger),
)
users = sa.Table("users", metadata, sa.Column("id", sa.Uuid, primary_key=True), sa.Column("roles", sa.JSON))
sessions = sa.Table(
    "runtime_sessions",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("user_id", sa.Uuid),
    sa.Column("revoked_at", Utc),
)
answers = sa.Table(
    "runtime_idempotency",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text),
    sa.Column("status", sa.BigInteger),
    sa.Column("headers", sa.JSON),
    sa.Column("body", sa.Text),
    sa.Column("created_at", Utc),
)

if SQLITE:
    engine = create_async_engine(URL, pool_size=5)
    event_target = engine.sync_engine

    @sa.event.listens_for(event_target, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
else:
    limits = "-c timezone=UTC -c lock_timeout=15s -c statement_timeout=30s"
    engine = create_async_engine(
        URL,
        hide_parameters=True,
        pool_size=10,
        max_overflow=10,
        connect_args={"connect_timeout": 5, "options": limits},
    )

    @sa.event.listens_for(engine.sync_engine, "checkout")
    def _checked_out(connection: Any, _record: Any, _proxy: Any) -> None:
        """Refuse a connection that the server has ended: its socket can be read without a question."""
        looking = select.poll()
        looking.register(connection.driver_connection.fileno(), select.POLLIN)
        if looking.poll(0):
            raise sa.exc.DisconnectionError


ROLES_OF_SESSION = (
    sa.select(users.c.roles)
    .join(sessions, sessions.c.user_id == users.c.id)
    .where(
        users.c.id == sa.bindparam("user"),
        sessions.c.id == sa.bindparam("session"),
        sessions.c.revoked_at.is_(None),
    )
)
SORTS = {"title": todos.c.title, "created_at": todos.c.created_at, "done": todos.c.done}


class Problem(Exception):
    """An error answer."""

    def __init__(self, status: int, detail: str, errors: list[dict[str, Any]] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors


class Caller(BaseModel):
    """Who is signed in."""

    id: uuid.UUID
    everything: bool


async def caller_of(request: Request) -> Caller:
    """Return who sent the request."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Problem(401, "Sign in first.")
    try:
        claims = jwt.decode(token, KEY, algorithms=["HS256"], audience=SYSTEM, issuer=SYSTEM)
        user, session = uuid.UUID(claims["sub"]), uuid.UUID(claims["sid"])
    except (jwt.InvalidTokenError, KeyError, ValueError):
        raise Problem(401, "The token is not valid.") from None
    async with engine.connect() as connection:
        found = (await connection.execute(ROLES_OF_SESSION, {"user": user, "session": session})).first()
    if found is None:
        raise Problem(401, "The token is not valid.")
    return Caller.model_construct(id=user, everything="admin" in found[0])


Me = Annotated[Caller, Depends(caller_of)]


class TodoIn(BaseModel):
    """What is sent."""

    model_config = ConfigDict(extra="forbid", strict=True)
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    description: Annotated[str, StringConstraints(max_length=5000)] | None = None
    done: bool = False


class TodoQuery(BaseModel):
    """What a list may be asked for."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(default=20, ge=1, le=100)
    cursor: str | None = None
    sort: Literal["title", "-title", "created_at", "-created_at", "done", "-done"] = "-created_at"
    q: str | None = None
    done: bool | None = None


app = FastAPI(openapi_url=None, max_body_size=MAX_BODY_BYTES)


@app.exception_handler(Problem)
async def _problem(request: Request, problem: Problem) -> Response:
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "request_id": request.scope["request_id"],
    }
    if problem.errors:
        document["errors"] = problem.errors
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == HTTPStatus.UNAUTHORIZED else {}
    headers |= {"Retry-After": "2"} if problem.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Response(pydantic_core.to_json(document), problem.status, headers, media_type="application/problem+json")


@app.exception_handler(HTTPException)
async def _refused(request: Request, error: HTTPException) -> Response:
    return await _problem(request, Problem(error.status_code, f"{HTTPStatus(error.status_code).phrase}."))


@app.exception_handler(sa.exc.OperationalError)
@app.exception_handler(sa.exc.InterfaceError)
@app.exception_handler(sa.exc.TimeoutError)
async def _unavailable(request: Request, error: Exception) -> Response:
    log.error("database unavailable", reason=str(error))
    return await _problem(request, Problem(503, "The database cannot be reached at the moment."))


@app.exception_handler(Exception)
async def _failed(request: Request, _error: Exception) -> Response:
    return await _problem(request, Problem(500, "Something went wrong on our side."))


@app.exception_handler(RequestValidationError)
async def _invalid(request: Request, error: RequestValidationError) -> Response:
    errors = [{"pointer": "/" + "/".join(map(str, each["loc"][1:])), "detail": each["msg"]} for each in error.errors()]
    return await _problem(request, Problem(422, "The request is not valid.", errors))


class Exchange:
    """Gives each request an id, safe headers and a line in the log."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        started = time.perf_counter()
        given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
        request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        scope["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        status = 0

        async def sending(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] += [
                    (b"x-request-id", request_id.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"cache-control", b"no-store"),
                ]
            await send(message)

        error: Exception | None = None
        try:
            await self.inner(scope, receive, sending)
        except Exception as raised:
            error = raised
        seconds = time.perf_counter() - started
        fields = {"method": scope["method"], "path": scope["path"], "status": status, "ms": round(seconds * 1000, 2)}
        if error is not None:
            log.error("request failed", **fields, exc_info=error)
        else:
            log.info("request", **fields)


async def json_only(request: Request) -> None:
    """Refuse a body that is not said to be JSON."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Problem(415, "Send the body as JSON.")


def shown(row: Any) -> dict[str, Any]:
    """Return a row as it is answered."""
    return {
        "id": row.id,
        "owner_id": row.owner_id,
        "title": row.title,
        "description": row.description,
        "done": row.done,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def cursor_of(sort: str, value: Any, id: uuid.UUID) -> str:
    """Return the mark behind a row."""
    text = json.dumps([sort, value.isoformat() if isinstance(value, dt.datetime) else value, str(id)])
    return base64.urlsafe_b64encode(text.encode()).decode()


def after(query: TodoQuery, column: Any, descending: bool) -> sa.ColumnElement[bool]:
    """Return the condition for rows behind a cursor."""
    try:
        sort, value, id = json.loads(base64.urlsafe_b64decode(query.cursor or ""))
        if sort != query.sort:
            raise ValueError
        place: Any = dt.datetime.fromisoformat(value) if column is todos.c.created_at else value
        key = uuid.UUID(id)
    except ValueError:
        raise Problem(422, "The request is not valid.") from None
    later = column < place if descending else column > place
    return sa.or_(later, sa.and_(column == place, todos.c.id < key if descending else todos.c.id > key))


@app.get("/v1/todos")
async def list_todos(me: Me, query: Annotated[TodoQuery, Query()]) -> Response:
    """List one's todos."""
    descending = query.sort.startswith("-")
    name = query.sort.removeprefix("-")
    column = SORTS[name]
    statement = sa.select(todos).limit(query.limit + 1)
    if not me.everything:
        statement = statement.where(todos.c.owner_id == me.id)
    if query.done is not None:
        statement = statement.where(todos.c.done == query.done)
    if query.q:
        statement = statement.where(sa.func.lower(todos.c.title).contains(query.q.lower(), autoescape=True))
    if query.cursor:
        statement = statement.where(after(query, column, descending))
    order = (column.desc(), todos.c.id.desc()) if descending else (column.asc(), todos.c.id.asc())
    async with engine.connect() as connection:
        rows = (await connection.execute(statement.order_by(*order))).all()
    more = len(rows) > query.limit
    rows = rows[: query.limit]
    last = cursor_of(query.sort, getattr(rows[-1], name), rows[-1].id) if more else None
    return Response(
        pydantic_core.to_json({"items": [shown(row) for row in rows], "next_cursor": last}),
        media_type="application/json",
    )


async def repeated(connection: AsyncConnection, key: str, fingerprint: str) -> Response | None:
    """Claim a key; return the answer that it had."""
    known = (await connection.execute(sa.select(answers).where(answers.c.key == key))).first()
    if known is None:
        await connection.execute(
            answers.insert().values(key=key, fingerprint=fingerprint, created_at=dt.datetime.now(dt.UTC))
        )
        return None
    if known.fingerprint != fingerprint:
        raise Problem(422, "This key was used for another request.")
    return Response(known.body, known.status, known.headers, media_type="application/json")


@app.post("/v1/todos", status_code=201, dependencies=[Depends(json_only)])
async def create_todo(me: Me, body: TodoIn, request: Request) -> Response:
    """Make a todo."""
    now = dt.datetime.now(dt.UTC)
    values = {"id": uuid.uuid4(), "owner_id": me.id, **body.model_dump(), "created_at": now, "updated_at": now}
    key = request.headers.get("idempotency-key")
    async with engine.begin() as connection:
        if key:
            key = hashlib.sha256(f"{me.id} {key}".encode()).hexdigest()
            known = await repeated(connection, key, hashlib.sha256(await request.body()).hexdigest())
            if known is not None:
                return known
        await connection.execute(todos.insert().values(**values, version=1))
        headers = {"ETag": '"1"', "Location": f"/v1/todos/{values['id']}"}
        content = pydantic_core.to_json(values)
        if key:
            await connection.execute(
                answers.update().where(answers.c.key == key).values(status=201, headers=headers, body=content.decode())
            )
    return Response(content, 201, headers, media_type="application/json")


served = Exchange(app)
