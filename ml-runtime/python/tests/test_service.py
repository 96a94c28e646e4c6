"""The service with Ray behind it: one start for the whole module."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.flight as flight
import pytest
import weft_ml_pb2 as pb

from weft_ml import listeners
from weft_ml.service import _settings as read_settings
from weft_ml.settings import PROTOCOL

pytestmark = pytest.mark.ray
TOKEN = "secret"
STORE_BYTES = 100_000_000


class Service:
    """A running service."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self._client = flight.connect(f"grpc://127.0.0.1:{port}")

    def call(self, name: str, message: Any) -> pb.Reply:
        headers = [(b"authorization", f"Bearer {TOKEN}".encode())]
        options = flight.FlightCallOptions(headers=headers)
        for result in self._client.do_action((name, message.SerializeToString()), options):
            return pb.Reply.FromString(result.body.to_pybytes())
        raise AssertionError("no reply")

    def events(self, name: str, message: Any) -> list[pb.Reply]:
        headers = [(b"authorization", f"Bearer {TOKEN}".encode())]
        options = flight.FlightCallOptions(headers=headers)
        results = self._client.do_action((name, message.SerializeToString()), options)
        return [pb.Reply.FromString(result.body.to_pybytes()) for result in results]

    def close(self) -> None:
        assert self.process.stdin is not None
        self._client.close()
        self.process.stdin.close()
        self.process.wait(20)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = Path("/tmp") / f"weft-test-{os.getpid()}"
    folder.mkdir(0o700)
    process = subprocess.Popen(
        [sys.executable, "-m", "weft_ml.service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    start = pb.Start(
        protocol=PROTOCOL, token=TOKEN, folder=str(folder), object_store_bytes=STORE_BYTES
    )
    process.stdin.write(base64.b64encode(start.SerializeToString()).decode() + "\n")
    process.stdin.flush()
    word, ready = process.stdout.readline().split()
    assert word == "ready"
    process.stdout.close()
    running = Service(process, pb.Ready.FromString(base64.b64decode(ready)).port)
    yield running
    running.close()
    deadline = time.monotonic() + 10
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not folder.exists()


def test_another_protocol_is_refused(service: Service) -> None:
    reply = service.call("handshake", pb.Handshake(protocol=99))
    assert "Weft speaks 99" in reply.error.message


def test_versions_are_told(service: Service) -> None:
    reply = service.call("handshake", pb.Handshake(protocol=PROTOCOL))
    assert reply.hello.versions["ray"].startswith("2.")


def stats(service: Service) -> pb.Stats:
    return service.call("stats", pb.StatsRequest()).stats


ROWS = pa.RecordBatch.from_pydict({"x": list(range(500_000))})


def put(
    service: Service,
    upload: str,
    lease: int = 0,
    partition: int = 0,
    rows: pa.RecordBatch = ROWS,
) -> pb.Receipt:
    """Sends some megabytes."""
    message = pb.BeginUpload(upload=upload, algorithm="sklearn_ridge", lease_seconds=lease)
    place = service.call("begin_upload", message).uploads.endpoint
    headers = [(b"authorization", f"Bearer {place.token}".encode())]
    descriptor = flight.FlightDescriptor.for_command(
        pb.PutPartition(
            upload=upload, dataset="train", partition=partition, attempt=1
        ).SerializeToString()
    )
    with flight.connect(f"grpc://{place.host}:{place.port}") as client:
        options = flight.FlightCallOptions(headers=headers)
        writer, reader = client.do_put(descriptor, rows.schema, options)
        with writer:
            frame = pb.Frame(rows=rows.num_rows)
            writer.write_with_metadata(rows, frame.SerializeToString())
            last = pb.Frame(last=True, batches=1, rows=rows.num_rows)
            writer.write_metadata(last.SerializeToString())
            writer.done_writing()
            return pb.PutReply.FromString(reader.read().to_pybytes()).receipt


def commit(service: Service, upload: str, *receipts: pb.Receipt) -> pb.Reply:
    message = pb.CommitUpload(upload=upload, dataset="train", receipts=receipts)
    return service.call("commit_upload", message)


def test_an_upload_is_held_until_it_is_cancelled(service: Service) -> None:
    receipt = put(service, "u")
    assert receipt.rows == ROWS.num_rows
    held = stats(service)
    assert (held.uploads, held.blocks, held.bytes) == (1, 1, ROWS.nbytes)
    assert {actor.role for actor in held.actors} == {"coordinator", "gateway"}
    service.call("cancel", pb.Cancel(upload="u"))
    assert nothing_is_held(service)


def test_an_upload_without_a_driver_disappears_after_its_lease(service: Service) -> None:
    put(service, "left", lease=1)
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
