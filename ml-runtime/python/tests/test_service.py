"""The service with Ray behind it: one start for the whole module."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.flight as flight
import pytest
import weft_ml_pb2 as pb

from weft_ml import listeners
from weft_ml.settings import PROTOCOL

pytestmark = pytest.mark.ray
TOKEN = "secret"


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
        protocol=PROTOCOL, token=TOKEN, folder=str(folder), object_store_bytes=100_000_000
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


def test_an_upload_has_an_actor_until_it_is_cancelled(service: Service) -> None:
    upload = pb.BeginUpload(upload="u", algorithm="sklearn_ridge")
    assert service.call("begin_upload", upload).uploads.endpoint.port > 0
    assert len(service.call("stats", pb.StatsRequest()).stats.actors) == 1
    service.call("cancel", pb.Cancel(upload="u"))
    assert len(service.call("stats", pb.StatsRequest()).stats.actors) == 0


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
