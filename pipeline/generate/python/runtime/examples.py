"""Examples: one value that fits each schema of the OpenAPI document."""

from typing import Any

from runtime.fields import PHONE, TIME

_FORMATS: dict[str, Any] = {
    "uuid": "7f1c2f0e-6f0b-4a53-9c1d-0c8f6f3f7a10",
    "email": "ada@example.com",
    "uri": "https://example.com/page",
    "date": "2030-01-31",
    "date-time": "2030-01-31T09:30:00Z",
    "time": "09:30:00",
}
_NAMES: dict[str, Any] = {
    "password": "correct horse battery",
    "current_password": "correct horse battery",
    "new_password": "another horse battery",
    "token": "the-token-you-were-given",
    "access_token": "eyJhbGciOiJIUzI1NiJ9.e30.signature",
    "refresh_token": "the-refresh-token",
    "token_type": "bearer",
    "phone": "+49 30 901820",
}
_DEPTH = 8


def add_examples(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Write an example into the body that an operation takes and the one it answers with."""
    contents = [operation.get("requestBody", {}).get("content", {})]
    contents += [answer.get("content", {}) for status, answer in operation["responses"].items() if int(status) < 300]
    for content in contents:
        json = content.get("application/json")
        if json and "schema" in json:
            json["example"] = example(json["schema"], schemas)


def example(schema: dict[str, Any], schemas: dict[str, Any], name: str = "", depth: int = 0) -> Any:
    """Return a value that fits a schema."""
    if depth > _DEPTH:
        return None
    if "$ref" in schema:
        return example(schemas[schema["$ref"].rpartition("/")[2]], schemas, name, depth + 1)
    if schema.get("examples"):
        return schema["examples"][0]
    for key in ("const", "default"):
        if schema.get(key) is not None:
            return schema[key]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example(schema["anyOf"][0], schemas, name, depth + 1)
    match schema.get("type"):
        case "object":
            properties: dict[str, Any] = schema.get("properties", {})
            return {key: example(value, schemas, key, depth + 1) for key, value in properties.items()}
        case "array":
            return [example(schema.get("items", {}), schemas, name, depth + 1)]
        case "string":
            return _text(schema, name)
        case "integer" | "number":
            return _number(schema)
        case "boolean":
            return False
        case "null":
            return None
        case _:
            return {"key": "value"}


def _text(schema: dict[str, Any], name: str) -> str:
    text = _FORMATS.get(schema.get("format", "")) or _NAMES.get(name)
    if text is None:
        text = name.replace("_", " ").capitalize() or "Text"
    if schema.get("pattern") == PHONE and name not in _NAMES:
        text = _NAMES["phone"]
    if schema.get("pattern") == TIME:
        text = _FORMATS["time"]
    shortest = schema.get("minLength", 0)
    return str(text).ljust(shortest, "x")[: schema.get("maxLength", 200)]


def _number(schema: dict[str, Any]) -> float:
    least = schema.get("minimum", 1)
    most = schema.get("maximum", least if least > 1 else 1)
    value = min(max(least, 1), most)
    return int(value) if schema["type"] == "integer" or value == int(value) else float(value)
