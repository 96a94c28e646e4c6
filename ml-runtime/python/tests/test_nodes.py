"""Teams whose members are on two nodes: one start of Ray for the whole module.

The second node has an address of its own, where nothing of the first one is found.
"""

from __future__ import annotations

import os
import signal
import sys
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
TABLE = data.table(data.amount, 3000)
SECONDS_TO_SAY = 8.0


@pytest.fixture(scope="module")
def ray() -> Iterator[Nodes]:
    with nodes.several(OTHER) as found:
        yield found


@pytest.fixture(scope="module")
def service(ray: Nodes) -> Iterator[Service]:
    with started(SOURCES, ray_address=ray.address, ray_token_file=ray.token_file) as found:
        yield found


def train(
    service: Service, name: str, folder: Path, rounds: int, workers: int = 2, gpus: float = 0
) -> Iterator[pb.Reply]:
    """The events of a training."""
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
        options={ROUNDS[name]: pb.Value(integer=rounds)},
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
        options={ROUNDS[name]: rounds},
        seed=7,
    )
    training.train(made, lambda progress: None)
    return files(folder)


@pytest.mark.parametrize("name", TEAMS)
def test_a_team_of_two_nodes_learns_what_one_of_this_machine_learns(
    name: str, ray: Nodes, service: Service, tmp_path: Path
) -> None:
    (tmp_path / "nodes").mkdir()
    events = train(service, name, tmp_path / "nodes", 20)
    next(events)
    members = ray.actors("NodeMember")
    last = list(events)[-1]
    assert last.trained.rows == 2250, last.error.message
    assert sorted(members.values()) == [HOST, OTHER]
    assert nodes.ended(list(members), 5)
    assert files(tmp_path / "nodes") == here(name, tmp_path / "here", 20, 2)


def test_more_workers_than_cpus_do_not_wait(ray: Nodes, service: Service, tmp_path: Path) -> None:
    events = train(service, "xgboost", tmp_path, 20, workers=4)
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


@pytest.mark.parametrize("name", TEAMS)
def test_a_member_that_is_killed_is_said(
    name: str, ray: Nodes, service: Service, tmp_path: Path
) -> None:
    def kill(members: dict[int, str]) -> None:
        os.kill(next(process for process, host in members.items() if host == OTHER), signal.SIGKILL)

    members, error, seconds = at_work(ray, train(service, name, tmp_path, MANY), kill)
    assert "one of the 2 workers was lost: the actor was killed (SIGKILL)" in error.message
    assert error.retryable
    assert seconds < SECONDS_TO_SAY
    assert nodes.ended(members, 5)
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


def led_from(host: str, ray: Nodes, service: Service, name: str, folder: Path) -> Any:
    """The events of a training whose trainer is on a node; Ray puts it on any."""
    for attempt in range(20):
        (folder / str(attempt)).mkdir()
        events: Any = train(service, name, folder / str(attempt), MANY)
        next(events)
        actors = service.call("stats", pb.StatsRequest()).stats.actors
        trainer = next(actor.pid for actor in actors if actor.role == "trainer")
        if ray.actors("TeamTrainer")[trainer] == host:
            return events
        events.close()
    raise AssertionError(f"no trainer at {host}")


@pytest.mark.parametrize("leader", [HOST, OTHER])
@pytest.mark.parametrize("name", TEAMS)
def test_a_node_that_is_lost_is_said(
    name: str, leader: str, ray: Nodes, service: Service, tmp_path: Path, full: bool
) -> None:
    if (name, leader) != ("lightgbm", HOST) and not full:
        pytest.skip("with -Pfull only")
    events = led_from(leader, ray, service, name, tmp_path)
    members, error, seconds = at_work(ray, events, lambda _: ray.lose(OTHER))
    said = "one of the 2 workers was lost" if leader == HOST else "the actor died; run it again"
    assert said in error.message
    assert error.retryable
    assert seconds < SECONDS_TO_SAY
    # Members whose trainer was lost are ended when Ray gives up its node.
    assert nodes.ended(members, 5 if leader == HOST else 30)
    ray.add(OTHER)
