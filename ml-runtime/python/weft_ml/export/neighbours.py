"""Nearest neighbours as ONNX: the training rows are constants of the graph."""

from __future__ import annotations

import numpy as np

from weft_ml.algorithms.sklearn_k_neighbors import Neighbours
from weft_ml.export.graph import Graph
from weft_ml.export.inputs import linear_matrix


def answers(graph: Graph, fitted: Neighbours) -> str:
    """The neighbours' shares or mean; of rows at one distance the library may choose others."""
    matrix = linear_matrix(graph, fitted.features)
    rows = graph.constant(fitted.rows)
    power = float(fitted.options["p"])
    count = graph.constant([int(fitted.options["n_neighbors"])])
    _, nearest = graph.several(
        "TopK", 2, _distances(graph, matrix, rows, fitted, power), count, axis=1, largest=0
    )
    weights = _weights(graph, matrix, graph.add("Gather", rows, nearest, axis=0), fitted, power)
    targets = graph.add("Gather", graph.constant(fitted.targets), nearest, axis=0)
    if not fitted.classes:
        return _sum(graph, graph.add("Mul", graph.double(targets), weights), 1, keep=True)
    last = graph.constant([2])
    classes = graph.constant(np.arange(fitted.classes)[None, None, :])
    own = graph.double(graph.add("Equal", graph.add("Unsqueeze", targets, last), classes))
    return _sum(graph, graph.add("Mul", own, graph.add("Unsqueeze", weights, last)), 1)


def _distances(graph: Graph, matrix: str, rows: str, fitted: Neighbours, power: float) -> str:
    """What orders all training rows as their distances do, of shape [rows, training rows]."""
    if power != 2:
        own = graph.add("Unsqueeze", matrix, graph.constant([1]))
        return _powers(graph, graph.add("Sub", own, rows), power)
    # |a - b|² without |a|², which is the same for all b: no room for the differences is needed.
    products = graph.add("MatMul", matrix, graph.constant(fitted.rows.T.copy()))
    squares = graph.constant((fitted.rows**2).sum(axis=1)[None, :])
    return graph.add("Sub", squares, graph.add("Mul", products, graph.constant(np.float64(2))))


def _weights(graph: Graph, matrix: str, near: str, fitted: Neighbours, power: float) -> str:
    """Shares of the neighbours that sum up to 1; those at no distance count alone."""
    count = int(fitted.options["n_neighbors"])
    if fitted.options["weights"] == "uniform":
        return graph.constant(np.full((1, count), 1.0 / count))
    own = graph.add("Unsqueeze", matrix, graph.constant([1]))
    sums = _powers(graph, graph.add("Sub", own, near), power)
    distances = graph.add("Pow", sums, graph.constant(np.float64(1 / power)))
    same = graph.add("Equal", distances, graph.constant(np.float64(0)))
    some = graph.add("Greater", _sum(graph, graph.double(same), 1, keep=True), graph.constant(0.0))
    inverse = graph.add("Div", graph.constant(np.float64(1)), distances)
    weights = graph.add("Where", some, graph.double(same), inverse)
    return graph.add("Div", weights, _sum(graph, weights, 1, keep=True))


def _powers(graph: Graph, differences: str, power: float) -> str:
    sizes = graph.add("Abs", differences)
    return _sum(graph, graph.add("Pow", sizes, graph.constant(np.float64(power))), 2)


def _sum(graph: Graph, tensor: str, axis: int, keep: bool = False) -> str:
    return graph.add("ReduceSum", tensor, graph.constant([axis]), keepdims=int(keep))
