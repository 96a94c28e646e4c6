"""Multilayer perceptrons as ONNX."""

from __future__ import annotations

from weft_ml.algorithms.sklearn_mlp import Network
from weft_ml.export import scores
from weft_ml.export.graph import Graph
from weft_ml.export.inputs import linear_matrix

BENT = {"relu": "Relu", "tanh": "Tanh", "logistic": "Sigmoid", "identity": "Identity"}


def answers(graph: Graph, fitted: Network) -> str:
    """Probabilities or numbers."""
    rows = linear_matrix(graph, fitted.features)
    last = len(fitted.weights) - 1
    for place, (weights, bias) in enumerate(zip(fitted.weights, fitted.biases, strict=True)):
        rows = graph.add("MatMul", rows, graph.constant(weights))
        rows = graph.add("Add", rows, graph.constant(bias[None, :]))
        if place < last:
            rows = graph.add(BENT[fitted.activation], rows)
    return scores.probabilities(graph, rows, fitted.classes) if fitted.classes else rows
