"""The data servers over real Flight calls, without Ray."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.flight as flight
import pytest
import weft_ml_pb2 as pb

from tests.data import job, late, signature, table
from weft_ml import store, training
from weft_ml.answers import Answers
from weft_ml.coordinator import Block, Coordinator
from weft_ml.errors import TrainingFailedError
from weft_ml.gateway import Gateway
from weft_ml.predictor import PredictorServer
from weft_ml.put_server import PutServer
from weft_ml.signature import Task
from weft_ml.staging import Key, Staging

TOKEN = "secret"
ROWS = table(late, 100)
KEY = Key("train", 0, 1)


def options(token: str) -> flight.FlightCallOptions:
    return flight.FlightCallOptions(headers=[(b"authorization", f"Bearer {token}".encode())])


@pytest.fixture
def staging() -> Staging:
    return Staging()


@pytest.fixture
def trainer(staging: Staging) -> Iterator[flight.FlightClient]:
    with PutServer(TOKEN, staging) as server, _client(server) as client:
        yield client


@pytest.fixture
def predictor(tmp_path: Path) -> Iterator[flight.FlightClient]:
    sig = signature("lightgbm", Task.CLASSIFICATION, "boolean")
    training.train(job(sig, table(late), tmp_path), lambda progress: None)
    answers = Answers(store.read(tmp_path))
    with PredictorServer(TOKEN, answers, sig) as server, _client(server) as client:
        yield client


def _client(server: Any) -> flight.FlightClient:
    return flight.connect(f"grpc://127.0.0.1:{server.port}")


def put(client: flight.FlightClient, frames: list[pb.Frame], token: str = TOKEN) -> pb.PutReply:
    descriptor = flight.FlightDescriptor.for_command(
        pb.PutPartition(dataset="train", partition=0, attempt=1).SerializeToString()
    )
    writer, reader = client.do_put(descriptor, ROWS.schema, options(token))
    with writer:
        for frame in frames:
            if frame.last:
                writer.write_metadata(frame.SerializeToString())
            else:
                writer.write_with_metadata(ROWS.to_batches()[0], frame.SerializeToString())
        writer.done_writing()
        return pb.PutReply.FromString(reader.read().to_pybytes())


def test_a_whole_stream_is_staged(trainer: flight.FlightClient, staging: Staging) -> None:
    reply = put(trainer, [pb.Frame(rows=100), pb.Frame(last=True, batches=1, rows=100)])
    assert reply.receipt == pb.Receipt(attempt=1, rows=100, batches=1)
    assert staging.commit({KEY: 100}, "train").num_rows == 100


@pytest.mark.parametrize(
    ("frames", "words"),
    [
        ([pb.Frame(rows=100)], "cut before its end"),
        ([pb.Frame(rows=100), pb.Frame(last=True, batches=2, rows=100)], "100 rows were sent"),
        ([pb.Frame(rows=99)], "lost or came twice"),
        ([pb.Frame(sequence=1, rows=100)], "lost or came twice"),
    ],
)
def test_a_stream_with_holes_is_refused(
    trainer: flight.FlightClient, staging: Staging, frames: list[pb.Frame], words: str
) -> None:
    reply = put(trainer, frames)
    assert words in reply.error.message
    assert reply.error.retryable
    with pytest.raises(TrainingFailedError, match="did not arrive whole"):
        staging.commit({KEY: 100}, "train")


def test_the_token_is_needed(trainer: flight.FlightClient) -> None:
    with pytest.raises((flight.FlightUnauthenticatedError, pa.ArrowException)):
        put(trainer, [], token="other")


class Direct(Coordinator):
    """A coordinator in the gateway's own process."""

    gateway: Gateway

    def take(self, upload: str, key: Key, number: int, ticket: str) -> None:
        rows = self.gateway.block(ticket)
        self.keep(upload, key, number, Block(rows, rows.num_rows, rows.nbytes))


@pytest.fixture
def direct() -> Direct:
    made = Direct()
    made.gateway = Gateway(TOKEN, made)
    return made


def put_at(direct: Direct, frames: list[pb.Frame]) -> pb.PutReply:
    _, port, _ = direct.gateway.place()
    with flight.connect(f"grpc://127.0.0.1:{port}") as client:
        return put(client, frames)


WHOLE = [
    pb.Frame(rows=100),
    pb.Frame(sequence=1, rows=100),
    pb.Frame(last=True, batches=2, rows=200),
]


def test_a_gateway_hands_over_block_by_block(
    direct: Direct, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weft_ml.gateway.BLOCK_BYTES", 1)
    direct.begin("", 60)
    assert put_at(direct, WHOLE).receipt == pb.Receipt(attempt=1, rows=200, batches=2)
    assert direct.commit("", "train", {KEY: 200}).rows == 200
    assert direct.held()[:2] == (1, 2)


def test_a_gateway_forgets_a_stream_that_was_cut(
    direct: Direct, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weft_ml.gateway.BLOCK_BYTES", 1)
    direct.begin("", 60)
    assert "cut before its end" in put_at(direct, WHOLE[:2]).error.message
    assert direct.held() == (1, 0, 0)


def test_a_gateway_refuses_an_upload_that_has_ended(direct: Direct) -> None:
    assert "not renewed in time" in put_at(direct, WHOLE).error.message


def test_a_batch_that_is_too_large_is_refused(
    direct: Direct, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weft_ml.frames.MOST_BATCH_BYTES", 10)
    direct.begin("", 60)
    assert "is larger than the 0 MB" in put_at(direct, WHOLE[:1]).error.message


def exchange(client: flight.FlightClient, rows: pa.Table, count: int) -> Iterator[Any]:
    descriptor = flight.FlightDescriptor.for_command(pb.Exchange(model="m").SerializeToString())
    writer, reader = client.do_exchange(descriptor, options(TOKEN))
    with writer:
        writer.begin(rows.schema)
        for sequence in range(count):
            frame = pb.Frame(sequence=sequence, rows=rows.num_rows)
            writer.write_with_metadata(rows.to_batches()[0], frame.SerializeToString())
            chunk = reader.read_chunk()
            yield chunk.data, pb.Answer.FromString(chunk.app_metadata.to_pybytes())
        writer.done_writing()


def test_answers_carry_numbers_and_counts(predictor: flight.FlightClient) -> None:
    rows = ROWS.select(["x", "flag", "city"])
    answers = [answer for _, answer in exchange(predictor, rows, 3)]
    assert [(a.sequence, a.rows) for a in answers] == [(0, 100), (1, 100), (2, 100)]


def test_a_missing_feature_is_named(predictor: flight.FlightClient) -> None:
    data, answer = next(exchange(predictor, ROWS.select(["x", "flag"]), 1))
    assert data is None
    assert answer.error.message == "the rows lack the feature 'city'"


def test_a_feature_of_another_type_is_named(predictor: flight.FlightClient) -> None:
    rows = ROWS.select(["x", "flag", "city"]).set_column(0, "x", pa.array(range(100)))
    _, answer = next(exchange(predictor, rows, 1))
    assert answer.error.message == "the feature 'x' came as int64, not double"
