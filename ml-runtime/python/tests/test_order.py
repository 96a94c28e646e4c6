"""Rows are drawn one by one, whatever partition they came in."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from weft_ml.order import ORDER, ordered, redrawn
from weft_ml.splits import held_out


def test_later_copies_hash_as_in_spark() -> None:
    # select xxhash64(-123456789012345L, 2L), xxhash64(7L, 1L), xxhash64(0L, 5L)
    drawn = redrawn(np.array([-123456789012345, 7, 0]), np.array([2, 1, 5]))
    assert drawn.tolist() == [-5843739564382124336, 3110148328363424865, 6740334045191432159]


def test_copies_of_a_row_fall_on_both_sides() -> None:
    # Four different rows, 500 copies each: whole rows held out would leave a label on one side.
    kinds = np.repeat(np.arange(4), 500)
    table = pa.table(
        {
            "kind": kinds // 2,
            "label": kinds % 2,
            ORDER: np.array([-(2**62), -5, 9, 2**61])[kinds],
        }
    )
    rows = ordered(table)
    mask = held_out(rows, 0.3, "random", "label")
    taken = rows.filter(pa.array(mask)).group_by(["kind", "label"]).aggregate([([], "count_all")])
    counts = taken.column("count_all").to_pylist()
    assert len(counts) == 4
    assert all(100 < count < 200 for count in counts)


def test_order_does_not_depend_on_how_rows_came() -> None:
    rng = np.random.default_rng(1)
    values = rng.integers(0, 20, 1000)
    table = pa.table({"x": values, ORDER: values * 7919 - 50_000})
    shuffled = table.take(pa.array(rng.permutation(1000)))
    assert ordered(table).equals(ordered(shuffled))


def test_rows_without_copies_keep_the_order_of_their_hash() -> None:
    table = pa.table({"x": [1, 2, 3], ORDER: [30, -10, 20]})
    assert ordered(table).column("x").to_pylist() == [2, 3, 1]


def test_rows_that_share_a_hash_by_chance_have_an_order_too() -> None:
    rng = np.random.default_rng(3)
    table = pa.table(
        {
            "x": pa.array(rng.integers(0, 50, 400), mask=rng.random(400) < 0.1),
            "word": rng.choice(["a", "b"], 400),
            ORDER: rng.integers(0, 4, 400),
        }
    )
    parts = [table.slice(start, 40) for start in range(0, 400, 40)]
    shuffled = pa.concat_tables([parts[i] for i in rng.permutation(10)])
    assert ordered(table).equals(ordered(shuffled.take(pa.array(rng.permutation(400)))))
    assert ordered(table).num_rows == 400
