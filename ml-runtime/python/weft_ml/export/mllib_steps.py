"""MLlib's isotonic regression as ONNX: a line through points, level outside of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from weft_ml.export.graph import Graph


def answers(graph: Graph, matrix: str, model: Any) -> str:
    """Numbers, of shape [rows]."""
    bounds = np.asarray(model["boundaries"], dtype=np.float64)
    values = np.asarray(model["values"], dtype=np.float64)
    number = graph.add("Gather", matrix, graph.constant(0), axis=1)
    place = _place(graph, number, bounds)
    last = graph.constant(len(bounds) - 1)
    behind = graph.add("Min", graph.add("Add", place, graph.constant(1)), last)
    start, end = (_at(graph, bounds, at) for at in (place, behind))
    low, high = (_at(graph, values, at) for at in (place, behind))
    width = graph.add("Sub", end, start)
    rise = graph.add("Mul", graph.add("Sub", high, low), graph.add("Sub", number, start))
    between = graph.add("Add", low, graph.add("Div", rise, width))
    none = graph.add("Equal", width, graph.constant(np.float64(0)))
    before = graph.add("LessOrEqual", number, start)
    return graph.add("Where", graph.add("Or", none, before), low, between)


def _place(graph: Graph, number: str, bounds: Any) -> str:
    """The last bound that is not above a number, or the first; found by halves."""
    steps = int(len(bounds) - 1).bit_length()
    padded = np.full(2**steps, np.inf)
    padded[: len(bounds)] = bounds
    place = graph.whole(graph.add("Mul", graph.add("Sign", number), graph.constant(np.float64(0))))
    for step in reversed(range(steps)):
        further = graph.add("Add", place, graph.constant(2**step))
        reached = graph.add("GreaterOrEqual", number, _at(graph, padded, further))
        place = graph.add("Where", reached, further, place)
    return graph.add("Min", place, graph.constant(len(bounds) - 1))


def _at(graph: Graph, values: Any, place: str) -> str:
    return graph.add("Gather", graph.constant(values), place, axis=0)
