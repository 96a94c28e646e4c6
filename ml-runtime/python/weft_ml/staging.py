"""Rows that arrived for training: kept per attempt, used only when the driver names the attempt."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pyarrow as pa

from weft_ml.errors import TrainingFailedError


@dataclass(frozen=True, slots=True)
class Key:
    """One attempt at one partition of a data set (``train`` or ``validation``)."""

    dataset: str
    partition: int
    attempt: int


@dataclass(frozen=True, slots=True)
class Staged:
    """A stream that ended as it should."""

    schema: pa.Schema
    batches: tuple[pa.RecordBatch, ...]

    @property
    def rows(self) -> int:
        """How many rows it had."""
        return sum(batch.num_rows for batch in self.batches)


class Staging:
    """All attempts of one upload."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._attempts: dict[Key, Staged] = {}

    def put(self, key: Key, staged: Staged) -> None:
        """Keeps a whole stream; the same attempt sent again replaces itself."""
        with self._lock:
            self._attempts[key] = staged

    def commit(self, counts: dict[Key, int], schema_of: str) -> pa.Table:
        """The rows of the named attempts of a data set, in the order of partitions."""
        with self._lock:
            chosen = {key: self._attempts.get(key) for key in counts}
        batches: list[pa.RecordBatch] = []
        schema: pa.Schema | None = None
        for key in sorted(chosen, key=lambda k: (k.partition, k.attempt)):
            staged = chosen[key]
            if staged is None or staged.rows != counts[key]:
                raise TrainingFailedError(
                    f"partition {key.partition} of the rows did not arrive whole; run it again",
                    retryable=True,
                )
            if schema is not None and not staged.schema.equals(schema):
                raise TrainingFailedError("partitions of the rows have different columns")
            schema = staged.schema
            batches += staged.batches
        if schema is None:
            raise TrainingFailedError(f"no partition of the {schema_of} rows was sent")
        return pa.Table.from_batches(batches, schema)

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._attempts.clear()
