"""What the description of the interface says where answers look otherwise than usual."""

from typing import Any

from runtime.http_shape import JSON, HttpShape, Wire

_LINK = {
    "schema": {"type": "string"},
    "description": 'The next page, as `<...>; rel="next"`; absent on the last one',
}
_ERRORS: dict[str, dict[str, Any]] = {
    "error": {
        "title": "Problem",
        "type": "object",
        "required": ["error"],
        "properties": {"error": {"type": "string", "description": "What happened, in plain words"}},
    },
    "coded": {
        "title": "Problem",
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["code", "message"],
                "properties": {
                    "code": {"type": "string", "description": "The status in words: not_found"},
                    "message": {"type": "string", "description": "What happened, in plain words"},
                },
            }
        },
    },
    "message": {
        "title": "Problem",
        "type": "object",
        "required": ["code", "message"],
        "properties": {
            "code": {"type": "integer", "description": "The status"},
            "message": {"type": "string", "description": "What happened, in plain words"},
        },
    },
    "errors": {
        "title": "Problem",
        "type": "object",
        "required": ["errors"],
        "properties": {
            "errors": {
                "type": "object",
                "description": "Field, or `body` for the request as a whole -> what is wrong, in plain words",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            }
        },
    },
}


def error_schema(http: HttpShape) -> dict[str, Any] | None:
    """Return the schema of errors where they are no problem documents."""
    return _ERRORS.get(http.errors)


def security_schemes(http: HttpShape, schemes: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return the ways to sign in, with the header and the word that this system takes tokens in."""
    if (http.token_header.lower(), http.token_scheme.lower()) == ("authorization", "bearer"):
        return schemes
    value = f"{http.token_scheme} <access token>".strip()
    token = {
        "type": "apiKey",
        "in": "header",
        "name": http.token_header,
        "description": f"`{http.token_header}: {value}`",
        "x-scheme": http.token_scheme,
    }
    return {**schemes, "bearer": token}


def omit_nulls(schemas: dict[str, Any]) -> None:
    """Say of every shape that what may be null may be absent as well."""
    for schema in schemas.values():
        properties: dict[str, Any] = schema.get("properties", {})
        required = [name for name in schema.get("required", ()) if not _nullable(properties.get(name, {}))]
        if "required" in schema:
            schema["required"] = required


def _nullable(schema: dict[str, Any]) -> bool:
    """Whether a value may be null; a schema without any type says nothing against it."""
    return any(each.get("type") == "null" for each in schema.get("anyOf", ())) or not (
        schema.keys() & {"type", "anyOf", "$ref", "allOf", "enum", "const"}
    )


def describe_shape(described: dict[str, Any], http: HttpShape, wire: Wire, schemas: dict[str, Any]) -> None:
    """Wrap the body and the answers in an operation's description as they are wrapped when it is used."""
    body = described.get("requestBody", {}).get("content", {}).get(JSON)
    if body and wire.under:
        body["schema"] = _under(wire.under, body["schema"])
    for status, answer in described["responses"].items():
        content = answer.get("content", {}).get(JSON)
        if not content or not status.startswith("2"):
            continue
        if wire.page is not None and http.renames_pages:
            page = schemas[content["schema"]["$ref"].rpartition("/")[2]]
            content["schema"] = _page(http, wire.page, page)
            if http.list != "envelope":
                answer.setdefault("headers", {})["Link"] = _LINK
        elif wire.answered_under:
            content["schema"] = _under(wire.answered_under, content["schema"], strict=False)


def _under(name: str, schema: dict[str, Any], *, strict: bool = True) -> dict[str, Any]:
    closed = {"additionalProperties": False} if strict else {}
    return {"type": "object", "required": [name], "properties": {name: schema}, **closed}


def _page(http: HttpShape, name: str, page: dict[str, Any]) -> dict[str, Any]:
    items: dict[str, Any] = page["properties"]["items"]
    cursor = http.name("next_cursor")
    if http.list == "bare":
        return {"type": "array", "items": items["items"]}
    if http.list == "envelope":
        key = http.name(http.items_key)
        total = http.name(http.total_key) if http.total_key and "total" in page["properties"] else ""
        counted = {total: page["properties"]["total"]} if total else {}
        return {
            "type": "object",
            "required": [key, *(() if http.omit_nulls else (cursor,)), *counted],
            "properties": {key: items, cursor: page["properties"][cursor], **counted},
        }
    key = http.name(name or http.items_key)
    count = http.name(f"{name or http.items_key}_count")
    of = "on all pages" if "total" in page["properties"] else "on this page"
    return {
        "type": "object",
        "required": [key, count],
        "properties": {key: items, count: {"type": "integer", "description": f"How many there are {of}"}},
    }
