"""What TRANSFORM computes, as nodes: each value is a column of doubles or of texts.

A number that is not there is NaN, a text that is not there is ``OWN_NULL``, and booleans are 1, 0
or NaN, since ONNX has no nulls.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
from onnx import TensorProto

from weft_ml.algorithms.onnx_model import OWN_NULL
from weft_ml.errors import ExportFailedError
from weft_ml.export.calendar import PARTS
from weft_ml.export.graph import Graph, objects

# Of an expression the nodes that compute it, from those of its arguments.
Operator = Callable[["Nodes", list[str]], str]


def made(graph: Graph, expression: Any, texts: set[str], first: str) -> str:
    """The tensor of a feature, of shape [rows, 1].

    ``texts`` are the inputs that are texts, ``first`` is any: it knows how many rows there are.
    """
    nodes = Nodes(graph, texts)
    found = nodes.value(expression)
    if _reads(expression):
        return found
    if found in nodes.texts:
        raise ExportFailedError("a feature of TRANSFORM is a constant text; leave it out")
    return graph.add("Expand", found, graph.add("Shape", first))


def _reads(expression: Any) -> bool:
    return "column" in expression or any(map(_reads, expression.get("arguments", ())))


class Nodes:
    """Adds nodes to a graph; what a method takes and gives are names of tensors."""

    def __init__(self, graph: Graph, texts: set[str]) -> None:
        self.graph = graph
        self.texts = set(texts)

    def value(self, expression: Any) -> str:
        """A value of each row, or of all where no column takes part."""
        if "column" in expression:
            return str(expression["column"])
        if "call" in expression:
            called = str(expression["call"])
            arguments = expression["arguments"]
            if called in WITH_CONSTANT:
                (value, constant) = arguments
                return WITH_CONSTANT[called](self, self.value(value), str(constant["constant"]))
            return OPERATORS[called](self, [self.value(each) for each in arguments])
        return self.constant(expression["constant"], expression["kind"])

    def constant(self, text: str | None, kind: str) -> str:
        """A value that is the same for all rows; None for one that is not there."""
        if kind == "text":
            return self.text(
                self.graph.constant(objects([OWN_NULL if text is None else text]).reshape(1, 1))
            )
        if kind == "boolean" and text is not None:
            return self.number(float(text == "true"))
        return self.number(float("nan" if text is None else text))

    def text(self, tensor: str) -> str:
        """Remembers that a tensor holds texts."""
        self.texts.add(tensor)
        return tensor

    def number(self, value: float) -> str:
        """A constant."""
        return self.graph.constant(np.array([[value]]))

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """A node."""
        return self.graph.add(operator, *inputs, **attributes)

    def missing(self, value: str) -> str:
        """Whether a value is null, as ONNX's own boolean."""
        if value in self.texts:
            return self.add("Equal", value, self.graph.constant(objects([OWN_NULL]).reshape(1, 1)))
        return self.add("IsNaN", value)

    def is_number(self, value: str, number: float) -> str:
        """Whether a value is this number, as ONNX's own boolean."""
        return self.add("Equal", value, self.number(number))

    def choice(self, condition: str, yes: str, no: str) -> str:
        """One of two values by ONNX's own boolean."""
        found = self.add("Where", condition, yes, no)
        return self.text(found) if yes in self.texts or no in self.texts else found

    def where_known(self, found: str, *values: str) -> str:
        """A number, or null where one of the values is."""
        unknown = reduce(lambda a, b: self.add("Or", a, b), map(self.missing, values))
        return self.choice(unknown, self.number(float("nan")), found)

    def boolean(self, found: str, *values: str) -> str:
        """ONNX's own boolean as a number, null where one of the values is."""
        return self.where_known(self.add("Cast", found, to=TensorProto.DOUBLE), *values)

    def truncated(self, value: str) -> str:
        """Towards zero."""
        return self.add("Mul", self.add("Sign", value), self.add("Floor", self.add("Abs", value)))

    def unless_zero(self, divisor: str, found: str) -> str:
        """Null where it is divided by zero."""
        return self.choice(self.is_number(divisor, 0.0), self.number(float("nan")), found)


def _plain(operator: str, **attributes: Any) -> Operator:
    return lambda nodes, a: nodes.add(operator, *a, **attributes)


def _compared(operator: str) -> Operator:
    return lambda nodes, a: nodes.boolean(nodes.add(operator, *a), *a)


def _folded(two: Callable[[Nodes, str, str], str]) -> Operator:
    return lambda nodes, a: reduce(lambda x, y: two(nodes, x, y), a)


def _divided(nodes: Nodes, a: list[str]) -> str:
    return nodes.unless_zero(a[1], nodes.add("Div", *a))


def _remainder(nodes: Nodes, a: list[str]) -> str:
    return nodes.unless_zero(a[1], nodes.add("Mod", *a, fmod=1))


def _modulo(nodes: Nodes, a: list[str]) -> str:
    return _remainder(nodes, [nodes.add("Add", _remainder(nodes, a), a[1]), a[1]])


def _single(nodes: Nodes, a: list[str]) -> str:
    return nodes.graph.double(nodes.add("Cast", a[0], to=TensorProto.FLOAT))


def _logarithm(nodes: Nodes, a: list[str]) -> str:
    none = nodes.add("LessOrEqual", a[0], nodes.number(0.0))
    return nodes.choice(none, nodes.number(float("nan")), nodes.add("Log", a[0]))


def _tangent(nodes: Nodes, a: list[str]) -> str:
    return nodes.add("Div", nodes.add("Sin", a[0]), nodes.add("Cos", a[0]))


def _best(operator: str) -> Operator:
    def two(nodes: Nodes, x: str, y: str) -> str:
        found = nodes.choice(nodes.missing(y), x, nodes.add(operator, x, y))
        return nodes.choice(nodes.missing(x), y, found)

    return _folded(two)


def _and(nodes: Nodes, x: str, y: str) -> str:
    no = nodes.add("Or", nodes.is_number(x, 0.0), nodes.is_number(y, 0.0))
    return nodes.choice(no, nodes.number(0.0), nodes.add("Mul", x, y))


def _or(nodes: Nodes, x: str, y: str) -> str:
    yes = nodes.add("Or", nodes.is_number(x, 1.0), nodes.is_number(y, 1.0))
    return nodes.choice(yes, nodes.number(1.0), nodes.add("Add", x, y))


def _concat(nodes: Nodes, x: str, y: str) -> str:
    unknown = nodes.add("Or", nodes.missing(x), nodes.missing(y))
    joined = nodes.text(nodes.add("StringConcat", x, y))
    return nodes.choice(unknown, nodes.constant(None, "text"), joined)


def _coalesce(nodes: Nodes, a: list[str]) -> str:
    return reduce(
        lambda found, before: nodes.choice(nodes.missing(before), found, before), reversed(a)
    )


def _part(name: str) -> Operator:
    return lambda nodes, a: PARTS[name](nodes, a[0])


OPERATORS: dict[str, Operator] = {
    "add": _plain("Add"),
    "subtract": _plain("Sub"),
    "multiply": _plain("Mul"),
    "divide": _divided,
    "divide_whole": lambda nodes, a: nodes.truncated(_divided(nodes, a)),
    "remainder": _remainder,
    "modulo": _modulo,
    "negate": _plain("Neg"),
    "absolute": _plain("Abs"),
    "ceiling": _plain("Ceil"),
    "floor": _plain("Floor"),
    "truncate": lambda nodes, a: nodes.truncated(a[0]),
    "single": _single,
    "square_root": _plain("Sqrt"),
    "exponential": _plain("Exp"),
    "logarithm": _logarithm,
    "power": _plain("Pow"),
    "sign": _plain("Sign"),
    "sine": _plain("Sin"),
    "cosine": _plain("Cos"),
    # ONNX Runtime has no tangent of doubles.
    "tangent": _tangent,
    "tanh": _plain("Tanh"),
    "least": _best("Min"),
    "greatest": _best("Max"),
    "equal": _compared("Equal"),
    "less": _compared("Less"),
    "less_or_equal": _compared("LessOrEqual"),
    "and": _folded(_and),
    "or": _folded(_or),
    "not": lambda nodes, a: nodes.add("Sub", nodes.number(1.0), a[0]),
    "is_null": lambda nodes, a: nodes.graph.double(nodes.missing(a[0])),
    "if": lambda nodes, a: nodes.choice(nodes.is_number(a[0], 1.0), a[1], a[2]),
    "coalesce": _coalesce,
    "same": lambda nodes, a: a[0],
    "nonzero": lambda nodes, a: nodes.boolean(nodes.add("Not", nodes.is_number(a[0], 0.0)), a[0]),
    "concat": _folded(_concat),
    **{name: _part(name) for name in PARTS},
}


def _matches(pattern: str) -> Callable[[Nodes, str, str], str]:
    def nodes_of(nodes: Nodes, value: str, constant: str) -> str:
        whole = "(?s)" + pattern.replace("…", re.escape(constant))
        return nodes.boolean(nodes.add("RegexFullMatch", value, pattern=whole), value)

    return nodes_of


def _rounded(nodes: Nodes, value: str, digits: str) -> str:
    # Spark rounds the decimal text of a number: 2.675 to 2.68, although it is a little less.
    scale = 10.0 ** int(digits)
    grown = nodes.add("Mul", nodes.add("Abs", value), nodes.number(scale * (1 + 4e-16)))
    whole = nodes.add("Floor", nodes.add("Add", grown, nodes.number(0.5)))
    return nodes.add("Div", nodes.add("Mul", nodes.add("Sign", value), whole), nodes.number(scale))


# Those whose second argument is a constant.
WITH_CONSTANT: dict[str, Callable[[Nodes, str, str], str]] = {
    "starts_with": _matches("….*"),
    "ends_with": _matches(".*…"),
    "contains": _matches(".*….*"),
    "round": _rounded,
}
