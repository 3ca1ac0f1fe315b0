"""The shape of the interface: how requests and answers look where a system differs from the usual.

Components know nothing of it. Bodies are unwrapped before they are checked and wrapped after they are written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

import pydantic_core
from starlette.requests import Request
from starlette.responses import Response

from runtime.fields import camel
from runtime.problems import MEDIA_TYPE, ErrorDetail, Problem

JSON = "application/json"
_OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class HttpShape:
    """What a blueprint says under `http`."""

    casing: Literal["snake", "camel"] = "snake"
    list: Literal["envelope", "bare", "named"] = "envelope"
    items_key: str = "items"
    total_key: str = ""
    """The key that says how many there are on all pages; none where lists do not count."""
    root: bool = False
    root_key: str = ""
    """The key that every object is answered under; none where they stand by themselves, or under their name."""
    errors: Literal["problem", "error", "coded", "errors", "message"] = "problem"
    invalid: int = 422
    """The status of what is wrong in itself."""
    omit_nulls: bool = False
    """Whether values that are null are left out of answers."""
    ignore_unknown: bool = False
    """Whether fields and parameters that nobody knows are not looked at."""
    token_header: str = "Authorization"
    token_scheme: str = "Bearer"
    cors: tuple[str, ...] = ()

    def name(self, field: str) -> str:
        """Return a field's name as callers write it."""
        return camel(field) if self.casing == "camel" else field

    @property
    def renames_pages(self) -> bool:
        """Whether lists look otherwise than usual."""
        return self.list != "envelope" or self.items_key != "items" or self.total_key not in ("", "total")

    @property
    def problem_type(self) -> str:
        """The media type of errors."""
        return MEDIA_TYPE if self.errors == "problem" else JSON

    def refusal(self, problem: Problem, request_id: str, under: str = "") -> Response:
        """Return the answer for a problem; `under` is the key that the request's values stand under."""
        if problem.status == HTTPStatus.UNPROCESSABLE_ENTITY:
            problem.status = self.invalid
        if self.errors == "problem":
            problem.errors = tuple(self._pointed(error, under) for error in problem.errors)
            return problem.response(request_id)
        named = [(self._dotted(error.pointer) or "body", error.detail) for error in problem.errors]
        document: dict[str, Any]
        words = "; ".join(f"{name}: {detail}" for name, detail in named) or problem.detail
        if self.errors == "error":
            document = {"error": words}
        elif self.errors == "coded":
            code = HTTPStatus(problem.status).phrase.lower().replace(" ", "_").replace("-", "_")
            document = {"error": {"code": code, "message": words}}
        elif self.errors == "message":
            document = {"code": problem.status, "message": words}
        else:
            fields: dict[str, list[str]] = {}
            for name, detail in named or [("body", problem.detail)]:
                fields.setdefault(name, []).append(detail)
            document = {"errors": fields}
        content = pydantic_core.to_json(document)
        return Response(content, status_code=problem.status, headers=problem.headers, media_type=JSON)

    def _dotted(self, pointer: str) -> str:
        """Return `items.1.title` for /items/1/title."""
        return ".".join(self.name(part) for part in pointer.split("/")[1:])

    def _pointed(self, error: ErrorDetail, under: str) -> ErrorDetail:
        """Return an error that points at a value where the caller wrote it."""
        pointer = "".join(f"/{self.name(part)}" for part in error.pointer.split("/")[1:])
        if under and error.location == "body":
            pointer = f"/{under}{pointer}"
        return error.model_copy(update={"pointer": pointer})


class Wire(NamedTuple):
    """How the body and the answer of one operation are wrapped."""

    under: str = ""
    """The key that the body's values stand under; none where they stand by themselves."""
    answered_under: str = ""
    page: str | None = None
    """The name of what a list answers with; None for what is no list."""

    def unwrap(self, sent: Any) -> Any:
        """Return the values of a body. Raises the 422 for one that has them elsewhere."""
        if not self.under:
            return sent
        if not isinstance(sent, dict):
            raise _misplaced("", "This must be a JSON object.")
        for name in sent:
            if name != self.under:
                raise _misplaced(name, f"There is no such field: everything stands under `{self.under}`.")
        if self.under not in sent:
            raise _misplaced(self.under, "This is required.")
        return sent[self.under]

    def wrap(self, shape: HttpShape, request: Request, response: Response) -> None:
        """Wrap an answer."""
        if response.status_code not in _OK or not response.headers.get("content-type", "").startswith(JSON):
            return
        if self.page is not None and shape.renames_pages:
            content = self._page(shape, request, response)
        elif self.answered_under:
            content = b'{"' + self.answered_under.encode() + b'":' + bytes(response.body) + b"}"
        else:
            return
        response.body = content
        response.headers["content-length"] = str(len(content))

    def _page(self, shape: HttpShape, request: Request, response: Response) -> bytes:
        page: dict[str, Any] = pydantic_core.from_json(bytes(response.body))
        items, cursor = page["items"], page.get(shape.name("next_cursor"))
        if shape.list == "envelope":
            after = {} if cursor is None and shape.omit_nulls else {shape.name("next_cursor"): cursor}
            counted = {shape.name(shape.total_key): page["total"]} if shape.total_key and "total" in page else {}
            return pydantic_core.to_json({shape.name(shape.items_key): items, **after, **counted})
        if cursor is not None:
            query = {**request.query_params, "cursor": cursor}
            response.headers["Link"] = f'<{request.url.path}?{urlencode(query)}>; rel="next"'
        if shape.list == "bare":
            return pydantic_core.to_json(items)
        name = self.page or shape.items_key
        return pydantic_core.to_json(
            {shape.name(name): items, shape.name(f"{name}_count"): page.get("total", len(items))}
        )


class Misplaced(Problem):
    """The 422 for a body whose values do not stand where they must."""


def _misplaced(name: str, detail: str) -> Misplaced:
    pointer = f"/{name}" if name else ""
    return Misplaced(422, "The request is not valid.", errors=[ErrorDetail(pointer=pointer, detail=detail)])


def wire_of(shape: HttpShape, body: object, answer: object) -> Wire:
    """Return how an operation is wrapped whose body and answer are of these classes."""
    fields: Mapping[str, Any] = getattr(answer, "model_fields", {})
    page = {"items", "next_cursor"} <= fields.keys()
    called = str(getattr(answer, "called", ""))
    wrapped = shape.root or shape.root_key
    return Wire(
        under=shape.name(str(getattr(body, "called", ""))) if shape.root else "",
        answered_under=shape.name(shape.root_key or called) if wrapped and called and not page else "",
        page=called if page else None,
    )


def shape_of(http: Mapping[str, Any]) -> HttpShape:
    """Return the shape that a blueprint's `http` wants."""
    token = http.get("token", {})
    return HttpShape(
        casing=http.get("casing", "snake"),
        list=http.get("list", "envelope"),
        items_key=http.get("itemsKey", "items"),
        total_key=http.get("totalKey", ""),
        root=http.get("root", False),
        root_key=http.get("rootKey", ""),
        errors=http.get("errors", "problem"),
        invalid=http.get("invalid", 422),
        omit_nulls=http.get("nulls") == "omit",
        ignore_unknown=http.get("unknown") == "ignore",
        token_header=token.get("header", "Authorization"),
        token_scheme=token.get("scheme", "Bearer"),
        cors=tuple(http.get("cors", ())),
    )


def token_in(shape: HttpShape, headers: Mapping[str, str]) -> str:
    """Return the access token that a request carries; empty for none."""
    value = headers.get(shape.token_header.lower(), "").strip()
    if not shape.token_scheme:
        return value if re.fullmatch(r"\S+", value) else ""
    scheme, _, token = value.partition(" ")
    return token.strip() if scheme.lower() == shape.token_scheme.lower() else ""
