"""Which rows are held out, and the folds of a cross-validation; rows come in the usual order."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from weft_ml.arrays import Ints
from weft_ml.common import GROUP, TIME

Bools = np.typing.NDArray[np.bool_]


def held_out(table: pa.Table, fraction: float, method: str, label: str) -> Bools:
    """Which rows are held out.

    random: the first rows; stratified: the first of each class; time: the latest; grouped: whole
    groups, in the order of their first rows, until there are enough.
    """
    wanted = _share(table.num_rows, fraction)
    mask = np.zeros(table.num_rows, dtype=np.bool_)
    if method == "stratified":
        for code in _codes(table.column(label)):
            mask[code[: _share(len(code), fraction)]] = True
    elif method == "time":
        mask[_by_time(table)[table.num_rows - wanted :]] = True
    elif method == "grouped":
        taken = 0
        for group in _codes(table.column(GROUP)):
            if taken >= wanted:
                break
            mask[group] = True
            taken += len(group)
    else:
        mask[:wanted] = True
    return mask


def folds(table: pa.Table, count: int, method: str, label: str) -> list[tuple[Ints, Ints]]:
    """Pairs of rows to train and to test on; by time each fold learns from what was before it."""
    rows = np.arange(table.num_rows)
    if method == "time":
        parts = np.array_split(_by_time(table), count + 1)
        return [(np.concatenate(parts[: i + 1]), parts[i + 1]) for i in range(count)]
    number = np.empty(table.num_rows, dtype=np.int64)
    if method == "grouped":
        # The largest groups first, each to the fold that has the fewest rows so far.
        sizes = np.zeros(count, dtype=np.int64)
        for group in sorted(_codes(table.column(GROUP)), key=len, reverse=True):
            smallest = int(np.argmin(sizes))
            number[group] = smallest
            sizes[smallest] += len(group)
    elif method == "stratified":
        place = 0
        for code in _codes(table.column(label)):
            number[code] = (np.arange(len(code)) + place) % count
            place += len(code)
    else:
        number = rows * count // max(1, table.num_rows)
    return [(rows[number != i], rows[number == i]) for i in range(count)]


def _share(rows: int, fraction: float) -> int:
    return math.floor(rows * fraction + 0.5)


def _codes(column: pa.ChunkedArray) -> list[Ints]:
    """The rows of each value, in the order in which values first occur."""
    encoded = pc.dictionary_encode(column, null_encoding="encode").combine_chunks()
    codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes))
    return [part.astype(np.int64) for part in np.split(order, ends[:-1])]


def _by_time(table: pa.Table) -> Ints:
    """Rows from early to late; those without a time come first, as training rows."""
    times = np.asarray(pc.fill_null(table.column(TIME), -np.inf).to_numpy(), dtype=np.float64)
    return np.argsort(times, kind="stable").astype(np.int64)
