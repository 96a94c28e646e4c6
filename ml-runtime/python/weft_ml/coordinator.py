"""The coordinator: owns the blocks of uploaded rows, so that they outlive whoever took them in.

Nothing of an upload counts before the driver has committed it, and an upload that nobody renews is
forgotten: its driver is gone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from weft_ml.errors import TrainingFailedError
from weft_ml.staging import Key

LEASE_SECONDS = 60
MOST_LEASE_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows in the object store."""

    reference: Any
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class DataSet:
    """What was committed under one name, in the order of partitions."""

    schema: bytes
    blocks: tuple[Block, ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(block.rows for block in self.blocks)

    @property
    def bytes(self) -> int:
        """How large its rows are."""
        return sum(block.bytes for block in self.blocks)


@dataclass(slots=True)
class _Attempt:
    blocks: list[Block] = field(default_factory=list)
    # Of a stream that has ended as it should.
    schema: bytes | None = None

    @property
    def rows(self) -> int:
        return sum(block.rows for block in self.blocks)


@dataclass(slots=True)
class _Upload:
    seconds: float
    until: float
    attempts: dict[Key, _Attempt] = field(default_factory=dict)
    committed: dict[str, DataSet] = field(default_factory=dict)
    choices: dict[str, dict[Key, int]] = field(default_factory=dict)


class Coordinator:
    """All uploads of a runtime; safe for several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._uploads: dict[str, _Upload] = {}

    def begin(self, upload: str, seconds: float) -> None:
        """Makes room for an upload, or renews the one that there is."""
        with self._lock:
            if upload not in self._uploads:
                self._uploads[upload] = _Upload(seconds, 0)
            self._found(upload)

    def renew(self, upload: str) -> None:
        """Its driver lives."""
        with self._lock:
            self._found(upload)

    def keep(self, upload: str, key: Key, number: int, block: Block) -> None:
        """Takes a block of an attempt; the first one begins the attempt anew."""
        with self._lock:
            attempts = self._found(upload).attempts
            if number == 0:
                attempts[key] = _Attempt()
            attempt = attempts.get(key)
            if attempt is None or len(attempt.blocks) != number:
                raise TrainingFailedError("a block of rows was lost or came twice", retryable=True)
            attempt.blocks.append(block)

    def end(self, upload: str, key: Key, rows: int, schema: bytes) -> None:
        """An attempt is whole."""
        with self._lock:
            attempt = self._found(upload).attempts.setdefault(key, _Attempt())
            if attempt.rows != rows:
                raise TrainingFailedError(
                    f"{rows} rows were sent and {attempt.rows} arrived", retryable=True
                )
            attempt.schema = schema

    def forget(self, upload: str, key: Key) -> None:
        """Drops an attempt that was given up."""
        with self._lock:
            if upload in self._uploads:
                self._uploads[upload].attempts.pop(key, None)

    def commit(self, upload: str, dataset: str, counts: dict[Key, int]) -> DataSet:
        """Makes the named attempts the data set, and drops all others; again, it gives the same."""
        with self._lock:
            own = self._found(upload)
            if dataset in own.committed:
                if own.choices[dataset] != counts:
                    raise TrainingFailedError(f"the {dataset} rows were committed already")
                return own.committed[dataset]
            own.committed[dataset] = _chosen(own.attempts, counts, dataset)
            own.choices[dataset] = dict(counts)
            for key in [key for key in own.attempts if key.dataset == dataset]:
                del own.attempts[key]
            return own.committed[dataset]

    def committed(self, upload: str) -> dict[str, DataSet]:
        """What was committed, by name."""
        with self._lock:
            return dict(self._found(upload).committed)

    def drop(self, upload: str) -> None:
        """Forgets an upload and its blocks; unknown ones are no error."""
        with self._lock:
            self._uploads.pop(upload, None)

    def sweep(self) -> list[str]:
        """Drops the uploads whose time is up; their names."""
        with self._lock:
            now = self._clock()
            late = [name for name, upload in self._uploads.items() if upload.until <= now]
            for name in late:
                del self._uploads[name]
            return late

    def held(self) -> tuple[int, int, int]:
        """How many uploads, blocks and bytes it has."""
        with self._lock:
            blocks = [block for upload in self._uploads.values() for block in _blocks(upload)]
            return len(self._uploads), len(blocks), sum(block.bytes for block in blocks)

    def _found(self, name: str) -> _Upload:
        """The upload, which whoever asks for it has renewed."""
        upload = self._uploads.get(name)
        if upload is None:
            raise TrainingFailedError(
                "the upload has ended: it was cancelled, or not renewed in time; run it again"
            )
        upload.until = self._clock() + upload.seconds
        return upload


def _chosen(attempts: dict[Key, _Attempt], counts: dict[Key, int], dataset: str) -> DataSet:
    schema: bytes | None = None
    blocks: list[Block] = []
    lost = []
    for key in sorted(counts, key=lambda k: (k.partition, k.attempt)):
        attempt = attempts.get(key)
        if attempt is None or attempt.schema is None or attempt.rows != counts[key]:
            lost.append(str(key.partition))
            continue
        if schema is not None and attempt.schema != schema:
            raise TrainingFailedError("partitions of the rows have different columns")
        schema = attempt.schema
        blocks += attempt.blocks
    if lost:
        few = ", ".join(lost[:10]) + (", …" if len(lost) > 10 else "")
        raise TrainingFailedError(
            f"partition {few} of the rows did not arrive whole; run it again", retryable=True
        )
    if schema is None:
        raise TrainingFailedError(f"no partition of the {dataset} rows was sent")
    return DataSet(schema, tuple(blocks))


def _blocks(upload: _Upload) -> list[Block]:
    found = [block for attempt in upload.attempts.values() for block in attempt.blocks]
    return found + [block for data in upload.committed.values() for block in data.blocks]
