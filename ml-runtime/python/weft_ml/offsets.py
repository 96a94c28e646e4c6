"""Long texts and bytes: columns beyond 2 GB, which is what usual offsets reach, and long rows."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

MOST_BYTES = 1 << 30
LARGE = {pa.string(): pa.large_string(), pa.binary(): pa.large_binary()}


def roomy(table: pa.Table) -> pa.Table:
    """The same rows, where long columns can be sorted and put together as one array each."""
    for place, field in enumerate(table.schema):
        kind = LARGE.get(field.type)
        if kind is not None and table.column(place).nbytes > MOST_BYTES:
            wide = table.column(place).cast(kind)
            table = table.set_column(place, field.with_type(kind), wide)
    return table


def parts(table: pa.Table, rows: int, size: int) -> Iterator[pa.RecordBatch]:
    """The rows in batches of so many at most, and of so many bytes where a row allows it."""
    for batch in table.to_batches(max_chunksize=rows):
        yield from _halved(batch, size)


def _halved(batch: pa.RecordBatch, size: int) -> Iterator[pa.RecordBatch]:
    if batch.num_rows < 2 or batch.nbytes <= size:
        yield batch
        return
    half = batch.num_rows // 2
    yield from _halved(batch.slice(0, half), size)
    yield from _halved(batch.slice(half), size)


def cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    """A column as another type that holds all its values, in as many arrays as that takes."""
    pieces = [piece for chunk in column.chunks for piece in _cast(chunk, kind)]
    return pa.chunked_array(pieces, kind)


def _cast(array: pa.Array, kind: pa.DataType) -> list[pa.Array]:
    try:
        return [array.cast(kind, safe=True)]
    except pa.ArrowInvalid as failure:
        if len(array) < 2 or not _overflows(failure):
            raise
    half = len(array) // 2
    return [
        piece
        for start, end in ((0, half), (half, len(array)))
        # A slice would keep offsets into the whole; taken rows have their own.
        for piece in _cast(array.take(pa.array(range(start, end), pa.int64())), kind)
    ]


def _overflows(failure: pa.ArrowInvalid) -> bool:
    return "overflow" in str(failure) or "too large" in str(failure)
