"""Cross-origin requests: which pages of other sites may call (CORS)."""

from collections.abc import Mapping, Sequence

_EXPOSED = (
    "Content-Disposition, Content-Range, ETag, Idempotency-Replayed, Link, Location, Retry-After, WWW-Authenticate, "
    "X-Request-ID"
)
_SECONDS = "600"


def sharing(origins: Sequence[str], headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of an answer to a page; none where no page of another site may call.

    Credentials of the browser are let in only for origins that are named: nothing here is found by cookies, but a page
    that sends them could not read the answer otherwise.
    """
    if not origins:
        return {}
    if "*" in origins:
        return {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": _EXPOSED}
    origin = headers.get("origin", "")
    if origin not in origins:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Expose-Headers": _EXPOSED,
        "Vary": "Origin",
    }


def preflight(shared: Mapping[str, str], methods: Sequence[str], asked: str) -> dict[str, str]:
    """Return what else the answer to a preflight request says: which methods and headers may be sent."""
    if "Access-Control-Allow-Origin" not in shared:
        return {}
    return {
        "Access-Control-Allow-Methods": ", ".join(methods),
        "Access-Control-Max-Age": _SECONDS,
        **({"Access-Control-Allow-Headers": asked} if asked else {}),
    }
