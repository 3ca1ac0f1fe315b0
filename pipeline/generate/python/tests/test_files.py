"""Files: their kinds and names, links, parts, and where their bytes are kept."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from runtime.file_answers import wanted
from runtime.file_disk import Disk
from runtime.file_fields import FileRules
from runtime.file_kinds import decide
from runtime.file_links import Linked, Links
from runtime.file_names import disposition, safe_name
from runtime.file_objects import Objects, bucket
from runtime.form_values import form_values
from runtime.problems import Problem
from runtime.settings import FilePlace, SettingsError, load_settings
from runtime.uploads import Receiver, size_words
from tests.fake_s3 import FakeS3

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
KEY = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("head", "declared", "allowed", "kind"),
    [
        (PNG, "image/png", ["image/*"], "image/png"),
        (PNG, "image/jpeg", ["image/*"], "image/png"),
        (PNG, "application/octet-stream", ["image/png"], "image/png"),
        (PNG, "text/plain", ["text/plain"], None),
        (PNG, "image/png", ["image/jpeg"], None),
        (b"%PDF-1.7", "", ["application/pdf"], "application/pdf"),
        (b"hello", "application/pdf", ["application/pdf", "*/*"], None),
        (b"hello", "image/x-unheard-of", ["image/*"], None),
        (b"<html>", "image/png", ["image/*"], None),
        (b"RIFF1234WEBPVP8 ", "image/webp", ["image/*"], "image/webp"),
        (b"RIFF1234WAVEfmt ", "audio/wav", ["audio/*"], "audio/wav"),
        (b"<?xml version='1.0'?><svg>", "image/svg+xml", ["image/*"], "image/svg+xml"),
        (b"a,b\n1,2", "application/octet-stream", ["text/csv"], "text/csv"),
        (b"a,b\n1,2", "text/csv; charset=utf-8", ["text/csv"], "text/csv"),
        (b"", "", ["*/*"], "text/csv"),
    ],
)
def test_a_file_is_what_its_bytes_say(head: bytes, declared: str, allowed: list[str], kind: str | None) -> None:
    assert decide(head, declared, "table.csv", allowed) == kind


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("holiday.png", "holiday.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\a.txt", "a.txt"),
        ("..", "file"),
        ("", "file"),
        ("a\r\nSet-Cookie: x.png", "aSet-Cookie: x.png"),
        ("exe.\u202egpj", "exe.gpj"),
        (".hidden", "hidden"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
    ],
)
def test_names_are_made_safe(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_a_download_is_named_for_old_clients_and_new() -> None:
    assert disposition("a b.png") == 'attachment; filename="a b.png"'
    assert disposition('Grüße "1".png') == (
        "attachment; filename=\"Grue _1_.png\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.png"
    )
    assert "\n" not in disposition("a\nb")


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("bytes=0-0", (0, 1)),
        ("bytes=2-5", (2, 6)),
        ("bytes=5-", (5, 10)),
        ("bytes=5-99", (5, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)),
        ("bytes=5-2", None),
        ("bytes=0-1,4-5", None),
        ("items=0-1", None),
        ("bytes=-", None),
    ],
)
def test_parts_that_are_asked_for(header: str | None, part: tuple[int, int] | None) -> None:
    assert wanted(header, 10) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_parts_that_are_not_there(header: str) -> None:
    with pytest.raises(Problem) as refused:
        wanted(header, 10)
    assert (refused.value.status, refused.value.headers) == (416, {"Content-Range": "bytes */10"})


def test_links_are_good_for_a_while_and_only_as_they_were_made() -> None:
    links = Links("k" * 40, "/v1/files")
    file = Linked(KEY, "Grüße.png", "image/png", 7)
    url, expires = links.make("http://here", file, dt.timedelta(minutes=5))
    token = url.removeprefix("http://here/v1/files/")
    assert links.check(token) == file
    assert dt.timedelta(minutes=4) < expires - dt.datetime.now(dt.UTC) <= dt.timedelta(minutes=5)
    for wrong in ("", ".", "x.y", token[:-1], f"x{token}", token.replace(".", ".A"), "ä.ö", token + "="):
        with pytest.raises(Problem) as refused:
            links.check(wrong)
        assert refused.value.status == 404
    with pytest.raises(Problem):
        Links("j" * 40, "/v1/files").check(token)
    ended, _ = links.make("", file, -dt.timedelta(seconds=2))
    with pytest.raises(Problem) as gone:
        links.check(ended.removeprefix("/v1/files/"))
    assert gone.value.status == 410


def test_values_of_forms_become_what_the_body_wants() -> None:
    kinds = {
        "n": ("integer", ""),
        "f": ("number", ""),
        "b": ("boolean", ""),
        "t": ("string", ""),
        "l": ("array", "integer"),
        "w": ("array", "string"),
        "j": ("any", ""),
    }
    texts = [
        ("n", "5"),
        ("f", "1.50"),
        ("b", "true"),
        ("t", "5"),
        ("l", "1"),
        ("l", "2"),
        ("w", '["a", "b"]'),
        ("j", "{}"),
    ]
    assert form_values(texts, kinds) == {
        "n": 5,
        "f": 1.5,
        "b": True,
        "t": "5",
        "l": [1, 2],
        "w": ["a", "b"],
        "j": {},
    }
    assert form_values([("n", "five"), ("b", ""), ("t", ""), ("x", "1")], kinds) == {
        "n": "five",
        "b": None,
        "t": "",
        "x": "1",
    }


class Sent:
    """A request that brings a form, in pieces of so many bytes."""

    def __init__(self, body: bytes, piece: int, boundary: str = "b", headers: dict[str, str] | None = None) -> None:
        self.headers = {"content-type": f"multipart/form-data; boundary={boundary}", **(headers or {})}
        self._body, self._piece = body, piece

    async def stream(self) -> Any:
        for start in range(0, len(self._body), self._piece):
            yield self._body[start : start + self._piece]


def part(name: str, content: bytes, file: str | None = None, type: str = "") -> bytes:
    """Return one part of a form."""
    named = f'; filename="{file}"' if file is not None else ""
    kind = f"\r\nContent-Type: {type}" if type else ""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{named}{kind}\r\n\r\n'.encode() + content + b"\r\n"


RULES = (FileRules("image", 1000, ("image/*",)),)


async def receive(folder: Path, body: bytes, piece: int = 7, **options: Any) -> Any:
    """Return the form of a body that comes in pieces."""
    request: Any = Sent(body, piece, **options)
    return await Receiver(RULES, {}, folder).receive(request)


@pytest.mark.parametrize("piece", [1, 7, 64, 10_000])
@pytest.mark.parametrize("name", ["image", "file"])
async def test_a_form_is_read_in_pieces_of_any_size(tmp_path: Path, piece: int, name: str) -> None:
    form = await receive(
        tmp_path, part("title", "Grüße".encode()) + part(name, PNG, "a.png", "image/png") + b"--b--\r\n", piece
    )
    file = form.values["image"]
    assert form.values["title"] == "Grüße"
    assert (file.name, file.size, file.type) == ("a.png", len(PNG), "image/png")
    assert [path.read_bytes() for _, path in form.files] == [PNG]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (part("image", PNG + bytes(1000), "a.png", "image/png") + b"--b--\r\n", 413),
        (part("image", b"words", "a.png", "image/png") + b"--b--\r\n", 415),
        (part("image", PNG, "a.png", "image/png"), 400),
        (b"no form at all", 400),
        (b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n", 400),
        (part("title", b"\xff\xfe") + b"--b--\r\n", 400),
        (part("title", bytes(2**20 + 1)) + b"--b--\r\n", 413),
        (part("title", b"x") * 1001 + b"--b--\r\n", 400),
    ],
)
async def test_nothing_is_left_of_a_form_that_is_refused(tmp_path: Path, body: bytes, status: int) -> None:
    with pytest.raises(Problem) as refused:
        await receive(tmp_path, body, 4096)
    assert refused.value.status == status
    assert os.listdir(tmp_path) == []


async def test_a_form_that_says_it_is_too_large_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        await receive(tmp_path, b"", headers={"content-length": str(2**30)})
    assert refused.value.status == 413
    assert "1000 bytes" in refused.value.detail


class Sending(Sent):
    """Goes on where it was when it is read once more, as a request of ASGI does."""

    at = 0

    async def stream(self) -> Any:
        while self.at < len(self._body):
            self.at += self._piece
            yield self._body[self.at - self._piece : self.at]


@pytest.mark.parametrize("told", [True, False])
async def test_a_form_that_is_refused_is_heard_out_but_not_for_ever(tmp_path: Path, told: bool) -> None:
    body = part("image", PNG + bytes(100_000), "a.png", "image/png") + b"--b--\r\n"
    headers = {"content-length": str(len(body) + 2**21)} if told else None
    request: Any = Sending(body, 4096, headers=headers)
    with pytest.raises(Problem) as refused:
        await Receiver(RULES, {}, tmp_path).receive(request)
    assert (refused.value.status, request.at >= len(body)) == (413, True)
    endless: Any = Sending(part("image", PNG + bytes(2**25), "a.png", "image/png"), 2**16)
    with pytest.raises(Problem):
        await Receiver(RULES, {}, tmp_path).receive(endless)
    assert endless.at < 2**25
    assert os.listdir(tmp_path) == []


async def test_nothing_is_left_of_a_form_that_breaks_off(tmp_path: Path) -> None:
    class Broken(Sent):
        async def stream(self) -> Any:
            yield part("image", PNG, "a.png", "image/png")[:-10]
            raise ConnectionResetError

    request: Any = Broken(b"", 1)
    with pytest.raises(ConnectionResetError):
        await Receiver(RULES, {}, tmp_path).receive(request)
    assert os.listdir(tmp_path) == []


def test_sizes_in_words() -> None:
    assert [size_words(size) for size in (12, 2**10, 8 * 2**20, 1_500_000, 2**30)] == [
        "12 bytes",
        "1 KB",
        "8 MB",
        "1.4 MB",
        "1 GB",
    ]


@pytest.fixture
def s3() -> Iterator[FakeS3]:
    """Yield a bucket."""
    fake = FakeS3("photos", "the-key-id")
    yield fake
    fake.close()


@pytest.fixture(params=["disk", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path, s3: FakeS3) -> Disk | Objects:
    """Return each kind of storage: both keep the same contract."""
    place = FilePlace(url="s3://photos/contest", endpoint=s3.endpoint, credentials="the-key-id:the secret")
    made = Disk(tmp_path / "files") if request.param == "disk" else Objects(bucket(place))
    made.scratch = tmp_path / "incoming"
    made.prepare()
    (tmp_path / "files").mkdir(exist_ok=True)
    return made


async def content(storage: Disk | Objects, start: int, length: int) -> bytes:
    """Return a part of the file under KEY."""
    return b"".join([chunk async for chunk in storage.read(KEY, start, length)])


@pytest.mark.parametrize("size", [0, 10, 12 * 2**20])
async def test_storages_keep_files(storage: Disk | Objects, size: int) -> None:
    whole = bytes(range(256)) * (size // 256 + 1)
    whole = whole[:size]
    path = storage.scratch / KEY
    path.write_bytes(whole)
    assert await storage.size(KEY) is None
    await storage.take(KEY, path)
    assert not path.exists()
    assert await storage.size(KEY) == size
    assert await content(storage, 0, size) == whole
    if size:
        assert await content(storage, 3, 4) == whole[3:7]
    assert await storage.older(-60) == [KEY]
    await storage.delete(KEY)
    await storage.delete(KEY)
    assert await storage.size(KEY) is None
    assert await storage.older(-60) == []


async def test_what_was_never_finished_is_removed(storage: Disk | Objects) -> None:
    left, fresh = storage.scratch / "left", storage.scratch / "fresh"
    left.write_bytes(b"x")
    fresh.write_bytes(b"x")
    os.utime(left, (0, 0))
    await storage.older(3600)
    assert (left.exists(), fresh.exists()) == (False, True)


async def test_a_bucket_that_refuses_is_an_error_like_a_disk_that_does(s3: FakeS3, tmp_path: Path) -> None:
    place = FilePlace(url="s3://photos", endpoint=s3.endpoint, credentials="another:secret")
    storage = Objects(bucket(place))
    (tmp_path / "x").write_bytes(b"x")
    with pytest.raises(OSError, match="PermissionDenied"):
        await storage.take(KEY, tmp_path / "x")


def test_a_key_is_never_a_path(tmp_path: Path) -> None:
    for key in ("../../x", "a" * 31, "A" * 32, "a" * 31 + "/"):
        with pytest.raises(ValueError, match="no key"):
            Disk(tmp_path)._path(key)


def test_settings_say_where_files_are(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("sqlite+aiosqlite:///x")
    (tmp_path / "key").write_text("k" * 40)
    (tmp_path / "credentials").write_text("id:secret")
    given = {"DATABASE_URL_FILE": str(tmp_path / "url"), "JWT_KEY_FILE": str(tmp_path / "key")}
    with pytest.raises(SettingsError, match="FILES_DIR"):
        load_settings(given, accounts=False, files=True)
    on_disk = load_settings({**given, "FILES_DIR": "here"}, accounts=False, files=True)
    assert on_disk.files == FilePlace(folder="here")
    assert on_disk.jwt_key == "k" * 40
    with pytest.raises(SettingsError, match="FILES_URL"):
        load_settings({**given, "FILES_URL": "http://x"}, accounts=False, files=True)
    in_bucket = {**given, "FILES_URL": "s3://photos/a", "FILES_CREDENTIALS_FILE": str(tmp_path / "credentials")}
    assert "secret" not in repr(load_settings(in_bucket, accounts=False, files=True))
    assert load_settings(given, accounts=False).files is None
