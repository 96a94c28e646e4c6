"""A service in a process of its own, and what the JVM says to it."""

from __future__ import annotations

import base64
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.flight as flight
import weft_ml_pb2 as pb

from weft_ml.settings import HOST, PROTOCOL

TOKEN = "secret"
STORE_BYTES = 100_000_000
ROWS = pa.RecordBatch.from_pydict({"x": list(range(500_000))})
SOURCES = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


class Service:
    """A running service."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self._client = flight.connect(f"grpc://{HOST}:{port}")

    def call(self, name: str, message: Any) -> pb.Reply:
        for reply in self.stream(name, message):
            return reply
        raise AssertionError("no reply")

    def events(self, name: str, message: Any) -> list[pb.Reply]:
        return list(self.stream(name, message))

    def stream(self, name: str, message: Any) -> Iterator[pb.Reply]:
        """Replies as they come."""
        headers = [(b"authorization", f"Bearer {TOKEN}".encode())]
        options = flight.FlightCallOptions(headers=headers)
        for result in self._client.do_action((name, message.SerializeToString()), options):
            yield pb.Reply.FromString(result.body.to_pybytes())

    def close(self) -> None:
        assert self.process.stdin is not None
        self._client.close()
        self.process.stdin.close()
        self.process.wait(20)


@contextlib.contextmanager
def started(environment: Mapping[str, str] = SOURCES, **others: str) -> Iterator[Service]:
    """A service with a folder of its own, which it takes away with it."""
    folder = Path("/tmp") / f"weft-test-{os.getpid()}"
    folder.mkdir(0o700)
    process = subprocess.Popen(
        [sys.executable, "-m", "weft_ml.service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    start = pb.Start(
        protocol=PROTOCOL,
        token=TOKEN,
        folder=str(folder),
        object_store_bytes=STORE_BYTES,
        **others,
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


def put(
    service: Service,
    upload: str,
    *,
    partition: int = 0,
    rows: pa.RecordBatch = ROWS,
    algorithm: str = "sklearn_ridge",
    **others: Any,
) -> pb.Receipt:
    """Sends some rows; ``others`` are fields of BeginUpload."""
    message = pb.BeginUpload(upload=upload, algorithm=algorithm, **others)
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
    """Makes rows count."""
    message = pb.CommitUpload(upload=upload, dataset="train", receipts=receipts)
    return service.call("commit_upload", message)
