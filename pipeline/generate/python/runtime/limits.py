"""Limits: how often one address may try to sign in."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

from runtime.problems import too_many

WINDOW = 60.0
_MOST_ADDRESSES = 10_000


class AddressLimit:
    """At most so many attempts a minute from one address, in any window of a minute."""

    def __init__(self, attempts: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._attempts = attempts
        self._clock = clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, address: str) -> None:
        """Count an attempt. Raises the 429 for one too many."""
        self.refuse(address)
        self.count(address)

    def refuse(self, address: str) -> None:
        """Raise the 429 where there were too many attempts, without counting one."""
        moment = self._clock()
        attempts = self._seen.get(address, deque())
        while attempts and attempts[0] <= moment - WINDOW:
            attempts.popleft()
        if len(attempts) >= self._attempts:
            raise too_many("Too many attempts from your address.", attempts[0] + WINDOW - moment)

    def count(self, address: str) -> None:
        """Count an attempt."""
        self._seen.setdefault(address, deque()).append(self._clock())
        self._seen.move_to_end(address)
        while len(self._seen) > _MOST_ADDRESSES:
            self._seen.popitem(last=False)
