"""MLlib's generalised linear models as ONNX: from a line to a number, by the inverse of a link."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from weft_ml.errors import ExportFailedError
from weft_ml.export import normal
from weft_ml.export.graph import Graph

# Answers lie between these, as MLlib has it.
LEAST = 1e-16
MOST = sys.float_info.max
BOUNDS = {"gaussian": (-MOST, MOST), "binomial": (LEAST, 1 - LEAST)}

OPERATORS = {"identity": "Identity", "log": "Exp", "logit": "Sigmoid", "inverse": "Reciprocal"}


def answers(graph: Graph, line: str, model: Any) -> str:
    """The number that a link makes of the line's."""
    found = _inverse(graph, line, model["link"], float(model["power"]))
    least, most = BOUNDS.get(model["family"], (LEAST, MOST))
    for operator, bound in (("Less", least), ("Greater", most)):
        end = graph.constant(np.float64(bound))
        found = graph.add("Where", graph.add(operator, found, end), end, found)
    return found


def _inverse(graph: Graph, line: str, link: str, power: float) -> str:
    if link == "power":
        return _root(graph, line, power)
    if link == "probit":
        return normal.below(graph, line)
    if link == "cloglog":
        odds = graph.add("Exp", graph.add("Neg", graph.add("Exp", line)))
        return graph.add("Sub", graph.constant(np.float64(1)), odds)
    if link == "sqrt":
        return graph.add("Mul", line, line)
    if link not in OPERATORS:
        raise ExportFailedError(f"the link {link} has no ONNX here")
    return graph.add(OPERATORS[link], line)


def _root(graph: Graph, line: str, power: float) -> str:
    """The inverse of a power; 0 stands for the logarithm."""
    if power == 0:
        return graph.add("Exp", line)
    if power == 1:
        return line
    return graph.add("Pow", line, graph.constant(np.float64(1 / power)))
