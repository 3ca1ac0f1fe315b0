"""Files on disk: written beside their place, and moved there whole."""

import asyncio
import os
import time
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

CHUNK_BYTES = 2**18


class Disk:
    """A folder of files. A key is 32 hexadecimal digits; the first two name a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.scratch = folder / "incoming"
        """Where files are written until they are whole."""

    def prepare(self) -> None:
        """Make the folders."""
        self.scratch.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def take(self, key: str, path: Path) -> None:
        """Move a file that is whole, and safe on the disk, to its place."""
        await asyncio.to_thread(self._take, key, path)

    async def size(self, key: str) -> int | None:
        """Return a file's size in bytes, None where there is none."""
        try:
            return (await asyncio.to_thread(self._path(key).stat)).st_size
        except FileNotFoundError:
            return None

    async def read(self, key: str, start: int, length: int) -> AsyncGenerator[bytes]:
        """Yield so many bytes of a file."""
        file = await asyncio.to_thread(self._path(key).open, "rb")
        try:
            await asyncio.to_thread(file.seek, start)
            while length > 0 and (chunk := await asyncio.to_thread(file.read, min(CHUNK_BYTES, length))):
                length -= len(chunk)
                yield chunk
        finally:
            file.close()

    async def delete(self, key: str) -> None:
        """Remove a file; nothing happens where there is none."""
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    async def older(self, seconds: float) -> list[str]:
        """Return the keys of files that have been there for so long, and remove what was never finished."""
        return await asyncio.to_thread(lambda: list(self._older(time.time() - seconds)))

    def _older(self, before: float) -> Iterator[str]:
        for left in self.scratch.iterdir():
            if left.stat().st_mtime < before:
                left.unlink(missing_ok=True)
        for folder in self._folder.glob("??"):
            for file in folder.iterdir():
                if file.stat().st_mtime < before:
                    yield file.name

    def _take(self, key: str, path: Path) -> None:
        target = self._path(key)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        path.replace(target)
        for folder in (target.parent, self._folder):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _path(self, key: str) -> Path:
        if len(key) != 32 or not all(digit in "0123456789abcdef" for digit in key):
            raise ValueError("this is no key of a file")
        return self._folder / key[:2] / key
