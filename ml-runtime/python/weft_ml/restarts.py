"""Training with a team goes on when one of its workers is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from weft_ml.errors import TrainingFailedError, WorkerLostError
from weft_ml.progress import Progress
from weft_ml.team import Kept, Report, Team, Tell

# What begins anew each time costs its whole length each time.
TWICE = 2
THRICE = 3

Found = TypeVar("Found")


def through_losses(
    attempt: Callable[[Kept | None, Tell], Found], report: Report, team: Team, tries: int
) -> Found:
    """What an attempt gives; after a loss another one goes on from what was kept last.

    It is given up when ``tries`` have been lost and nothing was kept between their ends.
    """
    last: Kept | None = None
    lost = 0

    def tell(event: Progress | Kept) -> None:
        nonlocal last, lost
        if isinstance(event, Kept):
            last, lost = event, 0
        else:
            report(event)

    while True:
        try:
            return attempt(last, tell)
        except WorkerLostError as loss:
            lost += 1
            if lost >= tries:
                raise _given_up(loss, lost) from None
            team.warnings.append(_warning(loss, last))


def progress_of(report: Report) -> Tell:
    """Passes on progress alone: of one process nothing is kept."""

    def tell(event: Progress | Kept) -> None:
        if isinstance(event, Progress):
            report(event)

    return tell


def _given_up(loss: WorkerLostError, times: int) -> TrainingFailedError:
    return TrainingFailedError(
        f"one of the {loss.workers} workers was lost {times} times in a row: {loss.cause}",
        retryable=True,
    )


def _warning(loss: WorkerLostError, last: Kept | None) -> str:
    how = "began again" if last is None else f"went on after epoch {last.done}"
    # What to do is for whom training has failed.
    why = loss.cause.partition(";")[0]
    return f"training {how} when one of the {loss.workers} workers was lost: {why}"
