"""Texts beyond what 32-bit offsets reach, and rows too long for a batch."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from weft_ml import offsets
from weft_ml.order import ORDER, ordered

SHORT = 1000


def test_only_long_columns_get_wide_offsets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offsets, "MOST_BYTES", 10 * SHORT)
    table = pa.table(
        {"long": ["x" * 100] * SHORT, "short": ["x"] * SHORT, "bytes": [b"x" * 100] * SHORT}
    )
    wide = offsets.roomy(table)
    assert wide.schema.types == [pa.large_string(), pa.string(), pa.large_binary()]
    assert wide.cast(table.schema).equals(table)


def test_batches_hold_so_many_rows_and_bytes() -> None:
    texts = ["x" * (5000 if i % 100 == 0 else 1) for i in range(SHORT)]
    table = pa.table({"text": texts, "id": range(SHORT)})
    batches = list(offsets.parts(table, rows=300, size=8000))
    assert pa.Table.from_batches(batches).equals(table)
    assert max(batch.num_rows for batch in batches) <= 300
    assert max(batch.nbytes for batch in batches) <= 8000
    alone = list(offsets.parts(pa.table({"text": ["x" * 9000]}), rows=300, size=8000))
    assert [batch.num_rows for batch in alone] == [1]
    assert list(offsets.parts(table.slice(0, 0), rows=300, size=8000)) == []


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.string()])
def test_a_cast_keeps_values_and_nulls(kind: pa.DataType) -> None:
    column = pa.chunked_array([pa.array(["a", None, "c" * 20], kind), pa.array([], kind)])
    assert offsets.cast(column, pa.string()).to_pylist() == ["a", None, "c" * 20]


def test_a_cast_that_loses_something_still_fails() -> None:
    with pytest.raises(pa.ArrowInvalid):
        offsets.cast(pa.chunked_array([pa.array([1.5, 2.0])]), pa.int64())


def test_two_gigabytes_and_more(full: bool) -> None:
    if not full:
        pytest.skip("takes 8 GB of memory; with --weft-full=true")
    rows = 80_000
    texts = pa.array(["x" * 30_000, "y" * 30_000], pa.string())
    codes = pa.array([i % 2 for i in range(rows)], pa.int32())
    encoded = pa.chunked_array([pa.DictionaryArray.from_arrays(codes, texts)])
    plain = offsets.cast(encoded, pa.string())
    assert plain.nbytes > 2**31
    order = pa.array([(i * 7919) % rows for i in range(rows)], pa.int64())
    table = offsets.roomy(pa.table({"text": plain, ORDER: order}))
    sorted_rows = ordered(table)
    assert sorted_rows.column("text").num_chunks == 1
    counts = pc.value_counts(pc.utf8_slice_codeunits(sorted_rows.column("text"), 0, 1)).to_pylist()
    assert {entry["values"]: entry["counts"] for entry in counts} == {"x": 40_000, "y": 40_000}
    assert offsets.cast(sorted_rows.column("text"), pa.string()).num_chunks > 1
