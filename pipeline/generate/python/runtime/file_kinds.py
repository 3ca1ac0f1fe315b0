"""Kinds of files: what the first bytes say, whatever the name or the sender says."""

import mimetypes
from collections.abc import Sequence

HEAD_BYTES = 512
"""So much of a file tells its kind."""
ANY = "application/octet-stream"

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"\x00\x00\x01\x00", "image/x-icon"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    (0, b"%PDF-", "application/pdf"),
)
_MADE_SURE_OF = ("image/", "application/pdf")
"""Families whose files must begin as they do."""


def kind_of(head: bytes) -> str | None:
    """Return the media type of an image or a PDF by its first bytes; None for everything else."""
    for offset, magic, kind in _MAGIC:
        if head[offset : offset + len(magic)] == magic and (kind != "image/webp" or head.startswith(b"RIFF")):
            return kind
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "image/svg+xml" if text.startswith((b"<svg", b"<?xml")) and b"<svg" in text else None


def decide(head: bytes, declared: str, name: str, allowed: Sequence[str]) -> str | None:
    """Return the media type of a file that begins like this; None where it may not be uploaded.

    An image or a PDF is what its bytes say, and nothing else passes for one. Of other files the sender says the type.
    """
    declared = declared.partition(";")[0].strip().lower()
    kind = kind_of(head)
    if kind is None:
        said = declared if declared not in ("", ANY) else (mimetypes.guess_type(name)[0] or ANY)
        kind = ANY if said.startswith(_MADE_SURE_OF) else said
        if declared.startswith(_MADE_SURE_OF):
            return None
    return kind if any(_fits(kind, pattern) for pattern in allowed) else None


def _fits(kind: str, pattern: str) -> bool:
    family, _, rest = pattern.partition("/")
    return pattern == "*/*" or kind == pattern or (rest == "*" and kind.startswith(f"{family}/"))
