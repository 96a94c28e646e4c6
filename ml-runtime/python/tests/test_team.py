from __future__ import annotations

import multiprocessing
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.data import amount, job, late, signature, size, table
from weft_ml import store, training
from weft_ml.errors import TrainingFailedError
from weft_ml.progress import Progress
from weft_ml.settings import HOST
from weft_ml.signature import Task
from weft_ml.team import Done, Kept, Member, Place, Report, Share, Tell, free_place

# Linux has all of 127/8: what listens at one of them is not found at another.
NODES = ("127.0.0.2", "127.0.0.3", "127.0.0.4")
elsewhere = pytest.mark.skipif(sys.platform != "linux", reason="has one loopback address")


class Local:
    """Members of a team at given addresses of this machine."""

    def __init__(self, size: int, hosts: tuple[str, ...] = (HOST,)) -> None:
        self.size = size
        self.host = hosts[0]
        self.warnings: list[str] = []
        self._hosts = hosts

    def places(self) -> list[Place]:
        return [free_place(self._hosts[rank % len(self._hosts)]) for rank in range(self.size)]


class Threads(Local):
    """A team of threads: XGBoost's meetings belong to threads too."""

    def work(self, function: Share, parts: list[Any], tell: Tell) -> list[Any]:
        given: list[Any] = [None] * len(parts)

        def run(place: int) -> None:
            given[place] = _last(Member().work(function, parts[place]), place, tell)

        threads = [threading.Thread(target=run, args=(place,)) for place in range(len(parts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return given


class Processes(Local):
    """A team of processes: LightGBM knows one meeting in each."""

    def work(self, function: Share, parts: list[Any], tell: Tell) -> list[Any]:
        with ProcessPoolExecutor(len(parts), multiprocessing.get_context("spawn")) as pool:
            ends = list(pool.map(_told, [function] * len(parts), parts))
        for event in ends[0][1]:
            tell(event)
        return [given for given, _ in ends]


def _told(function: Share, part: Any) -> tuple[Any, list[Progress | Kept]]:
    seen: list[Progress | Kept] = []
    return function(part, seen.append), seen


def _last(events: Iterator[Progress | Kept | Done], place: int, tell: Tell) -> Any:
    for event in events:
        if isinstance(event, Done):
            assert event.failure is None
            return event.value
        if place == 0:
            tell(event)
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


@pytest.mark.parametrize(
    ("task", "label", "kind", "metric"),
    [
        (Task.CLASSIFICATION, late, "boolean", "auc"),
        (Task.CLASSIFICATION, size, "string", "accuracy"),
        (Task.REGRESSION, amount, "double", "rmse"),
    ],
)
def test_two_processes_learn_what_lightgbm_learns_in_one(
    task: Task, label: Any, kind: str, metric: str, tmp_path: Path
) -> None:
    found: dict[int, dict[str, float]] = {}
    rounds: dict[int, int] = {}
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        folder.mkdir()
        seen: list[Progress] = []
        made = job(
            signature("lightgbm", task, kind),
            table(label, 3000),
            folder,
            team=Processes(workers) if workers > 1 else None,
            options={"num_iterations": 60, "early_stopping_round": 10, "num_leaves": 15},
        )
        report = training.train(made, seen.append)
        found[workers] = {m.name: m.value for m in report.metrics if m.data == "test"}
        rounds[workers] = report.parameters["best_iteration"]
        assert len(seen) == min(60, rounds[workers] + 10)
        assert sum(report.importances.values()) == pytest.approx(1)
        assert store.read(folder).fitted.predict(table(label)).shape[0] == 600
    assert found[2][metric] == pytest.approx(found[1][metric], abs=0.03)


@elsewhere
def test_a_team_gives_the_same_file_each_time_and_everywhere(tmp_path: Path) -> None:
    for folder, hosts in ((tmp_path / "a", (HOST,)), (tmp_path / "b", NODES)):
        folder.mkdir()
        made = job(
            signature("lightgbm", Task.REGRESSION, "double"),
            table(amount, 1001),
            folder,
            team=Processes(3, hosts),
            options={"num_iterations": 200, "early_stopping_round": 3},
        )
        training.train(made, lambda progress: None)
    assert (tmp_path / "a" / "model.txt").read_text() == (tmp_path / "b" / "model.txt").read_text()


@elsewhere
def test_xgboost_gives_the_same_file_everywhere(tmp_path: Path) -> None:
    models = []
    for folder, hosts in ((tmp_path / "a", (HOST,)), (tmp_path / "b", NODES)):
        folder.mkdir()
        made = job(
            signature("xgboost", Task.REGRESSION, "double"),
            table(amount, 1001),
            folder,
            team=Threads(3, hosts),
        )
        training.train(made, lambda progress: None)
        models.append({file.name: file.read_bytes() for file in sorted(folder.iterdir())})
    assert models[0] == models[1]


@elsewhere
def test_a_member_is_reached_at_its_own_address_only() -> None:
    place = Member().place(NODES[0])
    with socket.create_server((place.host, place.port)):
        socket.create_connection((NODES[0], place.port), 5).close()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((HOST, place.port), 5)


def test_linear_trees_have_one_worker(tmp_path: Path) -> None:
    made = job(
        signature("lightgbm", Task.REGRESSION, "double"),
        table(amount),
        tmp_path,
        team=Processes(2),
        options={"linear_tree": True},
    )
    with pytest.raises(TrainingFailedError, match="linear_tree trains on one worker"):
        training.train(made, lambda progress: None)


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
