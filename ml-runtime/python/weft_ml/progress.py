"""What training tells while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """An iteration that has ended, with the held-out metric if there is one."""

    done: int
    total: int
    metric: str = ""
    value: float | None = None


class Remaining:
    """The seconds that training will take, if the iterations left take as long as those before.

    Time counts from the end of the first one, since what comes before it comes once. ``clock``
    gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first: tuple[int, float] | None = None

    def seconds(self, progress: Progress) -> float | None:
        """None until two iterations are over, and where their number is not known."""
        now = self._clock()
        if self._first is None:
            self._first = (progress.done, now)
        first, begun = self._first
        if progress.done <= first or progress.total <= 0:
            return None
        left = max(0, progress.total - progress.done)
        return (now - begun) / (progress.done - first) * left
