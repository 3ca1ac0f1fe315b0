"""The gate: the one ASGI layer. It gives every request an id and a line in the log, and every error a shape."""

import re
import time
import uuid
from functools import cached_property
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Message, Receive, Scope, Send

from runtime.cross_origin import preflight, sharing
from runtime.http_shape import HttpShape
from runtime.logs import get_log
from runtime.problems import Problem, not_found

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")
_QUIET = frozenset({"/livez", "/readyz"})


class Gate:
    """Wraps the application. While `draining`, every answer closes its connection."""

    def __init__(self, app: FastAPI, http: HttpShape | None = None) -> None:
        self.app = app
        self.http = http or HttpShape()
        self.draining = False
        app.add_exception_handler(HTTPException, self._refused)
        app.add_exception_handler(Exception, self._failed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        await _Exchange(self, scope, receive, send).run()

    @cached_property
    def beside_ids(self) -> dict[str, set[str]]:
        """The methods of paths such as /things/bulk, of which /things/{id} takes no others: `bulk` is no id."""
        found: dict[str, set[str]] = {}
        for route in self.app.router.routes:
            found.setdefault(getattr(route, "path", ""), set()).update(getattr(route, "methods", None) or ())
        return {
            path: methods
            for path, methods in found.items()
            if "{" not in path and path.rpartition("/")[0] + "/{id}" in found
        }

    def not_allowed(self, scope: Scope) -> Problem:
        """Return the 405, which says what the path answers to."""
        allowed = ", ".join(self.methods(scope))
        return Problem(405, f"Use one of: {allowed}.", headers={"Allow": allowed})

    def methods(self, scope: Scope) -> list[str]:
        """Return the methods that a path answers to; none where there is nothing."""
        found = set(self.beside_ids.get(scope["path"], ()))
        for route in [] if found else self.app.router.routes:
            match, _ = route.matches(scope)
            if match is not Match.NONE:
                found |= getattr(route, "methods", set())
        if not found:
            return []
        return sorted(found | {"OPTIONS"} | ({"HEAD"} if "GET" in found else set()))

    async def _refused(self, request: Request, error: Exception) -> Response:
        """Answer for what is no operation: 404, or 405 with what would be."""
        request_id: str = request.scope["request_id"]
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status == HTTPStatus.NOT_FOUND:
            return self.http.refusal(not_found(), request_id)
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            return self.http.refusal(self.not_allowed(request.scope), request_id)
        return self.http.refusal(Problem(status, HTTPStatus(status).phrase + "."), request_id)

    async def _failed(self, request: Request, _error: Exception) -> Response:
        problem = Problem(500, "Something went wrong on our side. The log holds the details under this request id.")
        return self.http.refusal(problem, request.scope["request_id"])


class _Exchange:
    """One request and its answer."""

    def __init__(self, gate: Gate, scope: Scope, receive: Receive, send: Send) -> None:
        self._gate = gate
        self._head = scope["method"] == "HEAD"
        headers = Headers(scope=scope)
        self._shared = sharing(gate.http.cors, headers)
        self._asked = headers.get("access-control-request-headers", "")
        given = headers.get("x-request-id", "")
        self._id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        self._scope = dict(scope, request_id=self._id, method="GET" if self._head else scope["method"])
        self._receive = receive
        self._send = send
        self._status = 0

    async def run(self) -> None:
        """Answer, and log one line."""
        started = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=self._id)
        error: Exception | None = None
        try:
            await self._answer()
        except Exception as raised:  # noqa: BLE001 (the last place that can: it is logged, and the caller is told)
            error = raised
            if not self._status:
                response = self._gate.http.refusal(Problem(500, "Something went wrong on our side."), self._id)
                await response(self._scope, self._receive, self._on_send)
        self._log(time.perf_counter() - started, error)

    async def _answer(self) -> None:
        if self._scope["method"] == "OPTIONS":
            methods = self._gate.methods(self._scope)
            if methods:
                allowed = {"Allow": ", ".join(methods), **preflight(self._shared, methods, self._asked)}
                response = Response(status_code=204, headers=allowed)
            else:
                response = self._gate.http.refusal(not_found(), self._id)
            await response(self._scope, self._receive, self._on_send)
            return
        beside = self._gate.beside_ids.get(self._scope["path"])
        if beside and self._scope["method"] not in beside:
            response = self._gate.http.refusal(self._gate.not_allowed(self._scope), self._id)
            await response(self._scope, self._receive, self._on_send)
            return
        await self._gate.app(self._scope, self._receive, self._on_send)

    async def _on_send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self._id
            headers["X-Content-Type-Options"] = "nosniff"
            headers.setdefault("Cache-Control", "no-store")
            headers.update(self._shared)
            if self._gate.draining:
                headers["Connection"] = "close"
        elif self._head and message["type"] == "http.response.body":
            message = {"type": "http.response.body", "body": b"", "more_body": message.get("more_body", False)}
        await self._send(message)

    def _log(self, seconds: float, error: Exception | None) -> None:
        fields: dict[str, Any] = {
            "method": "HEAD" if self._head else self._scope["method"],
            "path": self._scope["path"],
            "operation": self._scope.get("operation", ""),
            "status": self._status,
            "ms": round(seconds * 1000, 2),
        }
        if error is not None:
            get_log().error("request failed", **fields, exc_info=error)
        elif fields["path"] in _QUIET:
            get_log().debug("request", **fields)
        else:
            get_log().info("request", **fields)
