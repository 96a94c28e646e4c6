"""Tables of any library as Arrow columns that Spark can read, with Spark's names for the types."""

from __future__ import annotations

import sys
from typing import Any

import pyarrow as pa

from weft_ml import offsets
from weft_ml.python_code import CodeError

_SCALARS: dict[pa.DataType, str] = {
    pa.bool_(): "boolean",
    pa.int8(): "tinyint",
    pa.int16(): "smallint",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.float32(): "float",
    pa.float64(): "double",
    pa.string(): "string",
    pa.binary(): "binary",
    pa.date32(): "date",
    pa.null(): "void",
}
_WIDER: dict[pa.DataType, pa.DataType] = {
    pa.uint8(): pa.int16(),
    pa.uint16(): pa.int32(),
    pa.uint32(): pa.int64(),
    pa.uint64(): pa.decimal128(20, 0),
    pa.float16(): pa.float32(),
    pa.date64(): pa.date32(),
}


def to_table(value: Any, name: str) -> pa.Table:
    """A pyarrow, pandas or polars table as pyarrow's; anything else is the user's error."""
    if isinstance(value, pa.Table):
        return value
    if isinstance(value, pa.RecordBatch):
        return pa.Table.from_batches([value])
    if _is(value, "pandas", "DataFrame"):
        return _from_pandas(value, name)
    if _is(value, "polars", "LazyFrame"):
        value = value.collect()
    if _is(value, "polars", "DataFrame"):
        return value.to_arrow()
    kind = type(value).__module__ + "." + type(value).__qualname__
    raise CodeError(
        f"'{name}' is {kind.removeprefix('builtins.')}, and should be a table of pyarrow, pandas or"
        " polars"
    )


def _is(value: Any, module: str, name: str) -> bool:
    """Without importing what the code itself has not imported."""
    known = sys.modules.get(module)
    return known is not None and isinstance(value, getattr(known, name))


def _from_pandas(value: Any, name: str) -> pa.Table:
    try:
        table = pa.Table.from_pandas(value, preserve_index=False)
    except (pa.ArrowException, TypeError, ValueError) as failure:
        reason = " ".join(str(part) for part in failure.args)
        raise CodeError(f"'{name}' has a column that Arrow has no type for: {reason}") from None
    return table.replace_schema_metadata(None)


def plain(table: pa.Table, name: str) -> pa.Table:
    """The table with types that Spark has; losing nothing, else the user's error."""
    names = table.column_names
    twice = next((n for i, n in enumerate(names) if n.lower() in map(str.lower, names[:i])), None)
    if twice is not None:
        raise CodeError(f"two columns of '{name}' are called '{twice}'; rename one of them")
    if not names:
        raise CodeError(f"'{name}' has no columns")
    columns, fields = [], []
    for field, column in zip(table.schema, table.columns, strict=True):
        kind = normal(field.type, field.name)
        columns.append(column if kind == field.type else _cast(column, kind, field.name))
        fields.append(pa.field(field.name, kind))
    return pa.table(columns, schema=pa.schema(fields))


def declared(table: pa.Table, schema: pa.Schema, name: str) -> pa.Table:
    """The table with the columns of a schema, by name; losing nothing, else the user's error."""
    given = table.column_names
    _same_names(given, schema.names, name)
    columns = []
    for field in schema:
        column = table.column(_place(field.name, given))
        columns.append(
            column if column.type == field.type else _cast(column, field.type, field.name)
        )
        if not field.nullable and columns[-1].null_count:
            raise CodeError(f"the column '{field.name}' has nulls, and SCHEMA says NOT NULL")
    return pa.table(columns, schema=schema)


def _place(wanted: str, given: list[str]) -> int:
    if wanted in given:
        return given.index(wanted)
    return [n.lower() for n in given].index(wanted.lower())


def _same_names(given: list[str], wanted: list[str], name: str) -> None:
    have = [n.lower() for n in given]
    lacking = [n for n in wanted if n.lower() not in have]
    if lacking:
        there = ", ".join(given) or "none"
        raise CodeError(f"'{name}' lacks the column '{lacking[0]}' of SCHEMA; it has {there}")
    more = [n for n in given if n.lower() not in [w.lower() for w in wanted]]
    if more:
        raise CodeError(
            f"'{name}' has the column '{more[0]}' that SCHEMA lacks; drop it or declare it"
        )
    if len(given) != len(wanted):
        raise CodeError(f"two columns of '{name}' have one name; rename one of them")


def _cast(column: Any, kind: pa.DataType, name: str) -> Any:
    try:
        return offsets.cast(column, kind)
    except (pa.ArrowException, ValueError) as failure:
        reason = " ".join(str(failure).split())
        raise CodeError(
            f"the column '{name}' is {column.type} and cannot become {ddl(kind, name)} without"
            f" loss: {reason}"
        ) from None


def normal(kind: pa.DataType, name: str) -> pa.DataType:
    """The type of Spark's that holds all of another type's values."""
    if isinstance(kind, pa.BaseExtensionType):
        return normal(kind.storage_type, name)
    if pa.types.is_dictionary(kind):
        return normal(kind.value_type, name)
    found = _WIDER.get(kind) or _flat(kind) or _nested(kind, name) or kind
    ddl(found, name)
    return found


def _flat(kind: pa.DataType) -> pa.DataType | None:
    types = pa.types
    if types.is_large_string(kind) or types.is_string_view(kind):
        return pa.string()
    if types.is_large_binary(kind) or types.is_fixed_size_binary(kind):
        return pa.binary()
    if types.is_timestamp(kind):
        return pa.timestamp("us", "UTC" if kind.tz else None)
    return pa.duration("us") if types.is_duration(kind) else None


def _nested(kind: pa.DataType, name: str) -> pa.DataType | None:
    types = pa.types
    if types.is_map(kind):
        return pa.map_(normal(kind.key_type, name), normal(kind.item_type, name))
    if types.is_struct(kind):
        return pa.struct([pa.field(f.name, normal(f.type, name), f.nullable) for f in kind])
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return pa.list_(normal(kind.value_type, name))
    return None


def ddl(kind: pa.DataType, name: str) -> str:
    """Spark's name of a type."""
    found = _SCALARS.get(kind) or _parametrised(kind) or _nested_ddl(kind, name)
    if found is None:
        raise CodeError(f"the column '{name}' is {kind}, which Spark has no type for; cast it")
    return found


def _parametrised(kind: pa.DataType) -> str | None:
    types = pa.types
    if types.is_decimal128(kind):
        return f"decimal({kind.precision},{kind.scale})"
    if types.is_timestamp(kind):
        return "timestamp" if kind.tz else "timestamp_ntz"
    return "interval day to second" if types.is_duration(kind) else None


def _nested_ddl(kind: pa.DataType, name: str) -> str | None:
    types = pa.types
    if types.is_list(kind):
        return f"array<{ddl(kind.value_type, name)}>"
    if types.is_map(kind):
        return f"map<{ddl(kind.key_type, name)},{ddl(kind.item_type, name)}>"
    if types.is_struct(kind):
        fields = (f"`{f.name.replace('`', '``')}`:{ddl(f.type, name)}" for f in kind)
        return f"struct<{','.join(fields)}>"
    return None
