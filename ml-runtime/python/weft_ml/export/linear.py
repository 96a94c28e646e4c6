"""Linear models as ONNX."""

from __future__ import annotations

from weft_ml.algorithms.linear import Linear
from weft_ml.arrays import Floats
from weft_ml.export import scores
from weft_ml.export.graph import Graph
from weft_ml.export.inputs import linear_matrix


def answers(graph: Graph, fitted: Linear) -> str:
    """Probabilities or numbers."""
    matrix = linear_matrix(graph, fitted.features)
    return product(graph, matrix, fitted.coefficients, fitted.intercepts, fitted.classes)


def product(
    graph: Graph, matrix: str, coefficients: Floats, intercepts: Floats, classes: int
) -> str:
    """What coefficients make of a matrix."""
    sums = graph.add("MatMul", matrix, graph.constant(coefficients.T.copy()))
    sums = graph.add("Add", sums, graph.constant(intercepts[None, :]))
    return scores.probabilities(graph, sums, classes) if classes else sums
