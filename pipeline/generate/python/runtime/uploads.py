"""Uploads: multipart/form-data, read while it comes in. Files go to disk piece by piece, never whole into memory."""

import asyncio
import contextlib
import hashlib
import os
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from runtime.file_fields import FileRules, StoredFile
from runtime.file_kinds import HEAD_BYTES, decide
from runtime.file_names import safe_name
from runtime.form_values import form_values
from runtime.forms import Form, Kinds
from runtime.problems import Problem
from runtime.tables import utc_now

MOST_TEXT_BYTES = 2**20
"""All that is not files, together."""
_MOST_PARTS = 1000
_OVERHEAD_BYTES = 2**16
_WRITE_BYTES = 2**18
_LINGER_BYTES = 2**24
_LINGER_SECONDS = 2.0
"""So much of a refused form is still read, for so long: who is sending hears the answer only afterwards (RFC 9112, 9.6)."""


class Incoming:
    """One file that is being written."""

    def __init__(self, rules: FileRules, name: str, declared: str, folder: Path) -> None:
        self._rules = rules
        self._name = safe_name(name)
        self._declared = declared
        self._key = uuid.uuid4().hex
        self.path = folder / self._key
        self._file = self.path.open("xb", buffering=0)
        self._waiting = bytearray()
        self._head = b""
        self._hash = hashlib.sha256()
        self._size = 0
        self._type: str | None = None

    async def write(self, data: bytes) -> None:
        """Take a piece. Raises 413 and 415 as soon as they are certain."""
        self._size += len(data)
        if self._size > self._rules.most:
            raise too_large(self._rules)
        if len(self._head) < HEAD_BYTES:
            self._head += data[: HEAD_BYTES - len(self._head)]
            if len(self._head) == HEAD_BYTES:
                self._decide()
        self._hash.update(data)
        self._waiting += data
        if len(self._waiting) >= _WRITE_BYTES:
            await self._flush()

    async def finish(self) -> StoredFile:
        """Return the file, which is whole and safe on the disk."""
        if self._type is None:
            self._decide()
        await self._flush()
        await asyncio.to_thread(os.fsync, self._file.fileno())
        self._file.close()
        return StoredFile(
            key=self._key,
            name=self._name,
            size=self._size,
            type=str(self._type),
            sha256=self._hash.hexdigest(),
            uploaded_at=utc_now().isoformat(),
        )

    def discard(self) -> None:
        """Remove what was written so far."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _decide(self) -> None:
        self._type = decide(self._head, self._declared, self._name, self._rules.types)
        if self._type is None:
            raise Problem(
                415, f"This kind of file is not taken here: {self._rules.field} is {' or '.join(self._rules.types)}."
            )

    async def _flush(self) -> None:
        data = bytes(self._waiting)
        self._waiting.clear()
        await asyncio.to_thread(_write_all, self._file.fileno(), data)


class Receiver:
    """Reads one form. `rules` says under which names files may come."""

    def __init__(self, rules: Sequence[FileRules], kinds: Kinds, folder: Path) -> None:
        self._rules = {each.field: each for each in rules}
        if len(rules) == 1:
            self._rules.setdefault("file", rules[0])
        self._kinds = kinds
        self._folder = folder
        self._texts: list[tuple[str, str]] = []
        self._form = Form()
        self._part: _Part | None = None
        self._incoming: Incoming | None = None
        self._room = MOST_TEXT_BYTES
        self._parts = 0

    async def receive(self, request: Request) -> Form:
        """Return the form. Raises 400, 413, 415 and 422; nothing is left of its files then."""
        most = sum(each.most for each in set(self._rules.values())) + MOST_TEXT_BYTES + _OVERHEAD_BYTES
        length = request.headers.get("content-length", "0")
        if length.isdigit() and int(length) > most:
            if int(length) <= most + _LINGER_BYTES:
                await _hear_out(request)
            raise too_large(*set(self._rules.values()))
        try:
            async for event, data in _events(request):
                await self._take(event, data)
            self._form.values |= form_values(self._texts, self._kinds)
        except BaseException as error:
            self._discard()
            if isinstance(error, Problem) and error.status in (413, 415):
                await _hear_out(request)
            raise
        return self._form

    async def _take(self, event: str, data: bytes) -> None:
        match event:
            case "begin":
                self._parts += 1
                if self._parts > _MOST_PARTS:
                    raise Problem(400, f"The form has more than {_MOST_PARTS} parts.")
                self._part = _Part()
            case "header_field" | "header_value":
                if self._part is not None:
                    self._part.header(event, data)
            case "headers":
                self._open()
            case "data":
                await self._write(data)
            case "end":
                await self._close()

    def _open(self) -> None:
        part = self._part
        if part is None:
            return
        part.read_headers()
        rules = self._rules.get(part.name)
        if rules is not None and part.file_name is not None and rules.field not in self._form.values:
            self._incoming = Incoming(rules, part.file_name, part.declared, self._folder)

    async def _write(self, data: bytes) -> None:
        if self._incoming is not None:
            await self._incoming.write(data)
            return
        self._room -= len(data)
        if self._room < 0:
            raise Problem(
                413, "The fields of the form are larger than 1 MiB together.", headers={"Connection": "close"}
            )
        if self._part is not None:
            self._part.text += data

    async def _close(self) -> None:
        part, incoming = self._part, self._incoming
        if part is None:
            return
        if incoming is not None:
            file = await incoming.finish()
            self._form.values[self._rules[part.name].field] = file
            self._form.files.append((file, incoming.path))
            self._incoming = None
            return
        try:
            # A file under a name that takes none is named by whoever looks at the values.
            self._texts.append((part.name, "" if part.file_name is not None else part.text.decode()))
        except UnicodeDecodeError:
            raise Problem(400, f"The part {part.name!r} of the form is not UTF-8 text.") from None

    def _discard(self) -> None:
        if self._incoming is not None:
            self._incoming.discard()
        for _, path in self._form.files:
            path.unlink(missing_ok=True)


class _Part:
    """The headers of one part, and its text where it is no file."""

    def __init__(self) -> None:
        self.name = ""
        self.file_name: str | None = None
        self.declared = ""
        self.text = bytearray()
        self._headers: list[tuple[bytearray, bytearray]] = []
        self._last = ""

    def header(self, event: str, data: bytes) -> None:
        """Take a piece of a header's name or of its value."""
        if event == "header_field" and self._last != "header_field":
            self._headers.append((bytearray(), bytearray()))
        self._last = event
        self._headers[-1][0 if event == "header_field" else 1].extend(data)

    def read_headers(self) -> None:
        """Read what the headers say. Raises the 400 for a part without a name."""
        headers = {bytes(name).lower(): bytes(value) for name, value in self._headers}
        _, options = parse_options_header(headers.get(b"content-disposition", b"").decode("latin-1"))
        if b"name" not in options:
            raise Problem(400, "A part of the form has no name.")
        self.name = options[b"name"].decode("utf-8", "replace")
        if b"filename" in options:
            self.file_name = options[b"filename"].decode("utf-8", "replace")
        self.declared = headers.get(b"content-type", b"").decode("latin-1")


_CALLBACKS: Mapping[str, str] = {
    "on_part_begin": "begin",
    "on_headers_finished": "headers",
    "on_part_end": "end",
}
_DATA_CALLBACKS: Mapping[str, str] = {
    "on_header_field": "header_field",
    "on_header_value": "header_value",
    "on_part_data": "data",
}


async def _events(request: Request) -> AsyncIterator[tuple[str, bytes]]:
    """Yield what the parser finds. Raises the 400 for what is no form."""
    found: list[tuple[str, bytes]] = []
    ended = False

    def plain(event: str) -> Callable[[], None]:
        return lambda: found.append((event, b""))

    def with_data(event: str) -> Callable[[bytes, int, int], None]:
        return lambda data, start, end: found.append((event, data[start:end]))

    def on_end() -> None:
        nonlocal ended
        ended = True

    callbacks: Any = {name: plain(event) for name, event in _CALLBACKS.items()}
    callbacks |= {name: with_data(event) for name, event in _DATA_CALLBACKS.items()}
    callbacks["on_end"] = on_end
    _, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary")
    if not boundary:
        raise Problem(400, "The Content-Type of a form names its boundary.")
    try:
        parser = MultipartParser(boundary, callbacks)
        async for chunk in request.stream():
            parser.write(chunk)
            for each in found:
                yield each
            found.clear()
        parser.finalize()
    except FormParserError as error:
        raise Problem(400, f"The form cannot be read: {error}.") from None
    if not ended:
        raise Problem(400, "The form ends in the middle.")


async def _hear_out(request: Request) -> None:
    """Read the rest of a refused form, for a moment, and drop it."""
    left = _LINGER_BYTES
    # A stream that was read to its end says so by a RuntimeError: then there is nothing left to read.
    with contextlib.suppress(TimeoutError, ClientDisconnect, RuntimeError):
        async with asyncio.timeout(_LINGER_SECONDS):
            async for piece in request.stream():
                left -= len(piece)
                if left < 0:
                    return


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def too_large(*rules: FileRules) -> Problem:
    """Return the 413 for a file; it ends the connection, so that nothing more of it is sent."""
    words = " and ".join(f"{each.field} is at most {size_words(each.most)}" for each in rules)
    return Problem(413, f"The file is too large: {words}.", headers={"Connection": "close"})


def size_words(size: int) -> str:
    """Return a size in words: 1 MB is 2**20 bytes."""
    for unit, name in ((2**30, "GB"), (2**20, "MB"), (2**10, "KB")):
        if size >= unit:
            return f"{round(size / unit, 1):g} {name}"
    return f"{size} bytes"
