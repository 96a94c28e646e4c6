"""The trainer: a Flight server that takes a training set, and the training of it."""

from __future__ import annotations

import contextlib
import gc
import os
import queue
import threading
import time
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.flight as flight
import weft_ml_pb2 as pb

from weft_ml import training, wire
from weft_ml.algorithms import algorithm
from weft_ml.algorithms.base import Progress
from weft_ml.errors import TrainingFailedError, WeftError, to_wire
from weft_ml.flight_auth import guarded
from weft_ml.settings import HOST
from weft_ml.staging import Key, Staged, Staging
from weft_ml.team import Team
from weft_ml.versions import versions

SECONDS_BETWEEN_EVENTS = 0.1


class Trainer:
    """Trains one model at a time; lives in an actor of its own, which cancelling ends."""

    def __init__(self, token: str, host: str = HOST) -> None:
        self._staging = Staging()
        self._host = host
        self._server = TrainerServer(token, self._staging, host)

    def host(self) -> str:
        """The address where it takes rows."""
        return self._host

    def port(self) -> int:
        """Where it takes rows."""
        return int(self._server.port)

    def pid(self) -> int:
        """Its process id."""
        return os.getpid()

    def prepare(self, name: str) -> None:
        """Imports an algorithm's library while rows are still on their way."""
        with contextlib.suppress(WeftError):
            algorithm(name)

    def train(self, request: bytes) -> Iterator[bytes]:
        """Trains on committed attempts; yields a Reply per event, the last one Trained or Error."""
        events: queue.Queue[pb.Reply | None] = queue.Queue()
        worker = threading.Thread(target=self._work, args=(request, events), daemon=True)
        worker.start()
        while (event := events.get()) is not None:
            yield event.SerializeToString()
        worker.join()
        self._staging.clear()
        gc.collect()

    def team(self, workers: int) -> Team:
        """Processes that train together with this one; only an actor can have them."""
        raise TrainingFailedError(f"there are no {workers} workers outside Ray")

    def _work(self, request: bytes, events: queue.Queue[pb.Reply | None]) -> None:
        try:
            message = pb.Train.FromString(request)
            data = self._committed("train", message.data)
            validation = (
                self._committed("validation", message.validation) if message.validates else None
            )
            self._staging.clear()
            team = self.team(message.workers) if message.workers > 1 else None
            report = training.train(wire.job(message, data, validation, team), _Throttle(events))
            events.put(wire.trained(report, versions()))
        except BaseException as failure:
            events.put(pb.Reply(error=_training_error(failure)))
        finally:
            events.put(None)

    def _committed(self, dataset: str, receipts: Any) -> pa.Table:
        counts = {Key(dataset, r.partition, r.attempt): int(r.rows) for r in receipts}
        return self._staging.commit(counts, dataset)


class _Throttle:
    """Passes on progress at most ten times a second, the last iteration always."""

    def __init__(self, events: queue.Queue[pb.Reply | None]) -> None:
        self._events = events
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now >= self._next or progress.done == progress.total:
            self._next = now + SECONDS_BETWEEN_EVENTS
            self._events.put(wire.iteration(progress))


def _training_error(failure: BaseException) -> pb.Error:
    if isinstance(failure, MemoryError):
        return to_wire(TrainingFailedError("training ran out of memory; use fewer rows or columns"))
    if isinstance(failure, OSError) and not isinstance(failure, WeftError):
        return to_wire(TrainingFailedError(f"the model could not be written: {failure}"))
    return to_wire(failure)


class TrainerServer(flight.FlightServerBase):
    """Takes DoPut streams of partitions."""

    def __init__(self, token: str, staging: Staging, host: str = HOST) -> None:
        super().__init__(f"grpc://{host}:0", middleware=guarded(token))
        self._staging = staging

    def do_put(self, context: Any, descriptor: Any, reader: Any, writer: Any) -> None:
        """Stages a stream that ends with its counts; a cut one is forgotten."""
        put = pb.PutPartition.FromString(descriptor.command)
        try:
            staged = _receive(reader)
        except WeftError as failure:
            writer.write(pb.PutReply(error=to_wire(failure)).SerializeToString())
            return
        self._staging.put(Key(put.dataset, put.partition, put.attempt), staged)
        receipt = pb.Receipt(
            partition=put.partition,
            attempt=put.attempt,
            rows=staged.rows,
            batches=len(staged.batches),
        )
        writer.write(pb.PutReply(receipt=receipt).SerializeToString())


def _receive(reader: Any) -> Staged:
    batches: list[pa.RecordBatch] = []
    for chunk in reader:
        if chunk.app_metadata is None:
            raise TrainingFailedError("a batch came without its number")
        frame = pb.Frame.FromString(chunk.app_metadata.to_pybytes())
        if frame.last:
            rows = sum(batch.num_rows for batch in batches)
            if (frame.batches, frame.rows) != (len(batches), rows):
                raise TrainingFailedError(
                    f"{frame.rows} rows were sent and {rows} arrived", retryable=True
                )
            return Staged(reader.schema, tuple(batches))
        if frame.sequence != len(batches) or frame.rows != chunk.data.num_rows:
            raise TrainingFailedError("a batch was lost or came twice", retryable=True)
        batches.append(chunk.data)
    raise TrainingFailedError("a stream of rows was cut before its end", retryable=True)
