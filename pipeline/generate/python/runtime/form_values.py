"""Values of forms: all of them are text, and become what the body's schema wants."""

from collections.abc import Mapping, Sequence
from typing import Any

import pydantic_core
from pydantic import BaseModel

from runtime.forms import Kinds


def kinds_of(model: type[BaseModel]) -> dict[str, tuple[str, str]]:
    """Return the kinds of a body's fields."""
    schema = model.model_json_schema()
    properties: dict[str, dict[str, Any]] = schema.get("properties", {})
    return {name: _kind(described) for name, described in properties.items()}


def form_values(texts: Sequence[tuple[str, str]], kinds: Kinds) -> dict[str, Any]:
    """Return the values of a form. What does not fit stays text, for the schema to say what is wrong with it."""
    values: dict[str, Any] = {}
    for name, text in texts:
        kind, members = kinds.get(name, ("string", ""))
        if kind != "array":
            values[name] = _value(text, kind)
            continue
        whole = _json(text) if text.lstrip().startswith("[") else None
        given = whole if isinstance(whole, list) else [_value(text, members)]
        values[name] = [*values[name], *given] if isinstance(values.get(name), list) else given
    return values


def _kind(described: Mapping[str, Any]) -> tuple[str, str]:
    options = [each for each in described.get("anyOf", [described]) if each.get("type") != "null"]
    first = options[0] if options else {}
    if first.get("type") == "array":
        return "array", _kind(first.get("items", {}))[0]
    if "$ref" in first or first.get("type") == "object":
        return "any", ""
    return str(first.get("type", "any")), ""


def _value(text: str, kind: str) -> Any:
    if kind == "string":
        return text
    if text == "":
        return None  # a field of a form that was left empty
    return _json(text)


def _json(text: str) -> Any:
    try:
        return pydantic_core.from_json(text, allow_inf_nan=False)
    except ValueError:
        return text
