"""The kernel: what stands around every operation and cannot be gone around."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, NamedTuple
from uuid import UUID

import pydantic_core
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from runtime import idempotency
from runtime.call import Call, Principal
from runtime.component import Handler, Hook, Operation, answer_of, body_of, operation_of
from runtime.credentials import Credentials
from runtime.database import Database
from runtime.file_fields import StoredFile
from runtime.form_values import kinds_of
from runtime.forms import FORM, Files, Kinds
from runtime.http_shape import Misplaced, Wire, wire_of
from runtime.logs import get_log
from runtime.problems import Problem, from_validation, invalid, not_found
from runtime.registry import Registry
from runtime.settings import Settings

Inner = Callable[[Request], Awaitable[Response]]
MAX_BODY_BYTES = 2**20
MAX_KEY_LENGTH = 255
MOST_ATTEMPTS = 3
WAITED_FOR_EACH_OTHER = ("40P01", "40001")
"""PostgreSQL's codes of a deadlock, and of a transaction that others were in the way of."""


class Kernel:
    """Authentication, authorisation, validation, the transaction and the mapping of errors, in this order."""

    def __init__(self, database: Database, registry: Registry, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self.registry = registry
        self.credentials = Credentials(registry.authenticator, registry.key_ring, registry.http)

    def guard(self, handler: Handler, port: str, inner: Inner) -> Any:
        """Return the handler of a route with the whole chain around it."""
        operation = operation_of(handler)
        http = self.registry.http
        wire = wire_of(http, body_of(handler), answer_of(handler))
        served = Served(operation, port, getattr(handler, "__self__", None), inner, _kinds(handler), wire)

        async def guarded(request: Request) -> Response:
            request_id: str = request.scope["request_id"]
            request.scope["operation"] = f"{port}:{operation.name}"
            # The values of a form stand under no key.
            under = "" if _media_type(request) == FORM else wire.under
            try:
                return await self._run(served, request)
            except Misplaced as problem:
                return http.refusal(problem, request_id)
            except Problem as problem:
                return http.refusal(self.credentials.challenge(problem), request_id, under)
            except RequestValidationError as error:
                return http.refusal(from_validation(error.errors()), request_id, under)
            except ClientDisconnect:
                closed = Problem(400, "The connection was closed before the request was complete.")
                return http.refusal(closed, request_id)
            except (OperationalError, InterfaceError, PoolTimeoutError) as error:
                return self._unavailable(error, request_id)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                return self._unavailable(error, request_id)

        return guarded

    async def _run(self, served: "Served", request: Request) -> Response:
        operation = served.operation
        principal = await self._authenticate(operation, served.port, request)
        caller = Call(
            request_id=request.scope["request_id"],
            principal=principal,
            address=request.client.host if request.client else "local",
            operation=operation.name,
            if_match=_if_match(request) if operation.versioned else None,
        )
        call = self.registry.scope(served.port, operation, caller)
        call.if_match = caller.if_match
        request.scope["call"] = call
        files = self.registry.files
        if files is not None:
            files.let_show(request)
            if operation.files and _media_type(request) == FORM:
                return await self._run_form(served, request, call, files)
            if operation.files and served.kinds is None:
                raise Problem(415, "Send the file as multipart/form-data, in the field `file`.")
        body = b"" if operation.reads else await _read_body(request)
        parsed = KernelRequest(request.scope, body)
        if operation.webhook is not None:
            return await self._receive(served, operation.webhook, call, parsed)
        return await self._perform(served, parsed, call, body)

    async def _run_form(self, served: "Served", request: Request, call: Call, files: Files) -> Response:
        """Run an operation on a form. Files of a form that nothing came of do not stay."""
        form = await files.receive(request, served.operation.files, served.kinds or {})
        replayed = True
        try:
            call.files = {name: value for name, value in form.values.items() if isinstance(value, StoredFile)}
            if served.kinds is None and not self.registry.http.ignore_unknown:
                call.unknown = form.values.keys() - {file.field for file in served.operation.files}
            parsed = FormRequest(request.scope, form.values)
            response = await self._perform(served, parsed, call, form.fingerprint)
            replayed = idempotency.REPLAYED in response.headers
        finally:
            if replayed:
                await files.discard(form)
        return response

    async def _perform(self, served: "Served", request: "KernelRequest", call: Call, body: bytes) -> Response:
        """Run an operation, and once more where PostgreSQL ended its transaction because two waited for each other."""
        for _ in range(MOST_ATTEMPTS - 1):
            try:
                return await self._attempt(served, request, call, body)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", "") not in WAITED_FOR_EACH_OTHER:
                    raise
                call.headers.clear()
        return await self._attempt(served, request, call, body)

    async def _attempt(self, served: "Served", request: "KernelRequest", call: Call, body: bytes) -> Response:
        """Run an operation in its transaction, once for one Idempotency-Key."""
        operation = served.operation
        key = _idempotency_key(request, call, operation) if operation.idempotent else None
        async with self._transaction(operation, operation.alone and key is None) as session:
            call._session = session
            claim = await idempotency.claim(session, key, request, body) if key and session else None
            if claim and claim.answer:
                return claim.answer
            try:
                request.unwrap(served.wire)
                response = await served.inner(request)
            except (RequestValidationError, Misplaced):
                await _find(operation, served.component, call, request)
                raise
            response.headers.update(call.headers)
            served.wire.wrap(self.registry.http, request, response)
            if claim:
                await claim.keep(response, operation.secret and self.registry.http.name(operation.secret))
        return response if operation.fresh else _not_modified(request, response)

    async def _receive(self, served: "Served", webhook: Hook, call: Call, request: "KernelRequest") -> Response:
        """Store what came from outside, then handle it; what goes wrong is kept with it, and answered as usual."""
        # With the module comes a table that systems without webhooks do not have.
        from runtime.webhooks import receive

        address = f"{served.port}:{served.operation.name}"
        body = await request.body()
        receipt = await receive(self.database, self.settings, webhook, address, request, body)
        call.receipt = receipt
        try:
            async with self.database.write() as session:
                call._session = session
                request.unwrap(served.wire)
                response = await served.inner(request)
                served.wire.wrap(self.registry.http, request, response)
                await receipt.handled(session)
        except Exception as error:
            await receipt.failed(error)
            raise
        response.headers.update(call.headers)
        return response

    async def _authenticate(self, operation: Operation, port: str, request: Request) -> Principal | None:
        """Return who is signed in, None for nobody. Where nobody has to be, what is not good is as nothing."""
        open_to_all = self.registry.is_open(port, operation)
        if open_to_all and not operation.transaction:
            return None
        try:
            return await self.credentials.principal(request)
        except Problem as problem:
            if open_to_all and problem.status == HTTPStatus.UNAUTHORIZED:
                return None
            raise

    @asynccontextmanager
    async def _transaction(self, operation: Operation, alone: bool) -> AsyncGenerator[AsyncSession | None]:
        if not operation.transaction:
            yield None
            return
        writing = self.database.write_alone if alone else self.database.write
        async with writing() if operation.writes else self.database.ask() as session:
            yield session

    def _unavailable(self, error: Exception, request_id: str) -> Response:
        get_log().error("database unavailable", error=type(error).__name__, reason=str(getattr(error, "orig", error)))
        problem = Problem(503, "The database cannot be reached at the moment.", headers={"Retry-After": "2"})
        return self.registry.http.refusal(problem, request_id)


class Served(NamedTuple):
    """An operation, and what the kernel needs to serve it."""

    operation: Operation
    port: str
    component: object
    inner: Inner
    kinds: Kinds | None
    """What the fields of a form are, where the operation takes a body."""
    wire: Wire


def _kinds(handler: Handler) -> Kinds | None:
    if not operation_of(handler).files:
        return None
    body = body_of(handler)
    return kinds_of(body) if body else None


class KernelRoute(APIRoute):
    """A route of an operation. The service starts with no other kind."""

    kernel: Kernel
    port: str

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's handler inside the kernel's chain."""
        guarded: Callable[[Request], Coroutine[Any, Any, Response]] = self.kernel.guard(
            self.endpoint, self.port, super().get_route_handler()
        )
        return guarded


class KernelRequest(Request):
    """A request whose body was read, within the limit, after its caller was let in."""

    def __init__(self, scope: Any, body: bytes) -> None:
        super().__init__(scope)
        self._content = body
        self._wire = Wire()

    def unwrap(self, wire: Wire) -> None:
        """Take the values of the body from where they stand. Raises the 422 for a body that has them elsewhere."""
        if wire.under and self._content:
            self._wire = wire
            try:
                wire.unwrap(self._parsed())
            except ValueError:
                return  # what is not JSON is told so by whoever reads it

    async def body(self) -> bytes:
        """Return the body's bytes."""
        return self._content

    async def json(self) -> Any:
        """Return the body as data. Raises JSONDecodeError, also for NaN, lone surrogates and absurd depth."""
        try:
            return self._wire.unwrap(self._parsed())
        except ValueError as error:
            raise json.JSONDecodeError(str(error), "", 0) from None

    def _parsed(self) -> Any:
        return pydantic_core.from_json(self._content, allow_inf_nan=False)


class FormRequest(KernelRequest):
    """A request whose form was read: for what comes after, its values are an object like any other."""

    def __init__(self, scope: Any, values: dict[str, Any]) -> None:
        headers = [(name, value) for name, value in scope["headers"] if name != b"content-type"]
        super().__init__({**scope, "headers": [*headers, (b"content-type", b"application/json")]}, b"form")
        self._values = values

    def unwrap(self, wire: Wire) -> None:
        """Do nothing: the values of a form stand by themselves."""

    async def json(self) -> Any:
        """Return the values of the form, files among them."""
        return self._values


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _read_body(request: Request) -> bytes:
    """Return the body. Raises 413 for one above the limit and 415 for one that is not JSON."""
    too_large = Problem(413, "The body is larger than 1 MiB.", headers={"Connection": "close"})
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > MAX_BODY_BYTES:
        raise too_large
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_BODY_BYTES:
            raise too_large
    if content:
        media_type = _media_type(request)
        if media_type != "application/json" and not (
            media_type.startswith("application/") and media_type.endswith("+json")
        ):
            raise Problem(415, "Send the body as JSON, with the header `Content-Type: application/json`.")
    return bytes(content)


def _if_match(request: Request) -> frozenset[str] | None:
    """Return the versions that If-Match allows; None without the header, or where it allows any."""
    header = request.headers.get("if-match")
    if header is None or header.strip() == "*":
        return None
    return frozenset(part.strip().removeprefix("W/").strip('"') for part in header.split(","))


def _not_modified(request: Request, response: Response) -> Response:
    """Return a 304 in place of an answer that the caller holds already."""
    etag = response.headers.get("etag")
    held = request.headers.get("if-none-match") if request.method == "GET" else None
    if etag is None or held is None:
        return response
    tags = {part.strip().removeprefix("W/") for part in held.split(",")}
    return Response(status_code=304, headers={"ETag": etag}) if etag in tags or "*" in tags else response


def _idempotency_key(request: Request, call: Call, operation: Operation) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not key or len(key) > MAX_KEY_LENGTH or not key.isprintable():
        raise invalid(f"This must be 1 to {MAX_KEY_LENGTH} printable characters.", "Idempotency-Key", location="header")
    who = str(call.principal.id) if call.principal else call.address
    return idempotency.key_of(who, operation.method, request.url.path, key)


def id_in_path(text: str) -> UUID:
    """Return the id that a part of a path is: a UUID, or the whole number that stands for one. Raises ValueError."""
    return UUID(int=int(text)) if text.isdecimal() and len(text) < 17 else UUID(text)


async def _find(operation: Operation, component: object, call: Call, request: Request) -> None:
    """Raise the 404 where the path names nothing that the caller may see: that goes before what is wrong in the body."""
    if operation.find is None:
        return
    for text in request.path_params.values():
        try:
            id = text if isinstance(text, UUID) else id_in_path(str(text))
        except ValueError:
            raise not_found() from None
        await operation.find(component, call, id)
