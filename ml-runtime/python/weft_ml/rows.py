"""Rows of an upload as tables, whether or not the object store holds all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from weft_ml.coordinator import Block, DataSet
from weft_ml.errors import TrainingFailedError


class Rows:
    """The data sets of one upload.

    Rows that take less than half of the object store are read where they are. Of more, Ray keeps a
    part on disk, and brings it back one block at a time: each is copied before the next one comes.
    """

    def __init__(
        self, sets: dict[str, DataSet], fetch: Callable[[Any], pa.Table], store_bytes: int
    ) -> None:
        self._sets = sets
        self._fetch = fetch
        self._store = store_bytes
        self._bytes = sum(data.bytes for data in sets.values())

    def table(self, dataset: str) -> pa.Table:
        """The rows of a data set; it can be asked for once."""
        data = self._sets.pop(dataset, None)
        if data is None:
            raise TrainingFailedError(f"no partition of the {dataset} rows was sent")
        schema = pa.ipc.read_schema(pa.BufferReader(data.schema))
        tables = [self._read(block) for block in data.blocks]
        return pa.concat_tables([schema.empty_table(), *tables])

    def warnings(self) -> list[str]:
        """That the rows are more than the store holds, if they are."""
        if not self._store or self._bytes <= self._store:
            return []
        return [
            f"the rows take {_megabytes(self._bytes)} and Ray's object store holds"
            f" {_megabytes(self._store)}; what did not fit was kept on disk for a while, and"
            " WEFT_OBJECT_STORE=4g would make room"
        ]

    def _read(self, block: Block) -> pa.Table:
        table = self._fetch(block.reference)
        if table.num_rows != block.rows:
            raise TrainingFailedError("a block of rows is not what was sent", retryable=True)
        return table if not self._store or 2 * self._bytes <= self._store else _copied(table)


def _copied(table: pa.Table) -> pa.Table:
    """In memory of this process."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return pa.ipc.open_stream(sink.getvalue()).read_all()


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.0f} MB"
