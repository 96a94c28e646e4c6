"""The worker: a Flight server in an actor that runs one program of a user's."""

from __future__ import annotations

import ctypes
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.flight as flight
import weft_ml_pb2 as pb

from weft_ml import offsets, python_prints, spark_arrow
from weft_ml.errors import to_wire
from weft_ml.put_server import PutServer
from weft_ml.python_code import CodeError, Program, Runner, StoppedError
from weft_ml.python_udfs import Udfs
from weft_ml.settings import HOST
from weft_ml.shared_memory import SharedBatches
from weft_ml.staging import Key, Staging

ROWS_OF_A_PART = 65_536
BYTES_OF_A_PART = 16 << 20
ROWS_OF_AN_ENDPOINT = 131_072
MOST_ENDPOINTS = 16
SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_TO_STOP = 1.0


class PythonWorker:
    """Runs one program; lives in an actor of its own, which cancelling ends."""

    def __init__(self, token: str, code: bytes, host: str = HOST) -> None:
        self._host = host
        message = pb.PythonCode.FromString(code)
        if message.packages:
            sys.path.insert(0, message.packages)
        python_prints.install()
        self._staging = Staging()
        self._work = Work(message)
        self._server = PythonServer(token, self._staging, self._work, host)

    def host(self) -> str:
        """The address where it takes rows."""
        return self._host

    def port(self) -> int:
        """Where it takes rows."""
        return int(self._server.port)

    def pid(self) -> int:
        """Its process id."""
        return os.getpid()

    def streams(self) -> int:
        """How many calls are open."""
        return self._work.open

    def run(self, request: bytes) -> Iterator[bytes]:
        """Runs over committed uploads; yields a PythonReply per line printed, then the result."""
        events: queue.Queue[pb.PythonReply | None] = queue.Queue()
        worker = threading.Thread(target=self._run, args=(request, events), daemon=True)
        worker.start()
        while (event := events.get()) is not None:
            yield event.SerializeToString()

    def _run(self, request: bytes, events: queue.Queue[pb.PythonReply | None]) -> None:
        try:
            message = pb.RunPython.FromString(request)
            inputs = {part.name: self._committed(part) for part in message.inputs}
            self._staging.clear()
            sink = lambda line: events.put(pb.PythonReply(printed=line))  # noqa: E731
            with python_prints.taken(sink):
                table = self._work.result(inputs)
            self._server.made = table
            events.put(pb.PythonReply(table=_described(table)))
        except CodeError as failure:
            said = pb.PythonError(message=failure.message, line=failure.line)
            events.put(pb.PythonReply(python=said))
        except BaseException as failure:
            events.put(pb.PythonReply(error=to_wire(failure)))
        finally:
            events.put(None)

    def _committed(self, part: pb.PythonInput) -> pa.Table:
        counts = {Key(part.name, r.partition, r.attempt): int(r.rows) for r in part.receipts}
        return self._staging.commit(counts, part.name)


class Work:
    """A program with the columns it has to make, run by any number of threads."""

    def __init__(self, message: pb.PythonCode) -> None:
        self._message = message
        self._lock = threading.Lock()
        self._runner: Runner | None = None
        self._udfs = Udfs(message) if message.scalars else None
        self.open = 0
        self.whole = message.whole
        self.input = message.inputs[0] if message.inputs else ""
        self.schema = (
            pa.ipc.read_schema(pa.BufferReader(message.schema)) if message.schema else None
        )

    def result(self, inputs: dict[str, pa.Table]) -> pa.Table:
        """What the code makes of tables, with the columns declared."""
        if self._udfs is not None:
            return self._udfs.result(inputs[self.input], self.schema)
        name = self._message.output
        table = spark_arrow.to_table(self._prepared().output(inputs), name)
        if self.schema is not None:
            return spark_arrow.declared(table, self.schema, name)
        return spark_arrow.plain(table, name)

    def _prepared(self) -> Runner:
        """With the setup done, once, whoever comes first."""
        with self._lock:
            if self._runner is None:
                code = self._message
                runner = Runner(
                    Program(
                        setup=code.setup,
                        setup_line=code.setup_line,
                        code=code.code,
                        line=code.line,
                        inputs=tuple(code.inputs),
                        output=code.output,
                    )
                )
                runner.prepare()
                self._runner = runner
            return self._runner


class PythonServer(PutServer):
    """Takes tables by DoPut, maps batches by DoExchange, gives what was made by DoGet."""

    def __init__(self, token: str, staging: Staging, work: Work, host: str = HOST) -> None:
        super().__init__(token, staging, host)
        self._host = host
        self._work = work
        self.made: pa.Table | None = None

    def do_exchange(self, context: Any, descriptor: Any, reader: Any, writer: Any) -> None:
        """Answers each batch, or all of them at the end; an error is said and ends the stream."""
        assert self._work.schema is not None
        writer.begin(self._work.schema)
        self._work.open += 1
        watched = Watched(context.is_cancelled)
        shared = SharedBatches()
        try:
            for sequence, table in enumerate(self._units(reader, shared)):
                printed: list[str] = []
                try:
                    with watched.code(), python_prints.taken(printed.append):
                        made = self._work.result({self._work.input: table})
                except StoppedError:
                    return
                except CodeError as failure:
                    said = pb.PythonError(message=failure.message, line=failure.line)
                    _say(writer, pb.PythonAnswer(printed=printed, python=said))
                    return
                except Exception as failure:
                    _say(writer, pb.PythonAnswer(printed=printed, error=to_wire(failure)))
                    return
                # What the code has not kept goes back to the client with the answer.
                del table
                _answer(writer, shared, sequence, made, printed)
        finally:
            watched.end()
            self._work.open -= 1

    def get_flight_info(self, context: Any, descriptor: Any) -> flight.FlightInfo:
        """Where the rows are: an endpoint for each stretch of them."""
        table = self._table()
        size = max(ROWS_OF_AN_ENDPOINT, -(-table.num_rows // MOST_ENDPOINTS))
        starts = range(0, table.num_rows, size)
        parts = [
            pb.PythonPart(first=first, rows=min(size, table.num_rows - first)) for first in starts
        ]
        place = f"grpc://{self._host}:{self.port}"
        endpoints = [flight.FlightEndpoint(part.SerializeToString(), [place]) for part in parts]
        return flight.FlightInfo(table.schema, descriptor, endpoints, table.num_rows, table.nbytes)

    def do_get(self, context: Any, ticket: Any) -> flight.RecordBatchStream:
        """A stretch of the rows, the wanted columns of them."""
        part = pb.PythonPart.FromString(ticket.ticket)
        table = self._table()
        if part.chosen:
            table = table.select(list(part.columns))
        rows = table.slice(part.first, part.rows)
        parts = offsets.parts(rows, ROWS_OF_A_PART, BYTES_OF_A_PART)
        return flight.RecordBatchStream(pa.RecordBatchReader.from_batches(rows.schema, parts))

    def _table(self) -> pa.Table:
        if self.made is None:
            raise flight.FlightServerError("there are no rows yet")
        return self.made

    def _units(self, reader: Any, shared: SharedBatches) -> Iterator[pa.Table]:
        batches: list[pa.RecordBatch] = []
        for sequence, chunk in enumerate(reader):
            frame = pb.Frame.FromString(chunk.app_metadata.to_pybytes())
            batch = shared.received(frame, chunk, reader.schema)
            if frame.sequence != sequence or batch is None or frame.rows != batch.num_rows:
                raise flight.FlightServerError("a batch was lost or came twice")
            if self._work.whole:
                batches.append(batch)
            else:
                yield pa.Table.from_batches([batch])
        if self._work.whole:
            yield pa.Table.from_batches(batches, reader.schema)


def _answer(
    writer: Any, shared: SharedBatches, sequence: int, table: pa.Table, printed: list[str]
) -> None:
    """In parts of a limited size; the last says so, and there is one even without rows."""
    made = list(offsets.parts(table.combine_chunks(), ROWS_OF_A_PART, BYTES_OF_A_PART))
    parts = made or [pa.RecordBatch.from_pylist([], schema=table.schema)]
    for number, batch in enumerate(parts):
        sharing, elsewhere = shared.answer(batch)
        said = pb.PythonAnswer(
            sequence=sequence,
            part=number,
            rows=batch.num_rows,
            last=number == len(parts) - 1,
            printed=printed if number == 0 else [],
            sharing=sharing,
        )
        if elsewhere:
            writer.write_metadata(said.SerializeToString())
        else:
            writer.write_with_metadata(batch, said.SerializeToString())


def _say(writer: Any, answer: pb.PythonAnswer) -> None:
    writer.write_metadata(answer.SerializeToString())


def _described(table: pa.Table) -> pb.PythonTable:
    columns = [
        pb.PythonColumn(name=field.name, type=spark_arrow.ddl(field.type, field.name))
        for field in table.schema
    ]
    return pb.PythonTable(rows=table.num_rows, columns=columns)


class Watched:
    """Stops a call's code when its caller has gone; ends the process if it does not stop."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled
        self._thread = threading.get_ident()
        self._running = False
        self._ended = threading.Event()
        # One for all batches: a thread for each costs more than many a batch.
        threading.Thread(target=self._watch, daemon=True).start()

    @contextmanager
    def code(self) -> Iterator[None]:
        """While the code runs."""
        self._running = True
        try:
            yield
        finally:
            self._running = False

    def end(self) -> None:
        """The call is over."""
        self._ended.set()

    def _watch(self) -> None:
        while not self._ended.wait(SECONDS_BETWEEN_LOOKS):
            if self._running and self._cancelled():
                _throw_into(self._thread)
                deadline = time.monotonic() + SECONDS_TO_STOP
                while self._running and not self._ended.wait(0.05):
                    if time.monotonic() > deadline:
                        os._exit(1)
                return


def _throw_into(thread: int) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(StoppedError)
    )
