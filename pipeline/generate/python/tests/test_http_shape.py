"""Answers in other shapes: what is wrapped, unwrapped, named and shared."""

import json
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from runtime.cross_origin import preflight, sharing
from runtime.http_shape import HttpShape, Misplaced, Wire, shape_of, token_in, wire_of
from runtime.problems import ErrorDetail, Problem

PROBLEM_AT = (ErrorDetail(pointer="/due_on", detail="Wrong."), ErrorDetail(pointer="/items/1/title", detail="Short."))


class Named(BaseModel):
    called: ClassVar[str] = "todo_item"


class Page(BaseModel):
    items: list[int]
    next_cursor: str | None


def refusal(shape: HttpShape, under: str = "", status: int = 422) -> tuple[int, Any]:
    """Return the status and the document of an error."""
    response = shape.refusal(Problem(status, "No.", errors=PROBLEM_AT), "id", under)
    return response.status_code, json.loads(bytes(response.body))


def test_errors_are_said_in_the_words_of_the_system() -> None:
    assert [error["pointer"] for error in refusal(HttpShape(casing="camel"), "todo")[1]["errors"]] == [
        "/todo/dueOn",
        "/todo/items/1/title",
    ]
    assert refusal(HttpShape(errors="errors", casing="camel"), "todo")[1] == {
        "errors": {"dueOn": ["Wrong."], "items.1.title": ["Short."]}
    }
    assert refusal(HttpShape(errors="error"))[1] == {"error": "due_on: Wrong.; items.1.title: Short."}
    assert refusal(HttpShape(errors="coded"), status=404)[1] == {
        "error": {"code": "not_found", "message": "due_on: Wrong.; items.1.title: Short."}
    }
    assert refusal(HttpShape(errors="message", invalid=400)) == (
        400,
        {"code": 400, "message": "due_on: Wrong.; items.1.title: Short."},
    )
    assert refusal(HttpShape(invalid=400), status=409)[0] == 409
    plain = HttpShape(errors="errors").refusal(Problem(404, "Nothing here."), "id")
    assert json.loads(bytes(plain.body)) == {"errors": {"body": ["Nothing here."]}}


def test_bodies_stand_under_one_name_and_nothing_beside_it() -> None:
    wire = Wire(under="todo")
    assert wire.unwrap({"todo": {"title": "x"}}) == {"title": "x"}
    assert Wire().unwrap([1]) == [1]
    for body, pointer in (({"title": "x"}, "/title"), ({}, "/todo"), ([1], ""), ({"todo": {}, "x": 1}, "/x")):
        with pytest.raises(Misplaced) as refused:
            wire.unwrap(body)
        assert refused.value.errors[0].pointer == pointer


def answered(
    shape: HttpShape, wire: Wire, data: object, path: str = "/v1/todos", query: bytes = b""
) -> tuple[Any, Any]:
    """Return an answer's document and its Link header."""
    scope = {"type": "http", "path": path, "query_string": query, "headers": [], "server": ("x", 80), "scheme": "http"}
    response = Response(json.dumps(data), media_type="application/json")
    wire.wrap(shape, Request(scope), response)
    assert response.headers["content-length"] == str(len(response.body))
    return json.loads(bytes(response.body)), response.headers.get("link")


def test_lists_are_answered_as_the_system_wants() -> None:
    page = {"items": [1, 2], "next_cursor": "abc", "total": 7}
    wire = Wire(page="todo_items")
    assert answered(HttpShape(), wire, page) == (page, None)
    assert answered(HttpShape(items_key="data"), wire, page)[0] == {"data": [1, 2], "next_cursor": "abc"}
    assert answered(HttpShape(total_key="total"), wire, page) == (page, None)
    assert answered(HttpShape(total_key="count"), wire, page)[0] == {"items": [1, 2], "next_cursor": "abc", "count": 7}
    assert answered(HttpShape(total_key="count"), wire, {"items": [], "next_cursor": None})[0] == {
        "items": [],
        "next_cursor": None,
    }
    assert answered(HttpShape(list="bare"), wire, page, query=b"limit=2&cursor=old") == (
        [1, 2],
        '</v1/todos?limit=2&cursor=abc>; rel="next"',
    )
    last = {"items": [], "nextCursor": None, "total": 0}
    assert answered(HttpShape(list="named", casing="camel"), wire, last) == (
        {"todoItems": [], "todoItemsCount": 0},
        None,
    )
    assert answered(HttpShape(list="named"), Wire(page=""), {"items": [3], "next_cursor": None})[0] == {
        "items": [3],
        "items_count": 1,
    }


def test_objects_are_answered_under_their_names() -> None:
    shape = HttpShape(root=True, casing="camel")
    assert wire_of(shape, Named, Named) == Wire(under="todoItem", answered_under="todoItem")
    assert wire_of(HttpShape(), Named, Named) == Wire()
    assert wire_of(shape, None, Page) == Wire(page="")
    assert answered(shape, Wire(answered_under="todo"), {"a": 1})[0] == {"todo": {"a": 1}}
    under = HttpShape(root_key="the_data", casing="camel")
    assert wire_of(under, Named, Named) == Wire(answered_under="theData")
    assert wire_of(under, None, Page) == Wire(page="")
    text = Response("a,b", media_type="text/csv")
    Wire(answered_under="todo").wrap(shape, Request({"type": "http"}), text)
    assert text.body == b"a,b"


@pytest.mark.parametrize(
    ("shape", "headers", "token"),
    [
        (HttpShape(), {"authorization": "bearer abc"}, "abc"),
        (HttpShape(), {"authorization": "Token abc"}, ""),
        (HttpShape(token_scheme="Token"), {"authorization": "Token abc"}, "abc"),
        (HttpShape(token_header="X-Auth", token_scheme=""), {"x-auth": "abc"}, "abc"),
        (HttpShape(token_header="X-Auth", token_scheme=""), {"x-auth": "Bearer abc"}, ""),
        (HttpShape(), {}, ""),
    ],
)
def test_tokens_are_found_where_the_system_has_them(shape: HttpShape, headers: dict[str, str], token: str) -> None:
    assert token_in(shape, headers) == token


def test_pages_of_other_sites_may_call_only_where_they_are_named() -> None:
    origin = "https://a.example"
    assert sharing((), {"origin": origin}) == {}
    assert sharing((origin,), {"origin": "https://b.example"}) == {"Vary": "Origin"}
    named = sharing((origin,), {"origin": origin})
    assert (named["Access-Control-Allow-Origin"], named["Access-Control-Allow-Credentials"]) == (origin, "true")
    anybody = sharing(("*",), {"origin": origin})
    assert anybody["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in anybody
    assert preflight(named, ["GET", "POST"], "authorization")["Access-Control-Allow-Methods"] == "GET, POST"
    assert preflight({"Vary": "Origin"}, ["GET"], "x") == {}


def test_the_shape_is_read_from_the_blueprint() -> None:
    http = {
        "casing": "camel",
        "list": "bare",
        "token": {"header": "X-T", "scheme": ""},
        "nulls": "omit",
        "unknown": "ignore",
    }
    shape = shape_of(http)
    assert (shape.casing, shape.list, shape.token_header, shape.token_scheme) == ("camel", "bare", "X-T", "")
    assert (shape.omit_nulls, shape.ignore_unknown, shape.errors) == (True, True, "problem")
    assert shape_of({}) == HttpShape()
    assert shape.name("print_job_2") == "printJob2"
