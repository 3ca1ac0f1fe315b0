"""The clock: the present moment, which tests may move."""

import datetime as dt


class Clock:
    """Tells the time. What is planned by it comes sooner when it is moved ahead."""

    def __init__(self) -> None:
        self._ahead = dt.timedelta()

    def now(self) -> dt.datetime:
        """Return the present moment, in UTC."""
        return dt.datetime.now(dt.UTC) + self._ahead

    def move(self, by: dt.timedelta) -> None:
        """Go ahead by so much."""
        self._ahead += by

    def reset(self) -> None:
        """Tell the real time again."""
        self._ahead = dt.timedelta()


CLOCK = Clock()
"""The clock of this process: of `now` in rules and handlers, of time stamps, and of everything that waits."""
