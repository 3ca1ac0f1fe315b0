"""Links to files: signed, good for a while, and valid without signing in."""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
from contextvars import ContextVar
from typing import NamedTuple

from runtime.problems import Problem, not_found
from runtime.tables import utc_now

_PURPOSE = b"links to files"
_SIGNATURE_BYTES = 16


class Linked(NamedTuple):
    """What a link says about its file."""

    key: str
    name: str
    type: str
    size: int


class Links:
    """Makes and checks links. The key is derived from the one that signs access tokens, and good for nothing else."""

    def __init__(self, key: str, path: str) -> None:
        self._key = hmac.digest(key.encode(), _PURPOSE, hashlib.sha256)
        self._path = path

    def make(self, base_url: str, file: Linked, lifetime: dt.timedelta) -> tuple[str, dt.datetime]:
        """Return the address of a file, and when it ends."""
        expires = (utc_now() + lifetime).replace(microsecond=0)
        said = json.dumps([int(expires.timestamp()), *file], separators=(",", ":"), ensure_ascii=False).encode()
        return f"{base_url}{self._path}/{_text(said)}.{_text(self._sign(said))}", expires

    def check(self, token: str) -> Linked:
        """Return the file of a link. Raises 404 for one that was not made here, and 410 for one that has ended."""
        said, _, signature = token.partition(".")
        try:
            content = _bytes(said)
        except (binascii.Error, ValueError):
            raise not_found() from None
        # As text, in which there is one way to write it.
        if not hmac.compare_digest(_text(self._sign(content)).encode(), signature.encode("utf-8", "replace")):
            raise not_found()
        expires, *file = json.loads(content)
        if expires <= utc_now().timestamp():
            raise Problem(410, "This link has ended: read the object again for a new one.")
        return Linked(*file)

    def _sign(self, said: bytes) -> bytes:
        return hmac.digest(self._key, said, hashlib.sha256)[:_SIGNATURE_BYTES]


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)


_CURRENT: ContextVar[tuple[Links, str] | None] = ContextVar("links", default=None)


def use_links(links: Links, base_url: str) -> None:
    """Let what is shown from here on, in this request, carry links of this system."""
    _CURRENT.set((links, base_url))


def link_to(key: str, name: str, type: str, size: int, lifetime: dt.timedelta) -> tuple[str, dt.datetime]:
    """Return the address of a file, and when it ends."""
    current = _CURRENT.get()
    if current is None:
        raise RuntimeError("files are shown only in answers")
    links, base_url = current
    return links.make(base_url, Linked(key, name, type, size), lifetime)
