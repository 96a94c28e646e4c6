"""Batches in memory of a client: read in place, answered in place, or as ever."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
import weft_ml_pb2 as pb

from weft_ml.shared_memory import SharedBatches

SLOT = 1 << 16
SLOTS = 8
SCHEMA = pa.schema([("x", pa.float64()), ("city", pa.string())])


class Client:
    """The other side, by files instead of maps."""

    def __init__(self, path: Path, size: int = SLOT * SLOTS) -> None:
        self.path = path
        path.write_bytes(bytes(size))

    def offer(self) -> pb.Sharing:
        segment = pb.Segment(path=str(self.path), slot_bytes=SLOT, slots=SLOTS)
        return pb.Sharing(segment=segment)

    def put(self, slot: int, batch: pa.RecordBatch) -> pb.Sharing:
        message = batch.serialize().to_pybytes()
        with self.path.open("r+b") as file:
            file.seek(slot * SLOT)
            file.write(message)
        return pb.Sharing(region=pb.Region(slot=slot, bytes=len(message)))

    def get(self, said: pb.Sharing) -> pa.RecordBatch:
        start = said.region.slot * SLOT + said.region.offset
        message = self.path.read_bytes()[start : start + said.region.bytes]
        return pa.ipc.read_record_batch(pa.py_buffer(message), SCHEMA)


def batch(start: int, rows: int = 100) -> pa.RecordBatch:
    numbers = range(start, start + rows)
    return pa.record_batch([[float(n) for n in numbers], [f"city {n}" for n in numbers]], SCHEMA)


def take(shared: SharedBatches, sharing: pb.Sharing | None, data: Any = None) -> pa.RecordBatch:
    frame = pb.Frame(sharing=sharing)
    return shared.received(frame, SimpleNamespace(data=data), SCHEMA)


def test_batches_come_and_go_in_slots(tmp_path: Path) -> None:
    client, shared = Client(tmp_path / "memory"), SharedBatches()
    assert take(shared, client.offer(), batch(0)).equals(batch(0))
    said, elsewhere = shared.answer(batch(7))
    assert said is not None
    assert elsewhere
    assert said.state == pb.Sharing.MAPPED
    assert said.region.slot >= SLOTS // 2
    assert client.get(said).equals(batch(7))

    found = take(shared, client.put(2, batch(500)))
    assert found.equals(batch(500))
    said, _ = shared.answer(batch(8))
    assert said is not None
    assert said.state == pb.Sharing.UNKNOWN
    assert list(said.free) == []


def test_a_slot_is_free_when_nothing_looks_into_it(tmp_path: Path) -> None:
    client, shared = Client(tmp_path / "memory"), SharedBatches()
    take(shared, client.offer(), batch(0))
    found = take(shared, client.put(1, batch(500)))
    column = found.column("x").slice(10, 5)
    del found
    said, _ = shared.answer(batch(8))
    assert said is not None
    assert list(said.free) == []
    assert column.to_pylist() == [510.0, 511.0, 512.0, 513.0, 514.0]
    del column
    said, _ = shared.answer(batch(8))
    assert said is not None
    assert list(said.free) == [1]


def test_without_a_free_slot_answers_go_as_ever(tmp_path: Path) -> None:
    client, shared = Client(tmp_path / "memory"), SharedBatches()
    take(shared, client.offer(), batch(0))
    used = [shared.answer(batch(n)) for n in range(SLOTS // 2)]
    assert all(elsewhere for _, elsewhere in used)
    said, elsewhere = shared.answer(batch(9))
    assert said is not None
    assert not elsewhere
    assert not said.HasField("region")
    first = used[0][0]
    assert first is not None
    take(shared, pb.Sharing(free=[first.region.slot]), batch(0))
    again, elsewhere = shared.answer(batch(10))
    assert again is not None
    assert elsewhere
    assert again.region.slot == first.region.slot
    assert client.get(again).equals(batch(10))


def test_an_answer_that_is_too_long_goes_as_ever(tmp_path: Path) -> None:
    client, shared = Client(tmp_path / "memory"), SharedBatches()
    take(shared, client.offer(), batch(0))
    _, elsewhere = shared.answer(batch(0, rows=5000))
    assert not elsewhere
    _, elsewhere = shared.answer(batch(0))
    assert elsewhere


@pytest.mark.parametrize("what", ["missing", "short", "link"])
def test_what_cannot_be_mapped_is_refused_once(what: str, tmp_path: Path) -> None:
    client = Client(tmp_path / "memory", 10 if what == "short" else SLOT * SLOTS)
    if what == "missing":
        client.path.unlink()
    if what == "link":
        client.path.rename(tmp_path / "elsewhere")
        client.path.symlink_to(tmp_path / "elsewhere")
    shared = SharedBatches()
    assert take(shared, client.offer(), batch(0)).equals(batch(0))
    said, elsewhere = shared.answer(batch(1))
    assert said is not None
    assert said.state == pb.Sharing.REFUSED
    assert not elsewhere
    assert shared.answer(batch(1)) == (None, False)


def test_a_region_outside_of_the_clients_half_is_an_error(tmp_path: Path) -> None:
    client, shared = Client(tmp_path / "memory"), SharedBatches()
    take(shared, client.offer(), batch(0))
    for region in (
        pb.Region(slot=SLOTS // 2, bytes=10),
        pb.Region(slot=0, bytes=SLOT + 1),
        pb.Region(slot=0, offset=SLOT - 4, bytes=10),
    ):
        with pytest.raises(ValueError, match="outside of the shared memory"):
            take(shared, pb.Sharing(region=region))


def test_without_an_offer_nothing_is_said() -> None:
    shared = SharedBatches()
    assert take(shared, None, batch(0)).equals(batch(0))
    assert shared.answer(batch(1)) == (None, False)
