"""Answers with a file in them: whole, a part of it, or why not."""

import re
from collections.abc import AsyncIterator, Callable

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from runtime.file_links import Linked
from runtime.file_names import disposition
from runtime.problems import Problem

Read = Callable[[int, int], AsyncIterator[bytes]]
"""Yields so many bytes from a place on."""


def answer_with(request: Request, file: Linked, read: Read) -> Response:
    """Return a file as a download. Raises the 416 for a part that it does not have."""
    etag = f'"{file.key}"'
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": disposition(file.name),
        # Whatever it is: no page that is opened from here may do anything.
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    part = wanted(request.headers.get("range"), file.size)
    if request.headers.get("if-range", etag) != etag:
        part = None
    start, end = part or (0, file.size)
    headers["Content-Length"] = str(end - start)
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    return StreamingResponse(
        read(start, end - start), status_code=206 if part else 200, headers=headers, media_type=file.type
    )


def wanted(header: str | None, size: int) -> tuple[int, int] | None:
    """Return first byte and end of the part that a Range header asks for; None for the whole.

    Raises the 416. What is no range of bytes, and several parts at once, are answered with the whole, as RFC 9110 allows.
    """
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", (header or "").strip())
    if match is None or match.group(0) == "bytes=-":
        return None
    first, last = match.groups()
    if first == "":
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < int(first):
            return None
    if start >= end:
        raise Problem(416, f"The file has {size} bytes.", headers={"Content-Range": f"bytes */{size}"})
    return start, end
