"""Networks of dense layers as ONNX."""

from __future__ import annotations

import numpy as np

from weft_ml.algorithms.layers import Layers
from weft_ml.export.graph import Graph
from weft_ml.export.inputs import linear_matrix

ACTIVATIONS = {"relu": "Relu", "tanh": "Tanh", "logistic": "Sigmoid", "identity": "Identity"}


def answers(graph: Graph, fitted: Layers) -> str:
    """Probabilities or numbers."""
    rows = linear_matrix(graph, fitted.features)
    last = len(fitted.weights) - 1
    for place, (weights, biases) in enumerate(zip(fitted.weights, fitted.biases, strict=True)):
        rows = graph.add("MatMul", rows, graph.constant(weights))
        rows = graph.add("Add", rows, graph.constant(biases[None, :]))
        if place < last:
            rows = graph.add(ACTIVATIONS[fitted.activation], rows)
    if fitted.classes:
        return graph.add("Softmax", rows, axis=1)
    scaled = graph.add("Mul", rows, graph.constant(np.float64(fitted.scale)))
    return graph.add("Add", scaled, graph.constant(np.float64(fitted.mean)))
