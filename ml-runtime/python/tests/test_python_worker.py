"""The worker over real Flight calls, without Ray."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.flight as flight
import pytest
import weft_ml_pb2 as pb

from weft_ml import python_prints
from weft_ml.python_worker import PythonServer, Work
from weft_ml.staging import Staging

TOKEN = "secret"
OPTIONS = flight.FlightCallOptions(headers=[(b"authorization", f"Bearer {TOKEN}".encode())])
ROWS = pa.table({"a": [1, 2, 3]})
SCHEMA = pa.schema([("a", pa.int64())])


def program(code: str, *, whole: bool = False) -> pb.PythonCode:
    return pb.PythonCode(
        code=code,
        line=1,
        inputs=["t"],
        output="out",
        whole=whole,
        schema=SCHEMA.serialize().to_pybytes(),
    )


@contextmanager
def served(message: pb.PythonCode) -> Iterator[tuple[PythonServer, flight.FlightClient]]:
    before = sys.stdout, sys.stderr
    # Behind what pytest has put there by now.
    python_prints.install()
    try:
        with (
            PythonServer(TOKEN, Staging(), Work(message)) as server,
            flight.connect(f"grpc://127.0.0.1:{server.port}") as client,
        ):
            yield server, client
    finally:
        sys.stdout, sys.stderr = before


def exchanged(client: flight.FlightClient, *tables: pa.Table) -> list[tuple[Any, pb.PythonAnswer]]:
    descriptor = flight.FlightDescriptor.for_command(pb.PythonExchange(key="k").SerializeToString())
    writer, reader = client.do_exchange(descriptor, OPTIONS)
    answers = []
    with writer:
        writer.begin(SCHEMA)
        for number, table in enumerate(tables):
            batch = table.combine_chunks().to_batches()[0]
            frame = pb.Frame(sequence=number, rows=batch.num_rows)
            writer.write_with_metadata(batch, frame.SerializeToString())
        writer.done_writing()
        for chunk in reader:
            said = pb.PythonAnswer.FromString(chunk.app_metadata.to_pybytes())
            answers.append((chunk.data, said))
    return answers


def test_each_batch_is_answered_by_any_number_of_rows() -> None:
    code = "import pyarrow.compute as pc\nprint(t.num_rows)\nout = t.filter(pc.field('a') > 1)"
    with served(program(code)) as (_, client):
        answers = exchanged(client, ROWS, ROWS.slice(0, 1))
    assert [(s.sequence, s.rows, s.last, list(s.printed)) for _, s in answers] == [
        (0, 2, True, ["3"]),
        (1, 0, True, ["1"]),
    ]


def test_a_partition_is_one_call() -> None:
    with served(program("out = t", whole=True)) as (_, client):
        answers = exchanged(client, ROWS, ROWS)
    assert [(s.sequence, s.part, s.rows, s.last) for _, s in answers] == [(0, 0, 6, True)]


def test_a_long_answer_comes_in_parts() -> None:
    code = "import pyarrow as pa\nout = pa.table({'a': range(70000)})"
    with served(program(code)) as (_, client):
        answers = exchanged(client, ROWS)
    parts = [(s.part, s.rows, s.last) for _, s in answers]
    assert parts == [(0, 65536, False), (1, 4464, True)]


def test_an_error_has_its_line_and_what_was_printed() -> None:
    with served(program("print('so far')\n1 / 0")) as (_, client):
        [(rows, said)] = exchanged(client, ROWS)
    assert rows is None
    assert (said.python.line, said.python.message) == (2, "ZeroDivisionError: division by zero")
    assert list(said.printed) == ["so far"]


def test_code_ends_when_its_caller_has_gone() -> None:
    code = (
        "import builtins\ntry:\n  while True:\n    len('')\nfinally:\n  builtins.weft_ended = 1\n"
    )
    with served(program(code)) as (server, client):
        descriptor = flight.FlightDescriptor.for_command(b"")
        writer, reader = client.do_exchange(descriptor, OPTIONS)
        writer.begin(SCHEMA)
        frame = pb.Frame(sequence=0, rows=3).SerializeToString()
        writer.write_with_metadata(ROWS.to_batches()[0], frame)
        threading.Timer(0.5, reader.cancel).start()
        with pytest.raises(pa.ArrowException):
            reader.read_chunk()
        deadline = time.monotonic() + 10
        while server._work.open and time.monotonic() < deadline:
            time.sleep(0.02)
        assert server._work.open == 0
    import builtins

    assert builtins.weft_ended  # type: ignore[attr-defined]


def test_what_was_made_is_read_in_stretches_and_by_column() -> None:
    with served(program("")) as (server, client):
        with pytest.raises(flight.FlightServerError, match="no rows yet"):
            client.get_flight_info(flight.FlightDescriptor.for_command(b""), OPTIONS)
        server.made = pa.table({"a": range(300_000), "b": ["x"] * 300_000})
        info = client.get_flight_info(flight.FlightDescriptor.for_command(b""), OPTIONS)
        parts = [pb.PythonPart.FromString(e.ticket.ticket) for e in info.endpoints]
        assert [(p.first, p.rows) for p in parts] == [
            (0, 131072),
            (131072, 131072),
            (262144, 37856),
        ]
        last = pb.PythonPart(first=262144, rows=37856, columns=[1], chosen=True)
        read = client.do_get(flight.Ticket(last.SerializeToString()), OPTIONS).read_all()
    assert (read.num_rows, read.column_names) == (37856, ["b"])


def test_nobody_gets_in_without_the_token() -> None:
    with (
        served(program("out = t")) as (_, client),
        pytest.raises(flight.FlightUnauthenticatedError),
    ):
        client.get_flight_info(flight.FlightDescriptor.for_command(b""))
