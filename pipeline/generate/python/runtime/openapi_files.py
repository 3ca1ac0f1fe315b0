"""What the description of the interface says about files: forms that are sent, and downloads."""

from collections.abc import Mapping
from typing import Any

from runtime.component import Operation
from runtime.file_fields import FileRules
from runtime.forms import FORM

_BINARY = {"type": "string", "format": "binary"}
_PARTS = {
    206: {
        "description": "The part of the file that Range asks for.",
        "headers": {"Content-Range": {"schema": {"type": "string"}}},
    },
}
_RANGE = {
    "name": "Range",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": r"^bytes=[0-9]{1,18}-[0-9]{0,18}$"},
    "description": "One range of bytes, such as `bytes=0-1023`.",
}


def describe_files(described: dict[str, Any], operation: Operation, schemas: dict[str, Any]) -> None:
    """Write into an operation's description which files it takes and answers with."""
    if operation.downloads:
        content = {media_type: {"schema": _BINARY} for media_type in operation.downloads}
        described["responses"]["200"] = {"description": "The file.", "content": content}
        described["responses"]["206"] = {**_PARTS[206], "content": content}
        described.setdefault("parameters", []).append(_RANGE)
    if operation.files:
        _describe_form(described, operation.files, schemas)


def _describe_form(described: dict[str, Any], rules: tuple[FileRules, ...], schemas: dict[str, Any]) -> None:
    json = described.get("requestBody", {}).get("content", {}).get("application/json")
    if json is None:
        properties = {"file": _file(rules[0])}
        form = {"type": "object", "required": ["file"], "properties": properties, "additionalProperties": False}
        described["requestBody"] = {"required": True, "content": {FORM: {"schema": form}}}
        return
    name = json["schema"]["$ref"].rpartition("/")[2]
    schema = schemas[name]
    files = {each.field: _file(each) for each in rules}
    required = schema.get("required", [])
    properties = {key: files.get(key) or _in_form(value) for key, value in schema["properties"].items()}
    form = {**schema, "title": f"{name}Form", "properties": properties}
    # Several operations may share the schema: the form is described by each, what is said of JSON only once.
    content = {FORM: {"schema": form, "encoding": {key: {"contentType": _types(rules, key)} for key in files}}}
    if not set(files) & set(required):
        content["application/json"] = {"schema": _without_files(schema, files)}
    described["requestBody"] = {"required": True, "content": content}


def _without_files(schema: dict[str, Any], files: Mapping[str, Any]) -> dict[str, Any]:
    nothing = {"type": "null", "description": "Send it with multipart/form-data, or put it in its place later"}
    properties = {key: nothing if key in files else value for key, value in schema["properties"].items()}
    return {**schema, "properties": properties}


def _in_form(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without null, which a form cannot say."""
    options = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if not options:
        return schema
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**rest, **(options[0] if len(options) == 1 else {"anyOf": options})}


def _file(rules: FileRules) -> dict[str, Any]:
    return {**_BINARY, "description": f"{' or '.join(rules.types)}, at most {rules.most} bytes"}


def _types(rules: tuple[FileRules, ...], field: str) -> str:
    return ", ".join(kind for each in rules if each.field == field for kind in each.types)
