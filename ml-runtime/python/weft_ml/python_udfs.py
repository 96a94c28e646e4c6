"""Users' functions: called with whole arrays, nested calls inside out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import weft_ml_pb2 as pb

from weft_ml import spark_arrow
from weft_ml.python_code import CodeError, StoppedError, compiled, run, told

Array = Any
VALUES = "an array of pyarrow, numpy or pandas"
LISTS = (
    "for each row a list of rows, which are tuples or dictionaries, or a pyarrow array of such"
    " lists"
)


class Udfs:
    """The functions of a query's node, and the calls of them."""

    def __init__(self, message: pb.PythonCode) -> None:
        self._functions = [_Function(udf) for udf in message.scalars]
        self._calls = list(message.calls)
        self._kinds: dict[bytes, pa.DataType] = {}

    def result(self, batch: pa.Table, schema: pa.Schema) -> pa.Table:
        """A column for each call."""
        columns = [self._call(call, batch) for call in self._calls]
        return pa.table(columns, schema=schema)

    def _call(self, call: pb.PythonScalarCall, batch: pa.Table) -> Array:
        function = self._functions[call.function]
        arguments = [self._argument(argument, batch) for argument in call.arguments]
        return function.call(arguments, batch.num_rows, self._kind(call.type))

    def _kind(self, schema: bytes) -> pa.DataType:
        kind = self._kinds.get(schema)
        if kind is None:
            kind = self._kinds[schema] = pa.ipc.read_schema(pa.BufferReader(schema)).field(0).type
        return kind

    def _argument(self, argument: pb.PythonArgument, batch: pa.Table) -> Array:
        if argument.WhichOneof("kind") == "call":
            return self._call(argument.call, batch)
        return batch.column(argument.column).combine_chunks()


class _Function:
    def __init__(self, udf: pb.PythonScalar) -> None:
        self._name = udf.name
        self._place = f"in the Python function '{udf.name}' of {udf.file}"
        self._code = udf.code
        self._line = udf.line
        self._table = udf.table
        self._function: Callable[..., Any] | None = None

    def call(self, arguments: list[Array], rows: int, kind: pa.DataType) -> Array:
        """What the function gives, as an array of as many rows."""
        try:
            return self._checked(self._defined()(*arguments), rows, kind)
        except CodeError as failure:
            raise self._placed(failure) from None
        except StoppedError:
            raise
        except BaseException as failure:
            raise self._placed(told(failure)) from None

    def _defined(self) -> Callable[..., Any]:
        if self._function is None:
            names: dict[str, Any] = {"__name__": "__weft__"}
            run(compiled(self._code, self._line), names)
            found = names.get(self._name)
            if not callable(found):
                defined = [n for n, v in names.items() if callable(v) and not n.startswith("__")]
                there = f"; it defines {', '.join(defined)}" if defined else ""
                raise CodeError(f"the code does not define '{self._name}'{there}")
            self._function = found
        return self._function

    def _checked(self, value: Any, rows: int, kind: pa.DataType) -> Array:
        array = _rows(value, kind, self._name) if self._table else _array(value, VALUES)
        if len(array) != rows:
            what = "lists of rows" if self._table else "values"
            raise CodeError(f"it gives {len(array)} {what} for {rows} rows")
        if array.type == kind:
            return array
        try:
            return array.cast(kind, safe=True)
        except (pa.ArrowException, ValueError) as failure:
            reason = " ".join(str(failure).split())
            wanted = spark_arrow.ddl(kind, self._name)
            raise CodeError(
                f"it gives {array.type}, which cannot become {wanted} without loss: {reason}"
            ) from None

    def _placed(self, failure: CodeError) -> CodeError:
        line = f", line {failure.line}" if failure.line else ""
        return CodeError(f"{failure.message} ({self._place}{line})")


def _rows(value: Any, kind: pa.DataType, name: str) -> Array:
    """Lists of rows, one for each row: of Arrow, or of Python's tuples and dictionaries."""
    if not isinstance(value, list):
        return _array(value, LISTS)
    try:
        return pa.array(value, kind)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as failure:
        reason = " ".join(str(failure).split())
        wanted = spark_arrow.ddl(kind, name)
        raise CodeError(f"it gives lists that are not {wanted}: {reason}") from None


def _array(value: Any, wanted: str) -> Array:
    """An array of pyarrow, numpy, pandas or polars as pyarrow's."""
    if isinstance(value, pa.ChunkedArray):
        return value.combine_chunks()
    if isinstance(value, pa.Array):
        return value
    if hasattr(value, "to_arrow"):
        return _array(value.to_arrow(), wanted)
    module = type(value).__module__.split(".")[0]
    if module in ("numpy", "pandas") and hasattr(value, "__len__"):
        try:
            return pa.array(value, from_pandas=True)
        except (pa.ArrowException, TypeError, ValueError) as failure:
            reason = " ".join(str(failure).split())
            raise CodeError(f"it gives values that Arrow has no type for: {reason}") from None
    raise CodeError(f"it gives {type(value).__name__}, and should give {wanted}")
