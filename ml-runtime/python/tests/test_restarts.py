"""What happens when a worker is lost, but for Ray."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.data import amount, job, signature, table
from tests.mortal import Mortal, told
from tests.test_team import Threads
from weft_ml import training
from weft_ml.errors import TrainingFailedError, WorkerLostError
from weft_ml.progress import Progress
from weft_ml.restarts import THRICE, TWICE, through_losses
from weft_ml.signature import Task
from weft_ml.team import Kept, Tell

WHY = "the actor was killed (SIGKILL), by somebody; run it again"


class Tries:
    """Attempts that each keep some epochs and then fail, the last one not."""

    def __init__(self, *epochs: list[int], failure: Exception | None = None) -> None:
        self.begun: list[int] = []
        self._epochs = list(epochs)
        self._failure = failure or WorkerLostError(2, WHY)

    def __call__(self, kept: Kept | None, tell: Tell) -> str:
        self.begun.append(0 if kept is None else kept.done)
        if not self._epochs:
            return "learnt"
        for epoch in self._epochs.pop(0):
            tell(Progress(done=epoch, total=9))
            tell(Kept(epoch, b""))
        raise self._failure


def test_it_goes_on_from_what_was_kept_last() -> None:
    team, seen = Threads(2), list[Progress]()
    tries = Tries([1, 2], [3])
    assert through_losses(tries, seen.append, team, THRICE) == "learnt"
    assert tries.begun == [0, 2, 3]
    assert [event.done for event in seen] == [1, 2, 3]
    assert team.warnings == [
        f"training went on after epoch {epoch} when one of the 2 workers was lost: the actor was"
        " killed (SIGKILL), by somebody"
        for epoch in (2, 3)
    ]


def test_losses_in_a_row_are_given_up() -> None:
    tries = Tries([1], [], [], [2])
    with pytest.raises(TrainingFailedError) as caught:
        through_losses(tries, lambda _: None, Threads(2), THRICE)
    assert tries.begun == [0, 1, 1]
    assert caught.value.message == f"one of the 2 workers was lost 3 times in a row: {WHY}"
    assert caught.value.retryable


def test_losses_between_which_something_is_kept_are_no_row() -> None:
    tries = Tries([1], [2], [3], [4], [5], [])
    assert through_losses(tries, lambda _: None, Threads(2), THRICE) == "learnt"
    assert tries.begun == [0, 1, 2, 3, 4, 5, 5]


def test_what_keeps_nothing_begins_again_once() -> None:
    team = Threads(2)
    assert through_losses(Tries([]), lambda _: None, team, TWICE) == "learnt"
    assert team.warnings[0].startswith("training began again when one of the 2 workers was lost: ")
    with pytest.raises(TrainingFailedError, match="lost 2 times in a row"):
        through_losses(Tries([], []), lambda _: None, team, TWICE)


@pytest.mark.parametrize(
    "failure", [TrainingFailedError("the loss was no number"), ValueError("a bug")]
)
def test_what_is_no_loss_is_not_tried_again(failure: Exception) -> None:
    team, tries = Threads(2), Tries([1], failure=failure)
    with pytest.raises(type(failure), match=str(failure)):
        through_losses(tries, lambda _: None, team, THRICE)
    assert tries.begun == [0]
    assert team.warnings == []


def learn(name: str, folder: Path, team: Mortal, options: dict[str, Any]) -> dict[str, bytes]:
    folder.mkdir()
    sig = signature(name, Task.REGRESSION, "double")
    training.train(job(sig, table(amount), folder, team=team, options=options), lambda _: None)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize(
    ("name", "rounds"), [("lightgbm", "num_iterations"), ("xgboost", "num_boost_round")]
)
def test_trees_are_the_same_after_a_loss(name: str, rounds: str, tmp_path: Path) -> None:
    lossy = Mortal(2, [told(5)])
    found = learn(name, tmp_path / "lossy", lossy, {rounds: 300})
    assert found == learn(name, tmp_path / "whole", Mortal(2), {rounds: 300})
    (warning,) = lossy.warnings
    assert warning.startswith("training began again")


def test_trees_are_not_begun_a_third_time(tmp_path: Path) -> None:
    team = Mortal(2, [told(5), told(1)])
    with pytest.raises(TrainingFailedError, match="one of the 2 workers was lost 2 times in a row"):
        learn("lightgbm", tmp_path / "m", team, {"num_iterations": 300})
    assert list((tmp_path / "m").iterdir()) == []
