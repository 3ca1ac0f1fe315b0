"""Circuit breakers: a host that keeps failing is left alone for a while."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FAILURES = 5
"""So many in a row open the breaker."""
REST = 30.0
"""Seconds until one call may try again."""
_MOST_HOSTS = 10_000


@dataclass(slots=True)
class _State:
    failures: int = 0
    rests_until: float = 0.0


class Breakers:
    """What is known of hosts, in this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._hosts: OrderedDict[str, _State] = OrderedDict()

    def open_hosts(self) -> list[str]:
        """Return the hosts that are not to be called at the moment."""
        moment = self._clock()
        return [host for host, state in self._hosts.items() if state.rests_until > moment]

    def succeeded(self, host: str) -> None:
        """Note that a host answered well."""
        self._hosts.pop(host, None)

    def failed(self, host: str) -> None:
        """Note that a host failed. From the fifth time in a row on, it rests after each failure."""
        state = self._hosts.setdefault(host, _State())
        self._hosts.move_to_end(host)
        state.failures += 1
        if state.failures >= FAILURES:
            state.rests_until = self._clock() + REST
        while len(self._hosts) > _MOST_HOSTS:
            self._hosts.popitem(last=False)
