"""A team of processes, some of which are killed at a point that a test names."""

from __future__ import annotations

import multiprocessing
import queue
from collections.abc import Callable, Sequence
from typing import Any

from tests.test_team import Local
from weft_ml.errors import WorkerLostError
from weft_ml.progress import Progress
from weft_ml.team import Done, Kept, Member, Share, Tell

Point = Callable[[Progress | Kept], bool]


def told(done: int) -> Point:
    """When the first worker says that it has done so much."""
    return lambda event: isinstance(event, Progress) and event.done == done


def kept(done: int) -> Point:
    """When something is kept after so many epochs or more."""
    return lambda event: isinstance(event, Kept) and event.done >= done


def at_once(event: Progress | Kept) -> bool:
    """Before anything is told."""
    return False


class Mortal(Local):
    """Each try loses the worker of a rank at its point, until there are no points any more."""

    def __init__(self, size: int, points: Sequence[Point] = (), rank: int = 1) -> None:
        super().__init__(size)
        self._points = list(points)
        self._rank = rank

    def work(self, function: Share, parts: list[Any], tell: Tell) -> list[Any]:
        point = self._points.pop(0) if self._points else None
        context = multiprocessing.get_context("spawn")
        events = context.Queue()
        members = [
            context.Process(target=_work, args=(function, part, rank, events), daemon=True)
            for rank, part in enumerate(parts)
        ]
        for member in members:
            member.start()
        if point is at_once:
            members[self._rank].kill()
        given: dict[int, Any] = {}
        try:
            while len(given) < len(members):
                rank, event = _next(events, members)
                if isinstance(event, Done):
                    self._check(members, event)
                    given[rank] = event.value
                elif rank == 0:
                    tell(event)
                    if point is not None and point(event):
                        members[self._rank].kill()
                        members[self._rank].join()
            return [given[rank] for rank in range(len(members))]
        finally:
            for member in members:
                member.kill()
                member.join()

    def _check(self, members: list[Any], end: Done) -> None:
        """Raises what a member failed with, unless it was for want of another one."""
        if end.failure is None:
            return
        if any(member.exitcode is not None and member.exitcode < 0 for member in members):
            raise WorkerLostError(self.size, "the actor was killed; run it again")
        raise end.failure


def _next(events: Any, members: list[Any]) -> tuple[int, Progress | Kept | Done]:
    while True:
        try:
            rank, event = events.get(timeout=0.1)
            return int(rank), event
        except queue.Empty:
            for member in members:
                if member.exitcode is not None and member.exitcode < 0:
                    why = "the actor was killed; run it again"
                    raise WorkerLostError(len(members), why) from None


def _work(function: Share, part: Any, rank: int, events: Any) -> None:
    for event in Member().work(function, part):
        events.put((rank, event))
