"""A log file that is rotated by size."""

import asyncio
import collections
import sys
from pathlib import Path

# A line without an end is cut here, so that memory stays bounded.
LINE_LIMIT = 1 << 20


class Log(asyncio.Protocol):
    """The output of a process, whole lines, into a file that is rotated by size: app.log, app.log.1, ..."""

    def __init__(self, path, size, keep):
        self.path, self.size, self.keep, self.rest = Path(path), size, keep, b""
        self.last = collections.deque(maxlen=40)

    def data_received(self, data):
        lines, newline, self.rest = (self.rest + data).rpartition(b"\n")
        if len(self.rest) > LINE_LIMIT:
            lines, newline, self.rest = lines + newline + self.rest, b"\n", b""
        if newline:
            self.write(lines + newline)

    def connection_lost(self, _error):
        if self.rest:
            self.write(self.rest + b"\n")

    def write(self, data):
        self.last.extend(data.splitlines())
        try:
            if self.path.exists() and self.path.stat().st_size + len(data) > self.size:
                for number in range(self.keep - 1, 0, -1):
                    older = self.path.with_name(f"{self.path.name}.{number}")
                    if older.exists():
                        older.rename(self.path.with_name(f"{self.path.name}.{number + 1}"))
                self.path.rename(self.path.with_name(f"{self.path.name}.1"))
            with self.path.open("ab") as file:
                file.write(data)
        except OSError as error:  # a full disk must not end the systems
            print(f"log {self.path}: {error}", file=sys.stderr, flush=True)
