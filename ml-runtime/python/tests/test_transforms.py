"""Expressions of TRANSFORM as nodes give what Spark's SQL gives."""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto

from weft_ml.algorithms.onnx_model import OWN_NULL
from weft_ml.errors import ExportFailedError
from weft_ml.export import transforms
from weft_ml.export.graph import Graph

NAN = math.nan
X = {"column": "x"}
Y = {"column": "y"}
T = {"column": "t"}


def call(operator: str, *arguments: Any) -> Any:
    return {"call": operator, "arguments": list(arguments)}


def constant(value: Any, kind: str = "number") -> Any:
    return {"constant": None if value is None else str(value), "kind": kind}


def computed(expression: Any, text: bool = False, **columns: list[Any]) -> list[Any]:
    """Adds columns of numbers where none are given."""
    count = len(next(iter(columns.values())))
    given: dict[str, list[Any]] = {
        "x": [0.0] * count,
        "y": [0.0] * count,
        "t": [""] * count,
        **columns,
    }
    graph = Graph()
    for name in given:
        graph.input(name, name == "t")
    made = transforms.made(graph, expression, {"t"}, "x")
    kind = TensorProto.STRING if text else TensorProto.DOUBLE
    graph.output(made, "made", kind, ["rows", 1])
    session = onnxruntime.InferenceSession(graph.model("m", {}).SerializeToString())
    feed = {
        name: np.array(
            [[value] for value in values], dtype=np.object_ if name == "t" else np.float64
        )
        for name, values in given.items()
    }
    (found,) = session.run(["made"], feed)
    assert found.shape == (count, 1)
    return [value for (value,) in found.tolist()]


@pytest.mark.parametrize(
    ("operator", "x", "y", "wanted"),
    [
        ("add", 1.5, 2.0, 3.5),
        ("add", NAN, 2.0, NAN),
        ("divide", 7.0, 2.0, 3.5),
        ("divide", 7.0, 0.0, NAN),
        ("divide_whole", -7.0, 2.0, -3.0),
        ("divide_whole", 7.0, 0.0, NAN),
        ("remainder", -7.0, 3.0, -1.0),
        ("remainder", 7.0, 0.0, NAN),
        ("modulo", -7.0, 3.0, 2.0),
        ("power", -2.0, 3.0, -8.0),
        ("least", NAN, 3.0, 3.0),
        ("greatest", 4.0, NAN, 4.0),
        ("greatest", NAN, NAN, NAN),
        ("equal", 2.0, 2.0, 1.0),
        ("equal", NAN, NAN, NAN),
        ("less", 2.0, 3.0, 1.0),
        ("less", 2.0, NAN, NAN),
        ("less_or_equal", 3.0, 3.0, 1.0),
        ("and", 0.0, NAN, 0.0),
        ("and", 1.0, NAN, NAN),
        ("and", 1.0, 1.0, 1.0),
        ("or", 1.0, NAN, 1.0),
        ("or", 0.0, NAN, NAN),
        ("or", 0.0, 0.0, 0.0),
        ("coalesce", NAN, 3.0, 3.0),
        ("coalesce", 2.0, 3.0, 2.0),
    ],
)
def test_two_values(operator: str, x: float, y: float, wanted: float) -> None:
    found = computed(call(operator, X, Y), x=[x], y=[y])
    np.testing.assert_allclose(found, [wanted])


@pytest.mark.parametrize(
    ("operator", "x", "wanted"),
    [
        ("truncate", -2.7, -2.0),
        ("ceiling", -2.7, -2.0),
        ("floor", -2.7, -3.0),
        ("negate", 2.0, -2.0),
        ("absolute", -2.0, 2.0),
        ("sign", -2.0, -1.0),
        ("single", 0.1, float(np.float32(0.1))),
        ("square_root", -1.0, NAN),
        ("logarithm", 0.0, NAN),
        ("logarithm", math.e, 1.0),
        ("exponential", 1.0, math.e),
        ("sine", 1.0, math.sin(1)),
        ("cosine", 1.0, math.cos(1)),
        ("tangent", 1.0, math.tan(1)),
        ("tanh", 1.0, math.tanh(1)),
        ("not", 1.0, 0.0),
        ("not", NAN, NAN),
        ("is_null", NAN, 1.0),
        ("is_null", 0.0, 0.0),
        ("same", 3.0, 3.0),
        ("nonzero", 3.0, 1.0),
        ("nonzero", NAN, NAN),
    ],
)
def test_one_value(operator: str, x: float, wanted: float) -> None:
    np.testing.assert_allclose(computed(call(operator, X), x=[x]), [wanted], rtol=1e-12)


@pytest.mark.parametrize(
    ("digits", "x", "wanted"),
    [(0, 2.5, 3.0), (0, -2.5, -3.0), (2, 2.675, 2.68), (2, -1.004, -1.0), (-1, 25.0, 30.0)],
)
def test_rounding_is_half_away_from_zero(digits: int, x: float, wanted: float) -> None:
    np.testing.assert_allclose(computed(call("round", X, constant(digits)), x=[x]), [wanted])


def test_a_choice_takes_the_second_where_nothing_is_known() -> None:
    chosen = call("if", X, constant(5), Y)
    np.testing.assert_allclose(
        computed(chosen, x=[1.0, 0.0, NAN], y=[7.0, 8.0, 9.0]), [5.0, 8.0, 9.0]
    )


def test_texts() -> None:
    texts = ["north", OWN_NULL, "a.b"]
    equal = call("equal", T, constant("north", "text"))
    np.testing.assert_allclose(computed(equal, t=texts), [1.0, NAN, 0.0])
    np.testing.assert_allclose(computed(call("is_null", T), t=texts), [0.0, 1.0, 0.0])
    filled = call("coalesce", T, constant("none", "text"))
    assert computed(filled, text=True, t=texts) == ["north", "none", "a.b"]
    joined = call("concat", T, constant("-", "text"), T)
    assert computed(joined, text=True, t=texts) == ["north-north", OWN_NULL, "a.b-a.b"]
    chosen = call("if", X, T, constant(None, "text"))
    assert computed(chosen, text=True, t=texts, x=[0.0, 1.0, 1.0]) == [OWN_NULL, OWN_NULL, "a.b"]


@pytest.mark.parametrize(
    ("operator", "pattern", "wanted"),
    [
        ("starts_with", "a.", [1.0, 0.0, NAN, 0.0]),
        ("ends_with", "b", [1.0, 1.0, NAN, 0.0]),
        ("contains", ".", [1.0, 0.0, NAN, 0.0]),
        ("contains", "\n", [0.0, 0.0, NAN, 1.0]),
        ("contains", "", [1.0, 1.0, NAN, 1.0]),
    ],
)
def test_parts_of_texts(operator: str, pattern: str, wanted: list[float]) -> None:
    found = computed(call(operator, T, constant(pattern, "text")), t=["a.b", "ab", OWN_NULL, "\n"])
    np.testing.assert_allclose(found, wanted)


def test_parts_of_dates_are_those_of_the_calendar() -> None:
    days = [datetime.date(1600, 2, 29) + datetime.timedelta(days=97 * i) for i in range(2000)]
    seconds = [(day - datetime.date(1970, 1, 1)).days * 86_400.0 for day in days]
    wanted = {
        "year": [day.year for day in days],
        "quarter": [(day.month + 2) // 3 for day in days],
        "month": [day.month for day in days],
        "day_of_month": [day.day for day in days],
        "day_of_year": [day.timetuple().tm_yday for day in days],
        "day_of_week": [day.isoweekday() % 7 + 1 for day in days],
        "weekday": [day.weekday() for day in days],
    }
    for name, parts in wanted.items():
        assert computed(call(name, X), x=seconds) == parts, name
        np.testing.assert_allclose(computed(call(name, X), x=[NAN]), [NAN])


def test_a_constant_is_one_for_each_row() -> None:
    assert computed(call("add", constant(1), constant(2)), x=[1.0, 2.0]) == [3.0, 3.0]
    assert computed(constant("true", "boolean"), x=[1.0, 2.0]) == [1.0, 1.0]
    with pytest.raises(ExportFailedError, match="a constant text"):
        computed(constant("a", "text"), text=True, x=[1.0])
