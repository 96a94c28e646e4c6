"""How long training will still take."""

from __future__ import annotations

import queue
from collections.abc import Iterable

import pytest
import weft_ml_pb2 as pb

from weft_ml.progress import Progress, Remaining
from weft_ml.trainer import _Throttle


def left(steps: Iterable[tuple[float, int, int]]) -> list[float | None]:
    """What is said at each time of iterations done of a total."""
    now = [0.0]
    remaining = Remaining(lambda: now[0])
    found = []
    for at, done, total in steps:
        now[0] = at
        found.append(remaining.seconds(Progress(done=done, total=total)))
    return found


def test_it_is_said_from_the_second_iteration_on() -> None:
    # What the first one took, with all that comes before it, says nothing about the others.
    told = left([(90.0, 1, 10), (92.0, 2, 10), (96.0, 4, 10), (112.0, 9, 10), (114.0, 10, 10)])
    assert told == [None, 16.0, 12.0, 22.0 / 8, 0.0]


def test_iterations_that_are_not_counted_have_no_end() -> None:
    assert left([(1.0, 1, 0), (2.0, 2, 0)]) == [None, None]


def test_the_same_iteration_twice_says_nothing() -> None:
    assert left([(1.0, 3, 10), (5.0, 3, 10)]) == [None, None]


def test_more_than_was_announced_is_over_at_once() -> None:
    assert left([(1.0, 1, 2), (2.0, 2, 2), (3.0, 3, 2)]) == [None, 0.0, 0.0]


def test_time_begins_anew_where_other_things_are_counted() -> None:
    now = [0.0]
    remaining = Remaining(lambda: now[0])
    found = []
    for at, done, unit in ((0.0, 1, "folds"), (60.0, 2, "folds"), (61.0, 1, ""), (63.0, 2, "")):
        now[0] = at
        found.append(remaining.seconds(Progress(done=done, total=4, unit=unit)))
    assert found == [None, 120.0, None, 4.0]


def test_it_goes_out_with_the_iteration(monkeypatch: pytest.MonkeyPatch) -> None:
    events: queue.Queue[pb.Reply | None] = queue.Queue()
    monkeypatch.setattr("weft_ml.trainer.SECONDS_BETWEEN_EVENTS", 0.0)
    throttle = _Throttle(events)
    for done in range(1, 4):
        throttle(Progress(done=done, total=3))
    told = [events.get_nowait() for _ in range(3)]
    assert [one.iteration.HasField("seconds_left") for one in told if one] == [False, True, True]
    assert told[2] is not None
    assert told[2].iteration.seconds_left == 0.0
