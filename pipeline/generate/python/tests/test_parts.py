"""The small parts: settings, limits, tokens, passwords, fields."""

import datetime as dt
import json
import logging
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from runtime import fields
from runtime.blueprint import WiringError, read_blueprint
from runtime.limits import AddressLimit
from runtime.logs import set_up_logs
from runtime.passwords import hash_password, verify_password
from runtime.problems import Problem, pointer
from runtime.settings import SettingsError, load_settings
from runtime.tokens import Tokens

KEY = "k" * 40


def files(folder: Path, **contents: str) -> dict[str, str]:
    """Write secrets, and return the environment that names them."""
    environ: dict[str, str] = {}
    for name, content in contents.items():
        path = folder / name
        path.write_text(content, encoding="utf-8")
        environ[name] = str(path)
    return environ


def test_settings_are_read_from_files(tmp_path: Path) -> None:
    environ = files(tmp_path, DATABASE_URL_FILE="sqlite+aiosqlite:///x\n", JWT_KEY_FILE=KEY, SETUP_TOKEN_FILE="t")
    settings = load_settings({**environ, "BASE_URL": "http://x/", "LOG_LEVEL": "DEBUG"}, accounts=True)
    assert (settings.database_url, settings.base_url, settings.log_level) == (
        "sqlite+aiosqlite:///x",
        "http://x",
        "debug",
    )
    assert KEY not in repr(settings)


@pytest.mark.parametrize(
    ("missing", "content"),
    [
        ("DATABASE_URL_FILE", None),
        ("DATABASE_URL_FILE", " \n"),
        ("JWT_KEY_FILE", None),
        ("JWT_KEY_FILE", "short-secret"),
        ("SETUP_TOKEN_FILE", ""),
    ],
)
def test_a_missing_secret_is_named_and_never_shown(tmp_path: Path, missing: str, content: str | None) -> None:
    environ = files(tmp_path, DATABASE_URL_FILE="url", JWT_KEY_FILE=KEY, SETUP_TOKEN_FILE="t")
    if content is None:
        Path(environ[missing]).unlink()
    else:
        Path(environ[missing]).write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=missing) as raised:
        load_settings(environ, accounts=True)
    assert "short-secret" not in str(raised.value)


@pytest.mark.parametrize(("name", "value"), [("LOG_LEVEL", "loud"), ("SIGN_INS_PER_MINUTE", "0")])
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings({**files(tmp_path, DATABASE_URL_FILE="url"), name: value}, accounts=False)


def test_an_address_may_try_so_often_a_minute_and_again_later() -> None:
    now = 0.0
    limit = AddressLimit(3, clock=lambda: now)
    for _ in range(3):
        limit.check("a")
    with pytest.raises(Problem) as raised:
        limit.check("a")
    assert (raised.value.status, raised.value.headers["Retry-After"]) == (429, "60")
    limit.check("b")
    now = 60.0
    limit.check("a")


def test_the_blueprint_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "architecture.yaml"
    path.write_text("{on: off, no: yes, at: 12:30, day: 2030-01-31, n: -7, x: 1.5, is: true, none: null}", "utf-8")
    assert read_blueprint(path) == {
        "on": "off",
        "no": "yes",
        "at": "12:30",
        "day": "2030-01-31",
        "n": -7,
        "x": 1.5,
        "is": True,
        "none": None,
    }
    path.write_text("just words", "utf-8")
    with pytest.raises(WiringError, match="no blueprint"):
        read_blueprint(path)


def test_a_token_is_good_only_for_its_system_and_its_time() -> None:
    tokens = Tokens(KEY, "todo", dt.timedelta(minutes=5))
    user, session = uuid4(), uuid4()
    token = tokens.issue(user, session)
    checked = tokens.check(token)
    assert checked is not None
    assert (checked.user_id, checked.session_id) == (user, session)
    claims = jwt.decode(token, options={"verify_signature": False})
    for change in (
        {"exp": 1},
        {"aud": "other"},
        {"iss": "other"},
        {"sub": "not an id"},
        {"sub": None},
        {"sid": None},
    ):
        forged = {name: value for name, value in {**claims, **change}.items() if value is not None}
        assert tokens.check(jwt.encode(forged, KEY, algorithm="HS256")) is None, change
    assert tokens.check(jwt.encode(claims, KEY, algorithm="HS512")) is None
    assert tokens.check(jwt.encode(claims, "x" * 40, algorithm="HS256")) is None
    assert tokens.check(jwt.encode(claims, None, algorithm="none")) is None
    assert Tokens("y" * 40, "todo", dt.timedelta(minutes=5)).check(token) is None


def test_a_token_that_was_good_before_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens(KEY, "todo", dt.timedelta(minutes=5))
    token = tokens.issue(uuid4(), uuid4())
    checked = tokens.check(token)
    assert checked is not None
    assert tokens.check(token) == checked
    monkeypatch.setattr("runtime.tokens.time.time", lambda: float(checked.expires) - 0.1)
    assert tokens.check(token) == checked
    monkeypatch.setattr("runtime.tokens.time.time", lambda: float(checked.expires))
    assert tokens.check(token) is None


@given(st.text(max_size=200))
def test_no_text_is_a_token(text: str) -> None:
    assert Tokens(KEY, "todo", dt.timedelta(minutes=5)).check(text) is None


async def test_a_password_is_argon2id_and_verified() -> None:
    stored = await hash_password("correct horse")
    assert stored.startswith("$argon2id$")
    assert await verify_password(stored, "correct horse")
    assert not await verify_password(stored, "wrong")
    assert not await verify_password(None, "correct horse")
    assert not await verify_password("no hash", "correct horse")


def accepts(kind: Any, value: object) -> bool:
    """Return whether a type takes a value."""
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (fields.Line, ["", "ä", "a b"], ["a\nb", "a\x00", "\x7f", 5, None, ["a"]]),
        (fields.Text, ["a\nb\tc"], ["\x00", "\x1b"]),
        (fields.Int, [0, -5, 2**53 - 1], ["5", 1.5, True, 2**53, None]),
        (fields.Float, [0.5, 3], ["0.5", float("nan"), float("inf"), True]),
        (fields.Bool, [True, False], ["true", 1, 0, None]),
        (fields.Date, ["2030-01-31"], ["2030-02-30", "20300131", "2030-01-31T00:00", 5, "5", ""]),
        (fields.Time, ["09:30", "09:30:05.5"], ["24:00", "9:30", "09:30Z", "09:30+01:00", 5]),
        (
            fields.DateTime,
            ["2030-01-31T09:30:00Z", "2030-01-31 09:30"],
            ["2030-01-31", "5", 5, "9999-12-31T23:59:59-05:00"],
        ),
        (fields.Email, ["a@b.co", "A.b+c@x.test"], ["a", "a@", "@b", "a@b@c.de", "a b@c.de"]),
        (
            fields.Url,
            ["https://a.b/c?d", "http://localhost:8000"],
            ["ftp://a", "a.b", "javascript:alert(1)", "http://"],
        ),
        (fields.Phone, ["+49 30 901820", "555-1234"], ["x", "+", "12"]),
        (fields.Key, [str(uuid4())], ["x", 5, "urn:uuid:" + str(uuid4())]),
        (
            Annotated[fields.Number, fields.Digits(2, "0", "10")],
            [0, 9.99, "1.50"],
            [-0.01, 10.01, 1.001, "x", True, "NaN"],
        ),
        (fields.Json, [{"a": [1]}, None, "x"], ["\x00", {"\x00": 1}, [["\x00"]]]),
    ],
)
def test_a_field_takes_what_it_must_and_nothing_else(kind: Any, good: list[Any], bad: list[Any]) -> None:
    assert [value for value in good if not accepts(kind, value)] == []
    assert [value for value in bad if accepts(kind, value)] == []


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**10), max_value=10**10))
@settings(max_examples=300)
def test_a_decimal_keeps_its_value_through_json(value: Decimal) -> None:
    adapter = TypeAdapter(Annotated[fields.Number, fields.Digits(4)])
    sent = json.loads(adapter.dump_json(adapter.validate_python(str(value))))
    assert adapter.validate_python(sent) == value


def test_what_libraries_log_becomes_a_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info")
    try:
        raise ValueError("why")
    except ValueError:
        logging.getLogger("some.library").warning("it %s", "failed", exc_info=True)
    logging.getLogger("some.library").info("chatter")
    line = json.loads(capsys.readouterr().out)
    assert (line["event"], line["source"], line["level"]) == ("it failed", "some.library", "warning")
    assert "ValueError: why" in line["exception"]


def test_a_pointer_escapes_what_it_must() -> None:
    assert pointer("a/b", 0, "c~d") == "/a~1b/0/c~0d"
