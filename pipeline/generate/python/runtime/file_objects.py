"""Files in a bucket that speaks S3."""

import asyncio
import datetime as dt
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, S3Store

from runtime.settings import FilePlace
from runtime.tables import utc_now

_CHUNK_BYTES = 2**20
_PATIENCE = "10s"


@contextmanager
def _reached() -> Generator[None]:
    """Make an OSError of what the bucket's service answers with, as it is for files on disk."""
    try:
        yield
    except BaseError as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def bucket(place: FilePlace) -> S3Store:
    """Return the bucket at `s3://bucket/prefix`. Plain HTTP goes only where the endpoint says so."""
    address = urlsplit(place.url)
    key_id, _, secret = place.credentials.partition(":")
    return S3Store(
        address.netloc,
        prefix=address.path.strip("/") or None,
        endpoint=place.endpoint or None,
        region=place.region,
        access_key_id=key_id,
        secret_access_key=secret,
        client_options={"allow_http": place.endpoint.startswith("http://"), "connect_timeout": _PATIENCE},
        retry_config={"max_retries": 2},
    )


class Objects:
    """The objects of a bucket, by their keys."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self.scratch = Path(tempfile.gettempdir()) / "incoming-files"
        """Where files are written until they are whole."""

    def prepare(self) -> None:
        """Make the folder of what is coming in."""
        self.scratch.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def take(self, key: str, path: Path) -> None:
        """Move a file that is whole to its place."""
        with _reached():
            await obstore.put_async(self._store, key, path)
        await asyncio.to_thread(path.unlink)

    async def size(self, key: str) -> int | None:
        """Return a file's size in bytes, None where there is none."""
        try:
            with _reached():
                return (await obstore.head_async(self._store, key))["size"]
        except FileNotFoundError:
            return None

    async def read(self, key: str, start: int, length: int) -> AsyncGenerator[bytes]:
        """Yield so many bytes of a file."""
        if length == 0:
            return
        with _reached():
            found = await obstore.get_async(self._store, key, options={"range": (start, start + length)})
        async for chunk in found.stream(min_chunk_size=_CHUNK_BYTES):
            yield bytes(chunk)

    async def delete(self, key: str) -> None:
        """Remove a file; nothing happens where there is none."""
        try:
            with _reached():
                await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return

    async def older(self, seconds: float) -> list[str]:
        """Return the keys of files that have been there for so long, and remove what was never finished."""
        before = utc_now() - dt.timedelta(seconds=seconds)
        for left in self.scratch.iterdir():
            if left.stat().st_mtime < before.timestamp():
                left.unlink(missing_ok=True)
        keys: list[str] = []
        with _reached():
            async for page in obstore.list(self._store):
                keys += [each["path"] for each in page if each["last_modified"] < before]
        return keys
