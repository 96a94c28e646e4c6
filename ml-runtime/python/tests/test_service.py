"""The service with Ray behind it: one start for the whole module."""

from __future__ import annotations

import base64
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
import weft_ml_pb2 as pb

from tests.service import ROWS, STORE_BYTES, Service, commit, put, started
from weft_ml import listeners
from weft_ml.service import _settings as read_settings
from weft_ml.settings import PROTOCOL

pytestmark = pytest.mark.ray


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with started() as running:
        yield running


def test_another_protocol_is_refused(service: Service) -> None:
    reply = service.call("handshake", pb.Handshake(protocol=99))
    assert "Weft speaks 99" in reply.error.message


def test_versions_are_told(service: Service) -> None:
    reply = service.call("handshake", pb.Handshake(protocol=PROTOCOL))
    assert reply.hello.versions["ray"].startswith("2.")


def stats(service: Service) -> pb.Stats:
    return service.call("stats", pb.StatsRequest()).stats


def test_an_upload_is_held_until_it_is_cancelled(service: Service) -> None:
    receipt = put(service, "u")
    assert receipt.rows == ROWS.num_rows
    held = stats(service)
    assert (held.uploads, held.blocks, held.bytes) == (1, 1, ROWS.nbytes)
    assert {actor.role for actor in held.actors} == {"coordinator", "gateway"}
    service.call("cancel", pb.Cancel(upload="u"))
    assert nothing_is_held(service)


def test_an_upload_without_a_driver_disappears_after_its_lease(service: Service) -> None:
    put(service, "left", lease_seconds=1)
    assert nothing_is_held(service)
    assert "not renewed in time" in commit(service, "left").error.message


def test_rows_outlive_the_gateway_that_took_them(service: Service) -> None:
    receipt = put(service, "g")
    gateway = next(actor for actor in stats(service).actors if actor.role == "gateway")
    os.kill(gateway.pid, signal.SIGKILL)
    assert commit(service, "g", receipt).committed.rows == ROWS.num_rows
    # A second answer, since the first one may have been lost.
    assert commit(service, "g", receipt).committed.blocks == 1
    put(service, "h")
    again = next(actor for actor in stats(service).actors if actor.role == "gateway")
    assert again.pid != gateway.pid
    for upload in ("g", "h"):
        service.call("cancel", pb.Cancel(upload=upload))
    assert nothing_is_held(service)


def test_rows_do_not_outlive_the_coordinator(service: Service) -> None:
    receipt = put(service, "c")
    coordinator = next(a for a in stats(service).actors if a.role == "coordinator")
    os.kill(coordinator.pid, signal.SIGKILL)
    assert "run it again" in commit(service, "c", receipt).error.message
    assert commit(service, "c", put(service, "c")).committed.rows == ROWS.num_rows
    service.call("cancel", pb.Cancel(upload="c"))


def test_more_rows_than_the_store_holds_are_trained_on_and_said(
    service: Service, tmp_path: Path
) -> None:
    def part(number: int) -> pa.RecordBatch:
        values = [float(number * 40 + row) for row in range(40)]
        columns = {
            "x": pa.array(values),
            "y": pa.array([2 * value for value in values]),
            "pad": pa.array([os.urandom(50_000).hex() for _ in values]),
            "__weft_order": pa.array([int(value) * 7919 % 1607 for value in values]),
        }
        return pa.RecordBatch.from_pydict(columns)

    receipts = [put(service, "large", partition=n, rows=part(n)) for n in range(40)]
    assert commit(service, "large", *receipts).committed.bytes > 1.5 * STORE_BYTES
    feature = pb.Feature(name="x", type="double", kind=pb.NUMBER)
    signature = pb.Signature(
        algorithm="sklearn_ridge",
        task=pb.REGRESSION,
        features=[feature],
        label="y",
        label_type="double",
    )
    train = pb.Train(upload="large", model="m", signature=signature, folder=str(tmp_path), seed=1)
    trained = service.events("train", train)[-1].trained
    assert trained.rows == 1600
    assert any("Ray's object store holds 100 MB" in said for said in trained.warnings)
    assert nothing_is_held(service)


def test_another_protocol_ends_the_service_at_once() -> None:
    line = base64.b64encode(pb.Start(protocol=99).SerializeToString()).decode()
    with pytest.raises(SystemExit, match=f"speaks protocol {PROTOCOL}, and Weft speaks 99"):
        read_settings(line)


def test_uploads_that_are_given_up_leave_nothing(service: Service, full: bool) -> None:
    give_up(service, "warm")
    before = resident(service)
    for number in range(200 if full else 40):
        give_up(service, f"n{number}")
    assert nothing_is_held(service)
    assert resident(service) - before < 64 << 20


def give_up(service: Service, upload: str) -> None:
    put(service, upload)
    service.call("cancel", pb.Cancel(upload=upload))


def resident(service: Service) -> int:
    """The bytes of memory of their own that coordinator and gateway have."""
    total = 0
    for actor in stats(service).actors:
        pages = Path(f"/proc/{actor.pid}/statm").read_text().split()
        total += (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")
    return total


def nothing_is_held(service: Service) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        held = stats(service)
        if (held.uploads, held.blocks, held.bytes) == (0, 0, 0):
            return True
        time.sleep(0.1)
    return False


def test_more_gpus_than_there_are_are_refused(service: Service) -> None:
    reply = service.call("begin_upload", pb.BeginUpload(upload="g", gpus=64))
    assert "USING GPU 64 asks for more than" in reply.error.message


def test_a_model_that_is_not_there_is_corrupt(service: Service) -> None:
    reply = service.call("open_model", pb.OpenModel(name="m", version=1, folder="/nowhere"))
    assert reply.error.code == pb.Error.MODEL_CORRUPT


def test_an_unknown_action_is_refused(service: Service) -> None:
    assert "dance" in service.call("dance", pb.Done()).error.message


def test_nothing_listens_beyond_loopback(service: Service) -> None:
    service.call("begin_upload", pb.BeginUpload(upload="l", algorithm="sklearn_ridge"))
    assert listeners.exposed(service.process.pid) == []
