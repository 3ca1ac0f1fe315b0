"""The sender: makes one HTTP request to the world outside, guarded, signed, and within limits."""

import asyncio
import datetime as dt
import hashlib
import hmac
import time
from typing import NamedTuple
from urllib.parse import urljoin

import httpx

from runtime.guard import Guard, Refused

TIMEOUT = 10.0
MOST_REDIRECTS = 3
MOST_BYTES = 65_536
"""So much of an answer is read at most."""
_REDIRECTS = (301, 302, 303, 307, 308)


class Outcome(NamedTuple):
    """What came of an attempt."""

    status: int | None
    error: str | None
    ms: int
    final: bool = False
    """Whether there is no use in trying again."""

    @property
    def good(self) -> bool:
        """Whether the other side took it."""
        return self.error is None


class Sender:
    """Posts JSON. Nothing of the environment, such as a proxy, is asked."""

    def __init__(self, guard: Guard, system: str, timeout: float = TIMEOUT) -> None:
        self._guard = guard
        self._agent = f"{system}-webhooks/1"
        self._timeout = timeout
        self._client = httpx.AsyncClient(
            timeout=timeout,
            trust_env=False,
            follow_redirects=False,
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=0),
        )

    async def post(self, id: str, url: str, body: bytes, secret: str | None, moment: dt.datetime) -> Outcome:
        """Send a body to a URL, following redirects, and return what came of it. `moment` goes into the signature."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": self._agent,
            "Idempotency-Key": id,
        }
        if secret:
            headers["X-Signature"] = signature(secret, int(moment.timestamp()), body)
        begun = time.perf_counter()
        status: int | None = None
        error: str | None = None
        final = False
        try:
            status = await self._follow(url, body, headers, begun + self._timeout)
            final = status == 410
            if not 200 <= status < 300:
                error = f"It answered {status}."
        except Refused as refused:
            error, final = f"Refused: {refused}", True
        except (TimeoutError, httpx.TimeoutException):
            error = f"No answer within {self._timeout:g} seconds."
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as failed:
            error = f"{type(failed).__name__}: {failed}"[:500]
        return Outcome(status, error, int((time.perf_counter() - begun) * 1000), final)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _follow(self, url: str, body: bytes, headers: dict[str, str], deadline: float) -> int:
        """Return the status of the answer that is no redirect. Raises Refused, and what httpx raises."""
        method = "POST"
        for _ in range(MOST_REDIRECTS + 1):
            status, place = await self._once(method, url, body, headers, max(0.01, deadline - time.perf_counter()))
            if status not in _REDIRECTS or not place:
                return status
            url = urljoin(url, place)
            if status == 303:
                method, body = "GET", b""
        raise Refused(f"More than {MOST_REDIRECTS} redirects.")

    async def _once(
        self, method: str, url: str, body: bytes, headers: dict[str, str], seconds: float
    ) -> tuple[int, str | None]:
        """Make one request to the address that the guard let pass; return its status and where it redirects to."""
        async with asyncio.timeout(seconds):
            parts, address = await self._guard.resolve(url)
            target = httpx.URL(url).copy_with(host=address, username=None, password=None)
            host = parts.netloc.rpartition("@")[2]
            request = self._client.build_request(
                method,
                target,
                content=body,
                headers={**headers, "Host": host},
                extensions={"sni_hostname": parts.hostname},
            )
            response = await self._client.send(request, stream=True)
            try:
                read = 0
                async for chunk in response.aiter_raw():
                    read += len(chunk)
                    if read > MOST_BYTES:
                        break
            finally:
                await response.aclose()
            return response.status_code, response.headers.get("location")


def signature(secret: str, moment: int, body: bytes) -> str:
    """Return `t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body" in hexadecimal>`."""
    mac = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={mac.hexdigest()}"
