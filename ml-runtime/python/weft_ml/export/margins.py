"""Support vector machines as ONNX: decision values and their calibration."""

from __future__ import annotations

import numpy as np

from weft_ml.algorithms.calibration import Calibration
from weft_ml.algorithms.kernels import Kernel
from weft_ml.algorithms.pairs import sides
from weft_ml.algorithms.sklearn_linear_svm import Margins
from weft_ml.algorithms.sklearn_svm import Machine
from weft_ml.arrays import Floats
from weft_ml.export import scores
from weft_ml.export.graph import Graph
from weft_ml.export.inputs import linear_matrix


def answers(graph: Graph, fitted: Margins | Machine) -> str:
    """Probabilities or numbers."""
    if isinstance(fitted, Margins):
        return _linear(graph, fitted)
    return _kernel(graph, fitted)


def _linear(graph: Graph, fitted: Margins) -> str:
    """Probabilities of a linear machine."""
    matrix = linear_matrix(graph, fitted.inner.features)
    sums = graph.add("MatMul", matrix, graph.constant(fitted.inner.coefficients.T.copy()))
    sums = graph.add("Add", sums, graph.constant(fitted.inner.intercepts[None, :]))
    return _probabilities(graph, sums, fitted.calibration)


def _kernel(graph: Graph, fitted: Machine) -> str:
    """Probabilities or numbers of a machine with a kernel."""
    matrix = linear_matrix(graph, fitted.features)
    alike = _alike(graph, matrix, fitted.vectors, fitted.kernel)
    sums = graph.add("MatMul", alike, graph.constant(fitted.weights))
    sums = graph.add("Add", sums, graph.constant(fitted.intercepts[None, :]))
    if fitted.calibration is None:
        return sums
    if fitted.classes > 2:
        sums = _one_against_one(graph, sums, fitted.classes)
    return _probabilities(graph, sums, fitted.calibration)


def _alike(graph: Graph, matrix: str, vectors: Floats, kernel: Kernel) -> str:
    """The kernels of shape [rows, vectors]."""
    products = graph.add("MatMul", matrix, graph.constant(vectors.T.copy()))
    if kernel.name == "linear":
        return products
    gamma = graph.constant(np.float64(kernel.gamma))
    if kernel.name == "rbf":
        squares = graph.add("Mul", matrix, matrix)
        own = graph.add("ReduceSum", squares, graph.constant([1]), keepdims=1)
        theirs = graph.constant((vectors**2).sum(axis=1)[None, :])
        twice = graph.add("Mul", products, graph.constant(np.float64(2)))
        apart = graph.add("Sub", graph.add("Add", own, theirs), twice)
        return graph.add("Exp", graph.add("Neg", graph.add("Mul", apart, gamma)))
    shifted = graph.add("Mul", products, gamma)
    shifted = graph.add("Add", shifted, graph.constant(np.float64(kernel.coef0)))
    if kernel.name == "sigmoid":
        return graph.add("Tanh", shifted)
    return graph.add("Pow", shifted, graph.constant(np.float64(kernel.degree)))


def _one_against_one(graph: Graph, sums: str, classes: int) -> str:
    """As ``pairs.one_against_one``."""
    above, below = sides(classes)
    one = graph.constant(np.float64(1))
    won = graph.double(graph.add("GreaterOrEqual", sums, graph.constant(np.float64(0))))
    lost = graph.add("Sub", one, won)
    votes = graph.add(
        "Add",
        graph.add("MatMul", won, graph.constant(above)),
        graph.add("MatMul", lost, graph.constant(below)),
    )
    margin = graph.add("MatMul", sums, graph.constant(above - below))
    size = graph.add("Add", graph.add("Abs", margin), one)
    size = graph.add("Mul", size, graph.constant(np.float64(3)))
    return graph.add("Add", votes, graph.add("Div", margin, size))


def _probabilities(graph: Graph, values: str, calibration: Calibration) -> str:
    """As ``Calibration.probabilities``."""
    bent = graph.add("Mul", values, graph.constant(-calibration.slopes[None, :]))
    shares = graph.add(
        "Sigmoid", graph.add("Sub", bent, graph.constant(calibration.offsets[None, :]))
    )
    if len(calibration.slopes) == 1:
        return scores.pair(graph, shares)
    sums = graph.add("ReduceSum", shares, graph.constant([1]), keepdims=1)
    none = graph.add("Equal", sums, graph.constant(np.float64(0)))
    even = graph.constant(np.full((1, len(calibration.slopes)), 1 / len(calibration.slopes)))
    return graph.add("Where", none, even, graph.add("Div", shares, sums))
