"""Two-phase commit, leases and who owns what, without Ray."""

from __future__ import annotations

import pyarrow as pa
import pytest

from weft_ml.coordinator import Block, Coordinator
from weft_ml.errors import TrainingFailedError
from weft_ml.rows import Rows
from weft_ml.staging import Key

SCHEMA = pa.schema([("x", pa.int64())])
BYTES = SCHEMA.serialize().to_pybytes()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def coordinator(clock: Clock) -> Coordinator:
    made = Coordinator(clock)
    made.begin("u", 10)
    return made


def table(*values: int) -> pa.Table:
    return pa.table({"x": pa.array(values, pa.int64())})


def send(to: Coordinator, key: Key, *tables: pa.Table, schema: bytes = BYTES) -> None:
    for number, rows in enumerate(tables):
        to.keep("u", key, number, Block(rows, rows.num_rows, rows.nbytes))
    to.end("u", key, sum(rows.num_rows for rows in tables), schema)


def values(to: Coordinator, store_bytes: int = 0) -> list[int]:
    rows = Rows(to.committed("u"), lambda reference: reference, store_bytes).table("train")
    found: list[int] = rows.column("x").to_pylist()
    return found


def test_only_the_attempts_that_the_driver_names_count(coordinator: Coordinator) -> None:
    send(coordinator, Key("train", 1, 12), table(3))
    send(coordinator, Key("train", 0, 10), table(1), table(2))
    send(coordinator, Key("train", 0, 11), table(1), table(2))
    coordinator.commit("u", "train", {Key("train", 0, 11): 2, Key("train", 1, 12): 1})
    assert values(coordinator) == [1, 2, 3]
    assert coordinator.held()[:2] == (1, 3)


def test_a_commit_that_comes_again_gives_the_same(coordinator: Coordinator) -> None:
    send(coordinator, Key("train", 0, 1), table(1))
    counts = {Key("train", 0, 1): 1}
    assert coordinator.commit("u", "train", counts) == coordinator.commit("u", "train", counts)
    with pytest.raises(TrainingFailedError, match="were committed already"):
        coordinator.commit("u", "train", {Key("train", 0, 2): 1})


def test_an_attempt_that_is_sent_again_replaces_itself(coordinator: Coordinator) -> None:
    coordinator.keep("u", Key("train", 0, 1), 0, Block(table(9), 1, 8))
    send(coordinator, Key("train", 0, 1), table(1))
    coordinator.commit("u", "train", {Key("train", 0, 1): 1})
    assert values(coordinator) == [1]


@pytest.mark.parametrize("ended", [False, True])
def test_what_did_not_arrive_whole_is_named(coordinator: Coordinator, ended: bool) -> None:
    send(coordinator, Key("train", 0, 1), table(1))
    coordinator.keep("u", Key("train", 1, 2), 0, Block(table(2), 1, 8))
    if ended:
        coordinator.end("u", Key("train", 1, 2), 1, BYTES)
    counts = {Key("train", 0, 1): 1, Key("train", 1, 2): 5, Key("train", 7, 3): 1}
    with pytest.raises(TrainingFailedError, match="partition 1, 7 of the rows did not arrive"):
        coordinator.commit("u", "train", counts)


def test_blocks_that_come_twice_or_not_at_all_are_refused(coordinator: Coordinator) -> None:
    key = Key("train", 0, 1)
    coordinator.keep("u", key, 0, Block(table(1), 1, 8))
    with pytest.raises(TrainingFailedError, match="lost or came twice"):
        coordinator.keep("u", key, 2, Block(table(1), 1, 8))
    with pytest.raises(TrainingFailedError, match="3 rows were sent and 1 arrived"):
        coordinator.end("u", key, 3, BYTES)


def test_partitions_with_other_columns_are_refused(coordinator: Coordinator) -> None:
    other = pa.schema([("y", pa.int64())]).serialize().to_pybytes()
    send(coordinator, Key("train", 0, 1), table(1))
    send(coordinator, Key("train", 1, 2), table(1), schema=other)
    with pytest.raises(TrainingFailedError, match="different columns"):
        coordinator.commit("u", "train", {Key("train", 0, 1): 1, Key("train", 1, 2): 1})


def test_partitions_without_rows_still_have_columns(coordinator: Coordinator) -> None:
    send(coordinator, Key("train", 0, 1))
    coordinator.commit("u", "train", {Key("train", 0, 1): 0})
    assert values(coordinator) == []


def test_an_upload_that_nobody_renews_disappears(coordinator: Coordinator, clock: Clock) -> None:
    send(coordinator, Key("train", 0, 1), table(1))
    clock.now = 9
    coordinator.renew("u")
    clock.now = 18
    assert coordinator.sweep() == []
    clock.now = 19
    assert coordinator.sweep() == ["u"]
    assert coordinator.held() == (0, 0, 0)
    with pytest.raises(TrainingFailedError, match="not renewed in time"):
        coordinator.renew("u")
    with pytest.raises(TrainingFailedError, match="not renewed in time"):
        send(coordinator, Key("train", 0, 2))


def test_a_data_set_that_was_committed_disappears_too(
    coordinator: Coordinator, clock: Clock
) -> None:
    send(coordinator, Key("train", 0, 1), table(1))
    coordinator.commit("u", "train", {Key("train", 0, 1): 1})
    clock.now = 11
    coordinator.sweep()
    assert coordinator.held() == (0, 0, 0)


def test_rows_that_are_more_than_the_store_are_copied_and_said(coordinator: Coordinator) -> None:
    send(coordinator, Key("train", 0, 1), table(*range(100)), table(*range(100)))
    coordinator.commit("u", "train", {Key("train", 0, 1): 200})
    assert values(coordinator, store_bytes=1000) == [*range(100), *range(100)]
    larger = Rows(coordinator.committed("u"), lambda reference: reference, 1_000)
    assert "kept on disk" in larger.warnings()[0]
    assert Rows(coordinator.committed("u"), lambda reference: reference, 9_000).warnings() == []
