"""Names of files: shown to people, never used as paths."""

import re
import unicodedata
from urllib.parse import quote

_MOST = 120
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and those that turn the direction of text: `exe.jpg` must not look like `gpj.exe`."""


def safe_name(sent: str) -> str:
    """Return the last part of a name that a client sent, without what does not belong into one; `file` for nothing."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", sent)[-1])
    name = _UNSEEN.sub("", name).strip(" .")
    if len(name) > _MOST:
        stem, dot, ending = name.rpartition(".")
        keep = f"{dot}{ending}" if dot and len(ending) <= 10 else ""
        name = (stem if keep else name)[: _MOST - len(keep)] + keep
    return name or "file"


def disposition(name: str) -> str:
    """Return the Content-Disposition header of a download (RFC 6266): a plain name for old clients, and the real one."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode())
    header = f'attachment; filename="{plain.strip() or "file"}"'
    return header if plain == name else f"{header}; filename*=UTF-8''{quote(name, safe='')}"
