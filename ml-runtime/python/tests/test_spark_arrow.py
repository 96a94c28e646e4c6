"""Tables of users' code as columns that Spark can read."""

from __future__ import annotations

from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa
import pytest

from weft_ml import spark_arrow
from weft_ml.python_code import CodeError

A_INT = pa.schema([("a", pa.int32())])


@pytest.mark.parametrize(
    "value",
    [
        pa.table({"a": [1]}),
        pa.RecordBatch.from_pydict({"a": [1]}),
        pd.DataFrame({"a": [1]}, index=[7]),
        pl.DataFrame({"a": [1]}),
        pl.LazyFrame({"a": [1]}),
    ],
)
def test_tables_of_every_library_are_taken(value: Any) -> None:
    assert spark_arrow.to_table(value, "out").to_pydict() == {"a": [1]}


@pytest.mark.parametrize("value", [1, None, [1], {"a": [1]}, pl.Series([1]), pa.array([1])])
def test_other_values_are_not(value: Any) -> None:
    with pytest.raises(CodeError, match="should be a table of pyarrow, pandas or polars"):
        spark_arrow.to_table(value, "out")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (pa.uint8(), "smallint"),
        (pa.uint32(), "bigint"),
        (pa.uint64(), "decimal(20,0)"),
        (pa.float16(), "float"),
        (pa.large_string(), "string"),
        (pa.dictionary(pa.int8(), pa.string()), "string"),
        (pa.binary(4), "binary"),
        (pa.date64(), "date"),
        (pa.timestamp("ns"), "timestamp_ntz"),
        (pa.timestamp("ms", "Asia/Tokyo"), "timestamp"),
        (pa.duration("s"), "interval day to second"),
        (pa.decimal128(38, 3), "decimal(38,3)"),
        (pa.list_(pa.large_string(), 2), "array<string>"),
        (pa.map_(pa.string(), pa.uint8()), "map<string,smallint>"),
        (pa.struct([("a`b", pa.large_list(pa.int8()))]), "struct<`a``b`:array<tinyint>>"),
        (pa.null(), "void"),
    ],
)
def test_types_become_those_of_spark(kind: pa.DataType, text: str) -> None:
    assert spark_arrow.ddl(spark_arrow.normal(kind, "c"), "c") == text


@pytest.mark.parametrize(
    "kind", [pa.time32("s"), pa.decimal256(60, 2), pa.month_day_nano_interval()]
)
def test_types_that_spark_lacks_are_told(kind: pa.DataType) -> None:
    with pytest.raises(CodeError, match="which Spark has no type for"):
        spark_arrow.normal(kind, "c")


def test_columns_come_by_name_and_lose_nothing() -> None:
    table = pa.table({"B": [1.0, None], "a": [2, 3]})
    schema = pa.schema([("a", pa.int8()), ("b", pa.int64())])
    assert spark_arrow.declared(table, schema, "out").to_pydict() == {"a": [2, 3], "b": [1, None]}


@pytest.mark.parametrize(
    ("table", "schema", "message"),
    [
        (pa.table({"a": [1.5]}), A_INT, "cannot become int without loss"),
        (pa.table({"a": [2**40]}), A_INT, "cannot become int without loss"),
        (pa.table({"a": ["x"]}), A_INT, "cannot become int without loss"),
        (pa.table({"b": [1]}), A_INT, "lacks the column 'a' of SCHEMA; it has b"),
        (pa.table({"a": [1], "b": [1]}), A_INT, "has the column 'b' that SCHEMA lacks"),
        (
            pa.table({"a": [1, None]}),
            pa.schema([pa.field("a", pa.int64(), False)]),
            "has nulls, and SCHEMA says NOT NULL",
        ),
        (pa.table([[1], [2]], names=["a", "A"]), A_INT, "have one name"),
    ],
)
def test_what_does_not_fit_names_the_column(
    table: pa.Table, schema: pa.Schema, message: str
) -> None:
    with pytest.raises(CodeError, match=message):
        spark_arrow.declared(table, schema, "out")


def test_columns_that_differ_in_case_only_are_refused() -> None:
    with pytest.raises(CodeError, match="two columns of 'out' are called 'A'"):
        spark_arrow.plain(pa.table({"a": [1], "A": [2]}), "out")
