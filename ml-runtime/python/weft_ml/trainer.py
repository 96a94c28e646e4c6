"""The trainer: trains on rows that were uploaded."""

from __future__ import annotations

import contextlib
import gc
import os
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pyarrow as pa
import weft_ml_pb2 as pb

from weft_ml import training, wire
from weft_ml.algorithms import algorithm
from weft_ml.algorithms.base import Progress
from weft_ml.coordinator import DataSet
from weft_ml.errors import TrainingFailedError, WeftError, to_wire
from weft_ml.progress import Remaining
from weft_ml.rows import Rows
from weft_ml.team import Team
from weft_ml.versions import versions

SECONDS_BETWEEN_EVENTS = 0.1


class Trainer:
    """Trains one model at a time; lives in an actor of its own, which cancelling ends."""

    def pid(self) -> int:
        """Its process id."""
        return os.getpid()

    def prepare(self, name: str) -> None:
        """Imports an algorithm's library while rows are still on their way."""
        with contextlib.suppress(WeftError):
            algorithm(name)

    def train(
        self,
        request: bytes,
        sets: dict[str, DataSet],
        store_bytes: int = 0,
        placing: Any = None,
    ) -> Iterator[bytes]:
        """Trains on what was committed; yields a Reply per event, the last one Trained or Error.

        ``store_bytes`` is what the object store holds, ``placing`` where several workers run.
        """
        events: queue.Queue[pb.Reply | None] = queue.Queue()
        work = (request, Rows(sets, self.fetch, store_bytes), placing, events)
        worker = threading.Thread(target=self._work, args=work, daemon=True)
        worker.start()
        while (event := events.get()) is not None:
            yield event.SerializeToString()
        worker.join()
        gc.collect()

    def fetch(self, reference: Any) -> pa.Table:
        """The rows of a block; only an actor has an object store."""
        return reference

    def team(self, workers: int, placing: Any) -> AbstractContextManager[Team]:
        """Processes that train together with this one; only an actor can have them."""
        raise TrainingFailedError(f"there are no {workers} workers outside Ray")

    def _work(
        self, request: bytes, rows: Rows, placing: Any, events: queue.Queue[pb.Reply | None]
    ) -> None:
        try:
            message = pb.Train.FromString(request)
            data = rows.table("train")
            validation = rows.table("validation") if message.validates else None
            several = message.workers > 1
            with self.team(message.workers, placing) if several else nullcontext() as team:
                job = wire.job(message, data, validation, team)
                report = training.train(job, _Throttle(events))
            reply = wire.trained(report, versions())
            reply.trained.warnings.extend(rows.warnings())
            reply.trained.warnings.extend([] if team is None else team.warnings)
            events.put(reply)
        except BaseException as failure:
            events.put(pb.Reply(error=_training_error(failure)))
        finally:
            events.put(None)


class _Throttle:
    """Passes on progress at most ten times a second, the last iteration always."""

    def __init__(self, events: queue.Queue[pb.Reply | None]) -> None:
        self._events = events
        self._next = 0.0
        self._remaining = Remaining()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        left = self._remaining.seconds(progress)
        if now >= self._next or progress.done == progress.total:
            self._next = now + SECONDS_BETWEEN_EVENTS
            self._events.put(wire.iteration(progress, left))


def _training_error(failure: BaseException) -> pb.Error:
    if isinstance(failure, MemoryError):
        return to_wire(TrainingFailedError("training ran out of memory; use fewer rows or columns"))
    if isinstance(failure, OSError) and not isinstance(failure, WeftError):
        return to_wire(TrainingFailedError(f"the model could not be written: {failure}"))
    return to_wire(failure)
