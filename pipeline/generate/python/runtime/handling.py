"""What handlers and transitions ask before they do anything, and how they send callers elsewhere."""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.responses import Response

from runtime.problems import Problem


def require(holds: bool | None, message: str, status: int = 409) -> None:
    """Raise the problem unless this is true; what is unknown is not."""
    if holds is not True:
        raise Problem(status, message)


def check_state(state: str, allowed: Sequence[str], after: str) -> None:
    """Raise the 409 where a row is in a state from which it does not become what comes after."""
    if state not in allowed:
        raise Problem(409, f"It is {words(state)}; only what is {_either(allowed)} can be {words(after)}.")


def redirect(url: str) -> Response:
    """Return the 302 to a URL, which nobody keeps."""
    # As in Starlette: what a header cannot hold is escaped, what is escaped already stays.
    place = quote(url, safe=":/%#?=@[]!$&'()*+,;")
    return Response(status_code=302, headers={"Location": place, "Cache-Control": "no-store"})


def words(state: str) -> str:
    """Return a state as a person would write it."""
    return state.replace("_", " ").replace("-", " ")


def _either(states: Sequence[str]) -> str:
    *others, last = map(words, states)
    return f"{', '.join(others)} or {last}" if others else last
