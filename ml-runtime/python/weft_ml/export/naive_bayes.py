"""Naive Bayes of flags and of normal distributions as ONNX; that of counts is a linear model."""

from __future__ import annotations

import numpy as np

from weft_ml.algorithms.sklearn_naive_bayes import Flags, Gaussian
from weft_ml.export.graph import Graph
from weft_ml.export.inputs import linear_matrix
from weft_ml.export.linear import product


def answers(graph: Graph, fitted: Flags | Gaussian) -> str:
    """Probabilities."""
    if isinstance(fitted, Gaussian):
        return _normal(graph, fitted)
    inner = fitted.inner
    matrix = linear_matrix(graph, inner.features)
    there = graph.add("Greater", matrix, graph.constant(np.float64(fitted.binarize)))
    flags = graph.double(there)
    return product(graph, flags, inner.coefficients, inner.intercepts, inner.classes)


def _normal(graph: Graph, fitted: Gaussian) -> str:
    """As ``Gaussian.predict``, for all classes at once."""
    matrix = linear_matrix(graph, fitted.features)
    axis = graph.constant([1])
    rows = graph.add("Unsqueeze", matrix, axis)
    apart = graph.add("Sub", rows, graph.constant(fitted.means[None, :, :]))
    squares = graph.add("Mul", apart, apart)
    ratios = graph.add("Div", squares, graph.constant(fitted.variances[None, :, :]))
    logs = np.log(2 * np.pi * fitted.variances).sum(axis=1)
    sums = graph.add("ReduceSum", ratios, graph.constant([2]), keepdims=0)
    halves = graph.add("Mul", sums, graph.constant(np.float64(-0.5)))
    shift = graph.constant((fitted.priors - 0.5 * logs)[None, :])
    return graph.add("Softmax", graph.add("Add", halves, shift), axis=1)
