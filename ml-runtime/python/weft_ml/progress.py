"""What training tells while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """An iteration that has ended, with the held-out metric if there is one.

    ``total`` is how many there are at most; ``unit`` says what is counted.
    """

    done: int
    total: int
    metric: str = ""
    value: float | None = None
    unit: str = "iterations"


class Remaining:
    """The seconds that training will take, if the iterations left take as long as those before.

    Time counts from the end of the first one, since what comes before it comes once. ``clock``
    gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first: tuple[int, float] | None = None
        self._unit = ""

    def seconds(self, progress: Progress) -> float | None:
        """None until two iterations are over, and where their number is not known."""
        now = self._clock()
        if self._first is None or progress.unit != self._unit:
            self._first, self._unit = (progress.done, now), progress.unit
        first, begun = self._first
        if progress.done <= first or progress.total <= 0:
            return None
        left = max(0, progress.total - progress.done)
        return (now - begun) / (progress.done - first) * left
