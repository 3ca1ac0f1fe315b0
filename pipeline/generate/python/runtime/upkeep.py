"""Upkeep: the operations that every system has, for those who run it and those who read about it."""

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pydantic_core
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from runtime.component import ComposedComponent, Options, RpcPort, get
from runtime.database import Database
from runtime.logs import get_log
from runtime.problems import Problem

_OPEN: Options = {"access": "public", "transaction": False}
_FILES = {
    "docs.css": "text/css; charset=utf-8",
    "docs.js": "text/javascript; charset=utf-8",
}
_FOLDER = Path(__file__).parent / "docs"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Upkeep(ComposedComponent):
    """Health, the description of the interface, and its documentation. Needs no sign-in."""

    NAME = "upkeep"

    def __init__(self, database: Database, title: str, release: str, describe: Callable[[], dict[str, Any]]) -> None:
        super().__init__(self.NAME)
        self._database = database
        self._title = title
        self._release = release
        self._describe = describe
        self._description: bytes | None = None
        self.port = self.offers("http", RpcPort(self))

    @get("/", "http.home", **_OPEN)
    async def home(self, request: Request) -> Response:
        """Say what this is, to browsers as a page and to programs as JSON."""
        links = {"docs": "/docs", "openapi": "/openapi.json", "health": "/readyz"}
        if "text/html" in request.headers.get("accept", ""):
            return Response(status_code=302, headers={"Location": "/docs"})
        return _json({"name": self._title, **links})

    @get("/livez", "http.live", **_OPEN)
    async def live(self) -> Response:
        """Say that the process is alive."""
        return _json({"status": "ok"})

    @get("/readyz", "http.ready", **_OPEN)
    async def ready(self) -> Response:
        """Say whether requests can be served: 503 while the database cannot be reached."""
        try:
            await self._database.ping()
        except Exception as error:
            get_log().error("not ready", error=type(error).__name__)
            raise Problem(503, "The database cannot be reached at the moment.", headers={"Retry-After": "2"}) from error
        # While two releases share the socket, this is how a deploy knows which of them answered.
        return _json({"status": "ok", "release": self._release})

    @get("/openapi.json", "http.openapi", **_OPEN)
    async def openapi(self) -> Response:
        """Describe the interface as OpenAPI."""
        if self._description is None:
            self._description = pydantic_core.to_json(self._describe())
        return Response(self._description, media_type="application/json")

    @get("/docs", "http.docs", **_OPEN)
    async def docs(self) -> Response:
        """Show the interface to people. Everything the page loads comes from here."""
        page = (_FOLDER / "docs.html").read_text(encoding="utf-8").replace("{title}", html.escape(self._title))
        return HTMLResponse(page, headers={"Content-Security-Policy": _PAGE_POLICY})

    @get("/docs/{name}", "http.asset", **_OPEN)
    async def asset(self, name: str) -> Response:
        """Return a file of the documentation's page."""
        media_type = _FILES.get(name)
        if media_type is None:
            raise Problem(404, "There is no such file.")
        return Response((_FOLDER / name).read_bytes(), media_type=media_type, headers={"Cache-Control": "no-cache"})


def _json(value: object) -> Response:
    return Response(pydantic_core.to_json(value), media_type="application/json")
