"""Problems: every error answer is an RFC 9457 `application/problem+json` document."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import pydantic_core
from pydantic import BaseModel, Field
from starlette.responses import Response

from runtime.fields import PATTERN_WORDS

MEDIA_TYPE = "application/problem+json"


class ErrorDetail(BaseModel):
    """One value that is not as it must be."""

    pointer: str = Field(description="JSON pointer to the value", examples=["/title"])
    location: str = Field(default="body", serialization_alias="in", description="body, query, path or header")
    detail: str = Field(description="What is wrong, in plain words")


class ProblemDocument(BaseModel):
    """The shape of every error answer (RFC 9457)."""

    type: str = Field(description="`about:blank`, or a word that names the problem", examples=["about:blank"])
    title: str = Field(description="The status in words", examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="What happened, in plain words")
    request_id: str = Field(description="Also in the X-Request-ID header and in the log")
    errors: list[ErrorDetail] | None = Field(default=None, description="The values that are wrong")


class Problem(Exception):
    """Ends an operation with an error answer."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[ErrorDetail] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def response(self, request_id: str) -> Response:
        """Return the answer."""
        document: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "request_id": request_id,
        }
        if self.errors:
            document["errors"] = [error.model_dump(by_alias=True) for error in self.errors]
        return Response(
            pydantic_core.to_json(document),
            status_code=self.status,
            headers=self.headers,
            media_type=MEDIA_TYPE,
        )


def pointer(*parts: str | int) -> str:
    """Return the JSON pointer (RFC 6901) of a value."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def invalid(detail: str, *parts: str | int, location: str = "body") -> Problem:
    """Return the 422 for one value that is wrong in itself; `parts` lead to it."""
    return Problem(
        422,
        "The request is not valid.",
        errors=[ErrorDetail(pointer=pointer(*parts), location=location, detail=detail)],
    )


def conflict(detail: str, *fields: str) -> Problem:
    """Return the 409 for a clash with what is stored; `fields` are those that clash."""
    return Problem(409, detail, errors=[ErrorDetail(pointer=pointer(field), detail=detail) for field in fields])


def not_found() -> Problem:
    """Return the 404 for what does not exist, or not for this caller."""
    return Problem(404, "There is nothing here, or nothing that you may see.")


SIGN_IN_FIRST = "Sign in first: send an access token as `Authorization: Bearer ...`."


def unauthenticated(detail: str = SIGN_IN_FIRST, *, challenge: str = "Bearer") -> Problem:
    """Return the 401."""
    return Problem(401, detail, headers={"WWW-Authenticate": challenge})


def forbidden(detail: str = "Your roles do not allow this.") -> Problem:
    """Return the 403."""
    return Problem(403, detail)


def too_many(detail: str, retry_after: float) -> Problem:
    """Return the 429; `retry_after` in seconds."""
    return Problem(429, detail, headers={"Retry-After": str(max(1, int(retry_after + 0.999)))})


def from_validation(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """Return the 422 (or 404, for an id in the path that cannot be one) for Pydantic's errors."""
    if any(error["loc"] and error["loc"][0] == "path" for error in errors):
        return not_found()
    details: list[ErrorDetail] = []
    for error in errors:
        location, *parts = error["loc"] or ("body",)
        if error["type"] == "json_invalid":
            parts.clear()  # the place is a position in the text
        details.append(ErrorDetail(pointer=pointer(*parts), location=str(location), detail=_words(error)))
    return Problem(422, "The request is not valid.", errors=details)


def _words(error: Mapping[str, Any]) -> str:
    match error["type"]:
        case "missing":
            return "This is required."
        case "extra_forbidden":
            return "There is no such field." if error["loc"][0] == "body" else "There is no such parameter."
        case "json_invalid":
            return f"This is not JSON: {error.get('ctx', {}).get('error', 'it cannot be read')}."
        case "model_attributes_type" | "model_type":
            return "This must be a JSON object."
        case "string_pattern_mismatch":
            return PATTERN_WORDS.get(str(error.get("ctx", {}).get("pattern")), "This is not in the form it must have.")
        case _:
            message = str(error["msg"]).removeprefix("Value error, ")
            return message if message.endswith(".") else f"{message}."
