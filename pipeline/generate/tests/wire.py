"""How requests and answers look on the wire, in one place: tests say and see them in the usual way.

The usual way: snake_case, `{"items": [...], "next_cursor": ...}`, no keys around objects, 201 and 204, problem documents.
What the blueprint says under `http` is done to what is sent, and undone with what is answered.
"""

import json
import re
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from runtime.blueprint import read_blueprint

BLUEPRINT = read_blueprint(Path(__file__).parent.parent / "architecture.yaml")
HTTP: dict[str, Any] = BLUEPRINT.get("http", {})
CAMEL = HTTP.get("casing") == "camel"
LIST = HTTP.get("list", "envelope")
ITEMS = HTTP.get("itemsKey", "items")
TOTAL = HTTP.get("totalKey", "total")
ROOT_KEY = HTTP.get("rootKey")
UPDATE = HTTP.get("update", "PATCH")
NUMBERED = HTTP.get("ids") == "int"
TOKEN = HTTP.get("token", {"header": "Authorization", "scheme": "Bearer"})
_AS_IT_IS = {"/openapi.json"}


def snake(name: str) -> str:
    """Return `print_job` for `PrintJob` and for `printJob`."""
    return re.sub(
        r"(?<=[a-z0-9])([A-Z])",
        lambda match: f"_{match[1].lower()}",
        name[:1].lower() + name[1:],
    )


def camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name)


def _fields() -> dict[str, dict[str, Any]]:
    shapes = [model["fields"] | dict.fromkeys(model.get("computed", {}), {}) for model in BLUEPRINT["models"].values()]
    return {name: field for shape in [*shapes, *BLUEPRINT.get("types", {}).values()] for name, field in shape.items()}


FIELDS = _fields()
NAMES = {camel(name): name for name in FIELDS}
MAY_LACK = [name for name, field in FIELDS.items() if field.get("optional") and "never" not in field]
VERBATIM = {name for name, field in FIELDS.items() if field.get("type") == "json"}
"""Fields whose content is the callers' own."""


def _roots() -> tuple[dict[str, str], dict[str, str]]:
    """Return the key of bodies by path, and that of the accounts' operations by their full path."""
    models: dict[str, str] = {}
    accounts: dict[str, str] = {}
    issuer = BLUEPRINT["policies"].get("authn", {}).get("issuer", "")
    for exposure in BLUEPRINT["expose"]:
        component, port = exposure["port"].split(".")
        ports = BLUEPRINT["components"][component]["ports"]
        crud = ports[port].get("crud")
        if crud:
            models[exposure["path"]] = snake(crud)
        if exposure["port"] == issuer:
            account = next(each["model"] for each in ports.values() if each["kind"] == "store")
            for name in ("register", "login", "setup", "me"):
                accounts[f"{exposure['path']}/{name}"] = snake(account)
    return models, accounts


MODELS, ACCOUNTS = _roots()


def spell(name: str) -> str:
    """Return a field's name as it is sent."""
    return camel(name) if CAMEL else name


def root_of(method: str, path: str) -> str | None:
    """Return the key under which a body stands; None where it stands by itself."""
    if not HTTP.get("root"):
        return None
    if path in ACCOUNTS:
        return ACCOUNTS[path]
    if method == "POST":
        return MODELS.get(path) or _below(path)
    base, _, id = path.rpartition("/")
    return MODELS.get(base) if method in ("PATCH", "PUT") and id != "bulk" else None


def _below(path: str) -> str | None:
    """Return the key of what is made below a parent, as in /v1/projects/{id}/tasks; None for other paths."""
    above, _, last = path.rpartition("/")
    if above.rpartition("/")[0] not in MODELS:
        return None
    return next((root for base, root in MODELS.items() if base.endswith(f"/{last}")), None)


def is_create(method: str, path: str) -> bool:
    """Whether a request makes something, and is answered as the blueprint says that is."""
    account = path in ACCOUNTS and path.endswith(("/register", "/setup"))
    return method == "POST" and (path.removesuffix("/bulk") in MODELS or account or _below(path) is not None)


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NOTHING = 2**53 - 1


def number_of(id: str) -> int:
    """Return the number that callers see for an id; for an id that no row can have, one that none has."""
    return min(uuid.UUID(id).int, _NOTHING)


def path_of(path: str) -> str:
    """Return a path as it is sent."""
    return _UUID.sub(lambda match: str(number_of(match[0])), path) if NUMBERED else path


def _numbered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _numbered(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_numbered(each) for each in value]
    return number_of(value) if isinstance(value, str) and _UUID.fullmatch(value) else value


def _identified(value: Any) -> Any:
    if isinstance(value, list):
        return [_identified(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: str(uuid.UUID(int=each)) if _is_id(name) and isinstance(each, int) else _identified(each)
        for name, each in value.items()
    }


def _is_id(name: str) -> bool:
    return name == "id" or str(FIELDS.get(name, {}).get("type", "")).startswith("ref(")


def token_headers(token: str) -> dict[str, str]:
    """Return the headers that carry an access token."""
    return {TOKEN["header"]: f"{TOKEN['scheme']} {token}".strip()} if token else {}


def method_of(method: str, path: str) -> str:
    """Return the method of an update, where tests say PATCH."""
    return "PUT" if method == "PATCH" and UPDATE == "PUT" and not path.endswith("/bulk") else method


def sent(method: str, path: str, body: Any) -> Any:
    """Return a body as it is sent."""
    root = root_of(method, path)
    numbered = _numbered(body) if NUMBERED else body
    spelled = _renamed(numbered, camel) if CAMEL else numbered
    return {spell(root): spelled} if root else spelled


def sent_form(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a form as they are sent."""
    return {spell(name): value for name, value in body.items()}


def asked(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of a query as they are sent."""
    spelled = {spell(name): _numbered(value) if NUMBERED else value for name, value in params.items()}
    if CAMEL and isinstance(spelled.get("sort"), str):
        spelled["sort"] = camel(spelled["sort"])
    return spelled


def _renamed(value: Any, rename: Any) -> Any:
    if isinstance(value, list):
        return [_renamed(each, rename) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        rename(name): each if NAMES.get(name, name) in VERBATIM else _renamed(each, rename)
        for name, each in value.items()
    }


class Answer(httpx.Response):
    """An answer, seen in the usual way; `raw` is how it came."""

    raw: httpx.Response
    _method: str
    _path: str

    @classmethod
    def of(cls, raw: httpx.Response, method: str, path: str) -> "Answer":
        """Return an answer to a request with this method and to this path."""
        answer = cls(
            _status(raw, method, path),
            headers=raw.headers,
            content=raw.content,
            request=raw.request,
        )
        answer.raw, answer._method, answer._path = raw, method, path
        base, _, last = raw.headers.get("location", "").rpartition("/")
        if NUMBERED and last.isdecimal():
            answer.headers["location"] = f"{base}/{uuid.UUID(int=int(last))}"
        if raw.is_error and HTTP.get("errors", "problem") != "problem":
            assert raw.headers["content-type"] == "application/json", raw.text
            answer.headers["content-type"] = "application/problem+json"
        if _shows_deleted(raw, method):
            answer._content = b""
        return answer

    def json(self, **_options: Any) -> Any:
        """Return the answer's data."""
        data = json.loads(self.raw.content)
        if self._path in _AS_IT_IS:
            return data
        if self.is_error:
            return _problem(self.raw, data)
        if isinstance(data, list):
            data = {"items": data, "next_cursor": _next(self.raw)}
        if CAMEL:
            data = _renamed(data, lambda name: NAMES.get(name) or snake(name))
        if NUMBERED:
            data = _identified(data)
        if HTTP.get("root") and isinstance(data, dict) and len(data) == 1:
            name, only = next(iter(data.items()))
            data = only if name in {*MODELS.values(), *ACCOUNTS.values()} and isinstance(only, dict) else data
        if ROOT_KEY and isinstance(data, dict) and list(data) == [ROOT_KEY] and isinstance(data[ROOT_KEY], dict):
            data = data[ROOT_KEY]
        data = _envelope(self.raw, data) if isinstance(data, dict) else data
        return _with_nulls(data) if HTTP.get("nulls") == "omit" else data


class _Full(dict[str, Any]):
    """An object in which what is absent is null."""

    def __missing__(self, _name: str) -> None:
        return None


def _with_nulls(value: Any) -> Any:
    """Return an object, or a page of objects, with what is null in it."""
    if isinstance(value, list):
        return [_with_nulls(each) for each in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("items"), list):
        return {**value, "items": _with_nulls(value["items"])}
    return _Full(dict.fromkeys(MAY_LACK) | value)


def _envelope(raw: httpx.Response, data: dict[str, Any]) -> dict[str, Any]:
    if LIST == "named":
        counts = [name for name in data if name.endswith("_count") and isinstance(data.get(name[:-6]), list)]
        if len(data) == 2 and counts:
            return {
                "items": data[counts[0][:-6]],
                "next_cursor": _next(raw),
                "total": data[counts[0]],
            }
    if LIST == "envelope" and isinstance(data.get(ITEMS), list) and not data.keys() - {ITEMS, "next_cursor", TOTAL}:
        return {"items": data[ITEMS], "next_cursor": data.get("next_cursor"), "total": data.get(TOTAL)}
    return data


def _next(raw: httpx.Response) -> str | None:
    link = re.fullmatch(r'<([^>]+)>; rel="next"', raw.headers.get("link", ""))
    return parse_qs(urlsplit(link[1]).query)["cursor"][0] if link else None


def _status(raw: httpx.Response, method: str, path: str) -> int:
    created = HTTP.get("created", 201)
    if is_create(method, path) and raw.is_success and created != 201:
        return 201 if raw.status_code == created else 200
    return 204 if _shows_deleted(raw, method) else _refused(raw)


def _refused(raw: httpx.Response) -> int:
    """Return the status, 422 for what is wrong in itself."""
    invalid = raw.status_code == HTTP.get("invalid", 422)
    return 422 if invalid else raw.status_code


def _shows_deleted(raw: httpx.Response, method: str) -> bool:
    base = raw.request.url.path.rpartition("/")[0]
    return HTTP.get("deleted") == 200 and method == "DELETE" and base in MODELS and raw.status_code == 200


def _problem(raw: httpx.Response, data: dict[str, Any]) -> dict[str, Any]:
    """Return an error as a problem document, with pointers to values by themselves."""
    kind = HTTP.get("errors", "problem")
    if kind == "problem":
        root = root_of(raw.request.method, raw.request.url.path)
        for error in data.get("errors", []):
            parts = error["pointer"].split("/")[1:]
            if root and error["in"] == "body" and parts[:1] == [spell(root)]:
                parts = parts[1:]
            error["pointer"] = "".join(f"/{NAMES.get(part) or snake(part)}" for part in parts)
        return {**data, "status": _refused(raw)}
    document = {
        "status": _refused(raw),
        "request_id": raw.headers["x-request-id"],
        "detail": "",
    }
    if kind in ("error", "message", "coded"):
        assert kind != "message" or data["code"] == raw.status_code, raw.text
        text = data["error"]["message"] if kind == "coded" else data[kind]
        whole, *named = re.split(r"(?:^|; )([A-Za-z0-9_.-]+): ", text)
        detail = whole or " ".join(dict.fromkeys(named[1::2]))
        return {
            **document,
            "detail": detail,
            "errors": [{"pointer": _pointer(name)} for name in named[::2]],
        }
    # `body` is the request as a whole, unless it is a field that is wrong.
    whole = "body" not in FIELDS or _refused(raw) != 422
    fields = {name: words for name, words in data["errors"].items() if name != "body" or not whole}
    detail = " ".join(dict.fromkeys(word for words in data["errors"].values() for word in words))
    return {
        **document,
        "detail": detail,
        "errors": [{"pointer": _pointer(name)} for name in fields],
    }


def _pointer(dotted: str) -> str:
    parts = dotted.split(".")
    return "".join(f"/{NAMES.get(part) or (snake(part) if CAMEL else part)}" for part in parts)
