from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.data import amount, job, late, signature, size, table
from weft_ml import store, training
from weft_ml.errors import TrainingFailedError
from weft_ml.progress import Progress
from weft_ml.signature import Task
from weft_ml.team import Done, Member, Report, Share


class Threads:
    """A team of threads: XGBoost's meetings belong to threads too."""

    def __init__(self, size: int) -> None:
        self.size = size

    def work(self, function: Share, parts: list[Any], report: Report) -> list[Any]:
        given: list[Any] = [None] * len(parts)

        def run(place: int) -> None:
            given[place] = _last(Member().work(function, parts[place]), place, report)

        threads = [threading.Thread(target=run, args=(place,)) for place in range(len(parts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return given


def _last(events: Iterator[Progress | Done], place: int, report: Report) -> Any:
    for event in events:
        if isinstance(event, Done):
            assert event.failure is None
            return event.value
        if place == 0:
            report(event)
    raise AssertionError("no end")


@pytest.mark.parametrize(
    ("task", "label", "kind", "metric"),
    [
        (Task.CLASSIFICATION, late, "boolean", "auc"),
        (Task.CLASSIFICATION, size, "string", "accuracy"),
        (Task.REGRESSION, amount, "double", "rmse"),
    ],
)
def test_two_workers_learn_what_one_learns(
    task: Task, label: Any, kind: str, metric: str, tmp_path: Path
) -> None:
    found = {}
    seen: list[Progress] = []
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        folder.mkdir()
        team = Threads(workers) if workers > 1 else None
        made = job(
            signature("xgboost", task, kind),
            table(label),
            folder,
            team=team,
            options={"num_boost_round": 20, "max_depth": 4},
        )
        report = training.train(made, seen.append)
        found[workers] = {m.name: m.value for m in report.metrics if m.data == "test"}
        assert store.read(folder).fitted.predict(table(label)).shape[0] == 600
    assert found[2][metric] == pytest.approx(found[1][metric], abs=0.03)
    assert [p.done for p in seen] == [*range(1, 21), *range(1, 21)]
    assert all(p.value is not None for p in seen)


def test_there_are_rows_for_every_worker(tmp_path: Path) -> None:
    made = job(
        signature("xgboost", Task.REGRESSION, "double"), table(amount, 6), tmp_path, team=Threads(9)
    )
    with pytest.raises(TrainingFailedError, match="WORKERS 9 are more than the 2 rows"):
        training.train(made, lambda progress: None)


def test_a_member_tells_what_went_wrong() -> None:
    def fail(part: Any, report: Report) -> None:
        report(Progress(done=1, total=2))
        raise ValueError(part)

    first, last = Member().work(fail, "reason")
    assert first == Progress(done=1, total=2)
    assert isinstance(last, Done)
    assert isinstance(last.failure, ValueError)
