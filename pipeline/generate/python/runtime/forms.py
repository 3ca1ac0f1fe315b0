"""Forms: what a request in multipart/form-data brings, and who reads it where a system has files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response

from runtime.background import Loop
from runtime.file_fields import FileRules, StoredFile

FORM = "multipart/form-data"

Kinds = Mapping[str, tuple[str, str]]
"""Name -> what the value is, and for a list what its members are: string, integer, number, boolean, array, any."""


@dataclass
class Form:
    """What came in: values by their names, and the files among them with the place where they were written."""

    values: dict[str, Any] = field(default_factory=dict)
    files: list[tuple[StoredFile, Path]] = field(default_factory=list)

    @property
    def fingerprint(self) -> bytes:
        """What two forms with the same content have in common."""
        parts = [
            (name, value.sha256 if isinstance(value, StoredFile) else value) for name, value in self.values.items()
        ]
        return repr(sorted(parts, key=lambda part: part[0])).encode()


class Files(Protocol):
    """What the kernel asks of the capability behind file fields. See runtime.file_keeper."""

    path: str
    """Where links lead."""

    def let_show(self, request: Request) -> None:
        """Let the answer to a request carry links."""
        ...

    async def receive(self, request: Request, rules: Sequence[FileRules], kinds: Kinds) -> Form:
        """Return a form whose files are kept. Raises 400, 413, 415 and 503; nothing is left of its files then."""
        ...

    async def discard(self, form: Form) -> None:
        """Remove the files of a form that nothing came of."""
        ...

    async def answer_link(self, request: Request, token: str) -> Response:
        """Return the file of a link as a download. Raises 404 and 410."""
        ...

    @property
    def loop(self) -> Loop:
        """What is done about files now and then."""
        ...
