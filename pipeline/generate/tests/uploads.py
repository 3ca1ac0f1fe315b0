"""Files to upload, and what is kept of those that were."""

import datetime as dt
import uuid

from runtime.file_fields import StoredFile
from runtime.file_links import Linked
from tests.world import Upload, World

PNG = Upload(
    "picture.png",
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
        "789c6360000002000001e221bc330000000049454e44ae426082"
    ),
    "image/png",
)
JPEG = Upload("picture.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(60), "image/jpeg")
GIF = Upload("picture.gif", b"GIF89a" + bytes(60), "image/gif")
WEBP = Upload("picture.webp", b"RIFF\x40\x00\x00\x00WEBP" + bytes(60), "image/webp")
SVG = Upload("picture.svg", b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "image/svg+xml")
PDF = Upload("paper.pdf", b"%PDF-1.7\n" + b"x" * 60, "application/pdf")
TEXT = Upload("words.txt", b"Words of some length, so that there are parts to ask for.", "text/plain")


def other(type: str) -> Upload:
    """Return a file of a type that is what its sender says."""
    return Upload("file", b"Bytes of some length, so that there are parts to ask for.", type)


def stored_file() -> StoredFile:
    """Return what a row says about a file of which nobody asks for the bytes."""
    return StoredFile(
        key=uuid.uuid4().hex,
        name="picture.png",
        size=5,
        type="image/png",
        sha256="0" * 64,
        uploaded_at="2030-01-31T09:30:00+00:00",
    )


def kept(world: World) -> list[str]:
    """Return the keys of all files that are kept, those among them that no row refers to."""
    keys: list[str] = world.run(world.service.registry.files._storage.older(-60))
    return keys


def sweep(world: World) -> int:
    """Remove what no row refers to; return how many files that were."""
    removed: int = world.run(world.service.registry.files.sweep(-60))
    return removed


def ended_link(world: World) -> str:
    """Return a link that has ended, to a file that there may be or not."""
    linked = Linked(uuid.uuid4().hex, "picture.png", "image/png", 5)
    url: str = world.service.registry.files._links.make("", linked, -dt.timedelta(seconds=1))[0]
    return url
