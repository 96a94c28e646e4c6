"""Users' functions: what they may give, nested calls, and their errors."""

from __future__ import annotations

import pyarrow as pa
import pytest
import weft_ml_pb2 as pb

from weft_ml.python_code import CodeError
from weft_ml.python_udfs import Udfs

BATCH = pa.table({"c0": [1, 2, 3], "c1": ["x", None, "z"]})


def kind(wanted: pa.DataType) -> bytes:
    return bytes(pa.schema([("r", wanted)]).serialize().to_pybytes())


def result(code: str, wanted: pa.DataType, columns: tuple[int, ...] = (0,)) -> list[object]:
    call = pb.PythonScalarCall(
        function=0, arguments=[pb.PythonArgument(column=c) for c in columns], type=kind(wanted)
    )
    udf = pb.PythonScalar(name="f", code=code, file="a.weft", line=10)
    made = Udfs(pb.PythonCode(scalars=[udf], calls=[call])).result(
        BATCH, pa.schema([("r", wanted)])
    )
    found: list[object] = made.column("r").to_pylist()
    return found


@pytest.mark.parametrize(
    "code",
    [
        "import pyarrow.compute as pc\ndef f(x): return pc.add(x, 1)",
        "import numpy as np\ndef f(x): return x.to_numpy() + 1",
        "def f(x): return x.to_pandas() + 1",
        "import polars as pl\ndef f(x): return pl.from_arrow(x) + 1",
        "f = lambda x: x.to_pandas() + 1.0",
    ],
)
def test_arrays_of_every_library_are_taken(code: str) -> None:
    assert result(code, pa.int64()) == [2, 3, 4]


def test_nulls_stay_and_several_arguments_come_in_order() -> None:
    code = "def f(n, s): return (s.to_pandas() + n.to_pandas().astype(str)).astype(object)"
    assert result(code, pa.string(), (0, 1)) == ["x1", None, "z3"]


def test_nested_calls_run_inside_out() -> None:
    udfs = [
        pb.PythonScalar(name="f", code="def f(x): return x.to_pandas() * 10", line=1),
        pb.PythonScalar(name="g", code="def g(x): return x.to_pandas() + 1", line=1),
    ]
    inner = pb.PythonScalarCall(
        function=1, arguments=[pb.PythonArgument(column=0)], type=kind(pa.int64())
    )
    outer = pb.PythonScalarCall(
        function=0, arguments=[pb.PythonArgument(call=inner)], type=kind(pa.int64())
    )
    made = Udfs(pb.PythonCode(scalars=udfs, calls=[outer, inner])).result(
        BATCH, pa.schema([("a", pa.int64()), ("b", pa.int64())])
    )
    assert made.to_pydict() == {"a": [20, 30, 40], "b": [2, 3, 4]}


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("def f(x): return x.slice(1)", "it gives 2 values for 3 rows"),
        ("def f(x): return 5", "it gives int, and should give an array"),
        ("def f(x): return ['a', 1, 2]", "it gives list, and should give an array"),
        ("import pyarrow as pa\ndef f(x): return pa.array([1.5, 2, 3])", "without loss"),
        (
            "def f(x):\n  return 1 / 0",
            "division by zero (in the Python function 'f' of a.weft, line",
        ),
        ("def f(x, y): return x", "missing 1 required positional argument"),
        ("def g(x): return x", "the code does not define 'f'; it defines g"),
        ("f = 1", "the code does not define 'f'"),
        ("1 / 0", "in the Python function 'f' of a.weft, line 10"),
        ("def f(:", "SyntaxError"),
        ("def f(x): exit()", "ends its process"),
    ],
)
def test_errors_name_function_file_and_line(code: str, message: str) -> None:
    with pytest.raises(CodeError) as raised:
        result(code, pa.int64())
    assert message in raised.value.message
    assert "in the Python function 'f' of a.weft" in raised.value.message


GIVEN = [[{"n": 1, "w": "a"}, {"n": 2}], [], None]
ROWS = pa.list_(pa.struct([("n", pa.int32()), ("w", pa.string())]))


def rows(code: str) -> list[object]:
    call = pb.PythonScalarCall(function=0, arguments=[pb.PythonArgument(column=0)], type=kind(ROWS))
    udf = pb.PythonScalar(name="f", code=code, file="a.weft", line=10, table=True)
    made = Udfs(pb.PythonCode(scalars=[udf], calls=[call])).result(BATCH, pa.schema([("r", ROWS)]))
    found: list[object] = made.column("r").to_pylist()
    return found


@pytest.mark.parametrize(
    "code",
    [
        "def f(x): return [[(1, 'a'), (2, None)], [], None]",
        f"def f(x): return {GIVEN}",
        f"from pyarrow import array\ndef f(x): return array({GIVEN})",
        f"from polars import Series\ndef f(x): return Series({GIVEN})",
    ],
)
def test_rows_of_a_table_function_come_as_lists(code: str) -> None:
    assert rows(code) == [[{"n": 1, "w": "a"}, {"n": 2, "w": None}], [], None]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("def f(x): return [[], []]", "it gives 2 lists of rows for 3 rows"),
        ("def f(x): return [[(1,)], [], []]", "lists that are not array<struct<`n`:int"),
        ("def f(x): return [[(1 << 40, 'a')], [], []]", "lists that are not array<struct<"),
        ("def f(x): return x", "cannot become array<struct<`n`:int,`w`:string>> without loss"),
        ("def f(x): return {'n': 1}", "it gives dict, and should give for each row a list of rows"),
        ("def f(x): return ([],)", "it gives tuple, and should give for each row a list of rows"),
    ],
)
def test_rows_of_other_shapes_are_refused(code: str, message: str) -> None:
    with pytest.raises(CodeError) as failure:
        rows(code)
    assert message in str(failure.value.message)
