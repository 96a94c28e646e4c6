"""Spark's DDL names of label types as Arrow types."""

from __future__ import annotations

import re

import pyarrow as pa

from weft_ml.errors import TrainingDataError

_PLAIN: dict[str, pa.DataType] = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    "tinyint": pa.int8(),
    "byte": pa.int8(),
    "smallint": pa.int16(),
    "short": pa.int16(),
    "int": pa.int32(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "long": pa.int64(),
    "float": pa.float32(),
    "real": pa.float32(),
    "double": pa.float64(),
    "date": pa.date32(),
}


def arrow_type(ddl: str) -> pa.DataType:
    """The Arrow type of a scalar Spark type."""
    name = ddl.strip().lower()
    if name in _PLAIN:
        return _PLAIN[name]
    if re.fullmatch(r"(var)?char\(\d+\)", name):
        return pa.string()
    decimal = re.fullmatch(r"(?:decimal|dec|numeric)(?:\((\d+)(?:,\s*(-?\d+))?\))?", name)
    if decimal:
        return pa.decimal128(int(decimal[1] or 10), int(decimal[2] or 0))
    raise TrainingDataError(
        f"a label of type '{ddl}' cannot be learnt; cast it to text or a number"
    )
