"""Teams whose members are on two nodes: one start of Ray for the whole module.

The second node has an address of its own, where nothing of the first one is found.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import weft_ml_pb2 as pb

from tests import data, nodes
from tests.nodes import Nodes
from tests.service import SOURCES, Service, commit, put, started
from tests.test_team import Local, Processes, Threads
from weft_ml import training
from weft_ml.settings import HOST
from weft_ml.signature import Task

pytestmark = [
    pytest.mark.ray,
    pytest.mark.skipif(sys.platform != "linux", reason="needs /proc and two loopback addresses"),
]
OTHER = "127.0.0.2"
ROUNDS = {"lightgbm": "num_iterations", "xgboost": "num_boost_round", "torch_mlp": "epochs"}
TEAMS = [pytest.param(name, marks=data.needs(name)) for name in ROUNDS]
MANY = 1_000_000
# So many that members are still at work when they are looked for.
SOME = 400
DROPOUT = 0.2
TABLE = data.table(data.amount, 3000)
SECONDS_TO_SAY = 8.0
# Ray waits for a node that does not answer, and the workers then wait for CPUs.
SECONDS_TO_GO_ON = 90.0
LOST = "when one of the 2 workers was lost: the actor was killed (SIGKILL)"


@pytest.fixture(scope="module")
def ray() -> Iterator[Nodes]:
    with nodes.several(OTHER) as found:
        yield found


@pytest.fixture(scope="module")
def service(ray: Nodes) -> Iterator[Service]:
    with started(SOURCES, ray_address=ray.address, ray_token_file=ray.token_file) as found:
        yield found


def train(
    service: Service,
    name: str,
    folder: Path,
    rounds: int,
    workers: int = 2,
    gpus: float = 0,
) -> Iterator[pb.Reply]:
    """The events of a training."""
    options = {ROUNDS[name]: pb.Value(integer=rounds)}
    if name == "torch_mlp":
        # What each worker draws for itself.
        options["dropout"] = pb.Value(number=DROPOUT)
    upload = str(folder)
    rows = TABLE.combine_chunks().to_batches()[0]
    receipt = put(service, upload, rows=rows, algorithm=name, workers=workers, gpus=gpus)
    assert commit(service, upload, receipt).committed.rows == rows.num_rows
    features = [pb.Feature(name=f.name, type=f.type, kind=f.kind.name) for f in data.FEATURES]
    signature = pb.Signature(
        algorithm=name, task=pb.REGRESSION, features=features, label="y", label_type="double"
    )
    request = pb.Train(
        upload=upload,
        model="m",
        signature=signature,
        options=options,
        split=0.25,
        seed=7,
        folder=str(folder),
        workers=workers,
    )
    try:
        yield from service.stream("train", request)
    finally:
        service.call("cancel", pb.Cancel(upload=upload))


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def here(name: str, folder: Path, rounds: int, workers: int) -> dict[str, bytes]:
    """The model of a team whose members are all on this machine, without Ray."""
    folder.mkdir()
    kind: type[Local] = Threads if name == "xgboost" else Processes
    made = data.job(
        data.signature(name, Task.REGRESSION, "double"),
        TABLE,
        folder,
        team=kind(workers),
        options={ROUNDS[name]: rounds, **({"dropout": DROPOUT} if name == "torch_mlp" else {})},
        seed=7,
    )
    training.train(made, lambda progress: None)
    return files(folder)


@pytest.mark.parametrize("name", TEAMS)
def test_a_team_of_two_nodes_learns_what_one_of_this_machine_learns(
    name: str, ray: Nodes, service: Service, tmp_path: Path
) -> None:
    (tmp_path / "nodes").mkdir()
    events = train(service, name, tmp_path / "nodes", SOME)
    next(events)
    members = ray.actors("NodeMember")
    last = list(events)[-1]
    assert last.trained.rows == 2250, last.error.message
    assert sorted(members.values()) == [HOST, OTHER]
    assert nodes.ended(list(members), 5)
    assert files(tmp_path / "nodes") == here(name, tmp_path / "here", SOME, 2)


def test_more_workers_than_cpus_do_not_wait(ray: Nodes, service: Service, tmp_path: Path) -> None:
    events = train(service, "xgboost", tmp_path, SOME, workers=4)
    next(events)
    members = ray.actors("NodeMember")
    assert list(events)[-1].trained.rows == 2250
    assert sorted(members.values()) == [HOST, HOST, OTHER, OTHER]


def test_each_worker_has_its_gpu(ray: Nodes, service: Service, tmp_path: Path) -> None:
    """Ray only counts them here; the trainer, which has no use for any, would take them all."""
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        last = list(train(service, "xgboost", folder, 5, gpus=2))[-1]
        assert last.trained.rows == 2250, last.error.message


def at_work(
    ray: Nodes, events: Iterator[pb.Reply], event: Callable[[dict[int, str]], None]
) -> tuple[list[int], pb.Error, float]:
    """The members of a team, how its training ends after an event, and how many seconds later."""
    assert next(events).iteration.done
    members = ray.actors("NodeMember")
    assert sorted(members.values()) == [HOST, OTHER]
    event(members)
    begun = time.monotonic()
    last = list(events)[-1]
    assert last.HasField("error")
    return list(members), last.error, time.monotonic() - begun


def kill_one(members: dict[int, str]) -> None:
    """The one that is not where the service is."""
    os.kill(next(process for process, host in members.items() if host == OTHER), signal.SIGKILL)


@pytest.mark.parametrize("name", TEAMS)
def test_a_member_that_is_killed_makes_no_difference(
    name: str, ray: Nodes, service: Service, tmp_path: Path
) -> None:
    folder = tmp_path / "nodes"
    folder.mkdir()
    events = train(service, name, folder, 300)
    next(event for event in events if event.iteration.done > 2)
    members = ray.actors("NodeMember")
    kill_one(members)
    next(events)
    last = list(events)[-1]
    assert last.trained.rows == 2250, last.error.message
    how = "went on after epoch " if name == "torch_mlp" else "began again "
    (warning,) = last.trained.warnings
    assert warning.startswith(f"training {how}")
    assert LOST in warning
    assert nodes.ended([*members, *ray.actors("NodeMember")], 5)
    assert files(folder) == here(name, tmp_path / "here", 300, 2)


@pytest.mark.parametrize("name", TEAMS)
def test_members_that_are_killed_each_time_are_said(
    name: str, ray: Nodes, service: Service, tmp_path: Path
) -> None:
    events = train(service, name, tmp_path, MANY)
    assert next(events).iteration.done
    seen: set[int] = set()
    done = threading.Event()

    def kill() -> None:
        while not done.wait(0.01):
            members = ray.actors("NodeMember")
            seen.update(members)
            for process in members:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)

    killing = threading.Thread(target=kill)
    killing.start()
    last = list(events)[-1]
    done.set()
    killing.join()
    times = 3 if name == "torch_mlp" else 2
    assert f"one of the 2 workers was lost {times} times in a row: the actor " in last.error.message
    assert last.error.retryable
    assert nodes.ended([*seen, *ray.actors("NodeMember")], 5)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wait", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("name", TEAMS)
def test_cancelling_ends_members_that_are_starting(
    name: str, wait: float, ray: Nodes, service: Service, tmp_path: Path, full: bool
) -> None:
    """At several moments between the loss and the first steps of the new members."""
    if name != "lightgbm" and not full:
        pytest.skip("with -Pfull only")

    def cancel(members: dict[int, str]) -> None:
        kill_one(members)
        time.sleep(wait)
        service.call("cancel", pb.Cancel(upload=str(tmp_path)))
        assert nodes.ended([*members, *ray.actors("NodeMember")], 2)

    _, error, _ = at_work(ray, train(service, name, tmp_path, MANY), cancel)
    assert error.code == pb.Error.CANCELLED
    time.sleep(1)
    assert ray.actors("NodeMember") == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", TEAMS)
def test_cancelling_ends_all_members(
    name: str, ray: Nodes, service: Service, tmp_path: Path
) -> None:
    def cancel(members: dict[int, str]) -> None:
        service.call("cancel", pb.Cancel(upload=str(tmp_path)))
        assert nodes.ended(list(members), 2)

    _, error, _ = at_work(ray, train(service, name, tmp_path, MANY), cancel)
    assert error.code == pb.Error.CANCELLED
    # Ray tells what is free some time later.
    deadline = time.monotonic() + 10
    while (free := ray.free("CPU")) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert free == 2


@contextlib.contextmanager
def without_other(ray: Nodes) -> Iterator[None]:
    """While a node is lost."""
    ray.lose(OTHER)
    try:
        yield
    finally:
        ray.add(OTHER)


def led_from(host: str, ray: Nodes, service: Service, name: str, folder: Path) -> Any:
    """The events of a training whose trainer is on a node, and its folder; Ray puts it on any."""
    for attempt in range(20):
        own = folder / str(attempt)
        own.mkdir()
        events: Any = train(service, name, own, 400)
        next(events)
        actors = service.call("stats", pb.StatsRequest()).stats.actors
        trainer = next(actor.pid for actor in actors if actor.role == "trainer")
        if ray.actors("TeamTrainer")[trainer] == host:
            return events, own
        events.close()
    raise AssertionError(f"no trainer at {host}")


@pytest.mark.parametrize("name", TEAMS)
def test_a_node_that_is_lost_makes_no_difference(
    name: str, ray: Nodes, service: Service, tmp_path: Path, full: bool
) -> None:
    """Both members end up where the trainer is, and share its CPU."""
    if name != "lightgbm" and not full:
        pytest.skip("with -Pfull only")
    events, folder = led_from(HOST, ray, service, name, tmp_path)
    with without_other(ray):
        begun = time.monotonic()
        last = list(events)[-1]
        assert last.trained.rows == 2250, last.error.message
        assert time.monotonic() - begun < SECONDS_TO_GO_ON
        assert "one of the 2 workers was lost" in last.trained.warnings[0]
        assert files(folder) == here(name, tmp_path / "here", 400, 2)
        assert nodes.ended(list(ray.actors("NodeMember")), 5)


def test_cancelling_ends_members_that_wait_for_a_lost_node(
    ray: Nodes, service: Service, tmp_path: Path, full: bool
) -> None:
    """Ray takes it for one that lives still, and starts none of them there once it does not."""
    if not full:
        pytest.skip("with -Pfull only")
    events, folder = led_from(HOST, ray, service, "lightgbm", tmp_path)
    with without_other(ray):
        time.sleep(4)
        members = ray.actors("NodeMember")
        service.call("cancel", pb.Cancel(upload=str(folder)))
        assert nodes.ended(list(members), 2)
        assert list(events)[-1].error.code == pb.Error.CANCELLED
        time.sleep(30)
        assert ray.actors("NodeMember") == {}


@pytest.mark.parametrize("name", TEAMS)
def test_a_lost_node_that_had_the_trainer_is_said(
    name: str, ray: Nodes, service: Service, tmp_path: Path, full: bool
) -> None:
    if not full:
        pytest.skip("with -Pfull only")
    events, _ = led_from(OTHER, ray, service, name, tmp_path)
    members = list(ray.actors("NodeMember"))
    with without_other(ray):
        begun = time.monotonic()
        error = list(events)[-1].error
        assert time.monotonic() - begun < SECONDS_TO_SAY
        assert "the actor died; run it again" in error.message
        assert error.retryable
        # Members whose trainer was lost are ended when Ray gives up its node.
        assert nodes.ended(members, 30)
