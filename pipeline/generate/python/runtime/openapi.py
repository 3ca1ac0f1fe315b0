"""The description of the interface: OpenAPI, with summaries, examples, error answers and security."""

import inspect
from types import UnionType
from typing import Any, get_args, get_type_hints

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.responses import Response

from runtime.component import Handler, Operation, RpcPort, answer_of, body_of, name_of, operation_of
from runtime.credentials import KEY_HEADER
from runtime.examples import add_examples
from runtime.http_shape import HttpShape, wire_of
from runtime.openapi_files import describe_files
from runtime.openapi_shape import describe_shape, error_schema, omit_nulls, security_schemes
from runtime.problems import ProblemDocument
from runtime.registry import Registry

_ANSWERS = {
    304: "Nothing has changed since the ETag that If-None-Match names.",
    400: "The request cannot be read.",
    401: "Nobody is signed in, or the token is not valid any more.",
    403: "The roles of the caller do not allow this.",
    404: "There is nothing here, or nothing that the caller may see.",
    409: "It clashes with what is stored.",
    410: "The link has ended.",
    412: "It has changed since it was read.",
    413: "The body is larger than 1 MiB.",
    415: "The body is not JSON.",
    416: "The file has no such part.",
    422: "The request is not valid; `errors` says where.",
    429: "Too many attempts; `Retry-After` says how many seconds to wait.",
    500: "Something went wrong on the service's side.",
    503: "The database cannot be reached at the moment.",
}
_SCHEMES: dict[str, dict[str, str]] = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "apiKey": {"type": "apiKey", "in": "header", "name": KEY_HEADER},
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag that was read: the change is made only to that version, and answered with 412 otherwise.",
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag that was read: answered with 304 where nothing has changed.",
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "description": "Any text that is new for each wish: a repeated request has no second effect and the same answer.",
}
_SIGNATURE = {
    "name": "X-Signature",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "`t=<seconds since 1970>,v1=<HMAC-SHA256 of `t.body`, in hexadecimal>`, good for five minutes.",
}


def documented(port: RpcPort, handler: Handler, names: set[str], registry: Registry) -> dict[str, Any]:
    """Return what FastAPI is told about an operation besides its function. `names` holds those given so far."""
    operation = operation_of(handler)
    summary, _, description = inspect.cleandoc(handler.__doc__ or operation.name).partition("\n\n")
    extra: dict[str, Any] = {}
    name = name_of(handler)
    if name in names:
        name = f"{port.component.name}_{name}"
    names.add(name)
    if operation.access != "public":
        extra["security"] = _security(port, operation, registry)
    parameters = _headers(operation)
    if parameters:
        extra["parameters"] = parameters
    responses: dict[int | str, dict[str, Any]] = {
        status: {"description": _ANSWERS[status]} for status in _statuses(operation, registry.http)
    }
    if operation.csv:
        responses[operation.status] = {"content": {"text/csv": {"schema": {"type": "string"}}}}
    return {
        **_answer(handler),
        "operation_id": name,
        "summary": summary.rstrip("."),
        "description": description or summary,
        "tags": [port.component.name],
        "responses": responses,
        "response_model_exclude_none": registry.http.omit_nulls,
        "openapi_extra": extra,
    }


def _answer(handler: Handler) -> dict[str, Any]:
    """Return the model of what is answered where the function may also return a ready response."""
    returned = get_type_hints(handler, include_extras=True).get("return")
    choices = get_args(returned) if isinstance(returned, UnionType) else ()
    models = [each for each in choices if not issubclass(each, Response)]
    return {"response_model": models[0]} if len(models) == 1 < len(choices) else {}


def describe(app: FastAPI, base_url: str, http: HttpShape) -> dict[str, Any]:
    """Return the OpenAPI document."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        servers=[{"url": base_url}] if base_url else None,
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    problem = error_schema(http)
    if problem is None:
        problem = ProblemDocument.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = {**problem, "title": "Problem"}
    if http.omit_nulls:
        omit_nulls(schemas)
    handlers = {route.operation_id: route.endpoint for route in app.routes if isinstance(route, APIRoute)}
    used: set[str] = set()
    for path in document["paths"].values():
        for operation in path.values():
            used |= {scheme for way in operation.get("security", ()) for scheme in way}
            handler = handlers[operation["operationId"]]
            describe_files(operation, operation_of(handler), schemas)
            describe_shape(operation, http, wire_of(http, body_of(handler), answer_of(handler)), schemas)
            _complete(operation, schemas, http.problem_type)
    if used:
        schemes = {name: scheme for name, scheme in _SCHEMES.items() if name in used}
        components["securitySchemes"] = security_schemes(http, schemes)
    return document


def _security(port: RpcPort, operation: Operation, registry: Registry) -> list[dict[str, list[str]]]:
    """Return the ways to sign in of those who may use an operation."""
    devices = frozenset(registry.key_ring.roles.values() if registry.key_ring else ())
    allowed = registry.allowed(port.address, operation.name) if operation.access == "granted" else frozenset[str]()
    people = allowed - devices or not allowed
    bearer: list[dict[str, list[str]]] = [{"bearer": []}] if people and registry.authenticator is not None else []
    open_to_all = registry.is_open(port.address, operation)
    key: list[dict[str, list[str]]] = [{"apiKey": []}] if allowed & devices or (open_to_all and devices) else []
    nobody: list[dict[str, list[str]]] = [{}] if open_to_all else []
    return bearer + key + nobody


def _complete(operation: dict[str, Any], schemas: dict[str, Any], problem_type: str) -> None:
    reference = {"$ref": "#/components/schemas/Problem"}
    for status, answer in operation["responses"].items():
        if int(status) >= 400:
            answer["content"] = {problem_type: {"schema": reference}}
            if status == "429":
                answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}
    add_examples(operation, schemas)


def _headers(operation: Operation) -> list[dict[str, Any]]:
    headers: list[dict[str, Any]] = []
    if operation.versioned and not operation.fresh:
        headers.append(_IF_NONE_MATCH if operation.reads else _IF_MATCH)
    if operation.idempotent:
        headers.append(_IDEMPOTENCY_KEY)
    if operation.webhook is not None and operation.webhook.secret is not None:
        headers.append(_SIGNATURE)
    return headers


def _statuses(operation: Operation, http: HttpShape) -> list[int]:
    statuses = {http.invalid, 500, 503}
    if operation.access != "public" or (operation.webhook is not None and operation.webhook.secret is not None):
        statuses.add(401)
    if operation.access == "granted":
        statuses.add(403)
    if "{" in operation.path:
        statuses.add(404)
    if not operation.reads and operation.method != "DELETE":
        statuses |= {400, 413, 415, 409}
    if operation.method == "DELETE":
        statuses.add(409)
    if operation.versioned and not operation.fresh:
        statuses.add(304 if operation.reads else 412)
    if operation.limited:
        statuses.add(429)
    return sorted(statuses.union(operation.answers))
