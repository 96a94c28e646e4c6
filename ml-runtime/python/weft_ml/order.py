"""The order of training rows: drawn by seed, independent of how partitions came."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from weft_ml.arrays import Ints

ORDER = "__weft_order"

_Words = np.typing.NDArray[np.uint64]
_P1, _P2, _P3, _P4, _P5 = (
    np.uint64(prime)
    for prime in (
        0x9E3779B185EBCA87,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0x85EBCA77C2B2AE63,
        0x27D4EB2F165667C5,
    )
)
_SEED = np.uint64(42)


def ordered(table: pa.Table) -> pa.Table:
    """Rows by their hash, without it.

    Equal rows have one hash. Only the first of them keeps it, each further one draws its own from
    the hash and its number: were they to stay together, a row's copies would all be held out or
    all be learnt from, and where few columns have few values each, one side would hold most
    rows of one label.
    """
    hashes = table.column(ORDER).to_numpy().astype(np.int64)
    # Not the stable sort, which is slower: ties are put in order by their values.
    places = np.argsort(hashes)
    places = _with_ties_by_value(table, places, hashes[places])
    first = hashes[places]
    copy = _numbers(first)
    if copy.any():
        own = np.where(copy == 0, first, redrawn(first, copy + 1))
        places = places[np.argsort(own, kind="stable")]
    return _taken(table.drop_columns([ORDER]), pa.array(places))


def _taken(table: pa.Table, places: pa.Array) -> pa.Table:
    """The rows at places, column by column on all cores."""

    def taken(column: pa.ChunkedArray) -> pa.ChunkedArray:
        # Taking from many chunks is slow; a column in as few as can hold it is not.
        return pa.table([column], names=["column"]).combine_chunks().column(0).take(places)

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return pa.table(list(threads.map(taken, table.columns)), schema=table.schema)


def _with_ties_by_value(table: pa.Table, places: Ints, hashes: Ints) -> Ints:
    """Rows of one hash by their values: equal ones, and others that share it by chance."""
    same = hashes[1:] == hashes[:-1]
    if not same.any():
        return places
    tied = np.zeros(len(places), dtype=np.bool_)
    tied[1:] |= same
    tied[:-1] |= same
    rows = table.take(pa.array(places[tied]))
    others = [name for name in table.column_names if name != ORDER]
    keys = [(name, "ascending") for name in [ORDER, *others]]
    places[tied] = places[tied][pc.sort_indices(rows, sort_keys=keys).to_numpy()]
    return places


def redrawn(first: Ints, copy: Ints) -> Ints:
    """Spark's ``xxhash64(first, copy)``, so that MLlib holds out the same rows."""
    with np.errstate(over="ignore"):
        seeds = np.full(len(first), _SEED, dtype=np.uint64)
        return _hash(copy.view(np.uint64), _hash(first.view(np.uint64), seeds)).view(np.int64)


def _numbers(values: Ints) -> Ints:
    """The place of each value among its equals, from 0; equal values stand together."""
    places = np.arange(len(values), dtype=np.int64)
    starts = np.ones(len(values), dtype=np.bool_)
    starts[1:] = values[1:] != values[:-1]
    return places - np.maximum.accumulate(np.where(starts, places, 0))


def _hash(words: _Words, seeds: _Words) -> _Words:
    """XXH64 of one 64-bit word each."""
    mixed = seeds + _P5 + np.uint64(8)
    mixed ^= _rotated(words * _P2, 31) * _P1
    mixed = _rotated(mixed, 27) * _P1 + _P4
    mixed ^= mixed >> np.uint64(33)
    mixed *= _P2
    mixed ^= mixed >> np.uint64(29)
    mixed *= _P3
    return mixed ^ (mixed >> np.uint64(32))


def _rotated(words: _Words, by: int) -> _Words:
    return (words << np.uint64(by)) | (words >> np.uint64(64 - by))
