"""MLlib's naive Bayes as ONNX."""

from __future__ import annotations

from typing import Any

import numpy as np

from weft_ml.export.graph import Graph


def answers(graph: Graph, matrix: str, model: Any, classes: int) -> str:
    """Probabilities; a class that the rows to train on lacked has none."""
    pi = np.asarray(model["pi"], dtype=np.float64)
    theta = np.asarray(model["theta"], dtype=np.float64)
    match model["type"]:
        case "multinomial":
            sums = _line(graph, _counts(graph, matrix), theta, pi)
        case "complement":
            sums = _line(graph, _counts(graph, matrix), theta, np.zeros(len(theta)))
        case "bernoulli":
            absent = np.log1p(-np.exp(theta))
            sums = _line(graph, _flags(graph, matrix), theta - absent, pi + absent.sum(axis=1))
        case _:
            sums = _normal(graph, matrix, theta, np.asarray(model["sigma"], dtype=np.float64), pi)
    shares = graph.add("Softmax", sums, axis=1)
    lacking = max(0, classes - len(theta))
    return graph.add("Pad", shares, graph.constant([0, 0, 0, lacking])) if lacking else shares


def _line(graph: Graph, matrix: str, weights: Any, shifts: Any) -> str:
    products = graph.add("MatMul", matrix, graph.constant(weights.T.copy()))
    return graph.add("Add", products, graph.constant(shifts[None, :]))


def _counts(graph: Graph, matrix: str) -> str:
    """MLlib refuses what is no count, in PREDICT too."""
    wrong = graph.add("Less", matrix, graph.constant(np.float64(0)))
    return graph.refused(matrix, wrong, "naive Bayes of counts takes no numbers below 0")


def _flags(graph: Graph, matrix: str) -> str:
    squares = graph.add("Mul", matrix, matrix)
    wrong = graph.add("Not", graph.add("Equal", squares, matrix))
    return graph.refused(matrix, wrong, "naive Bayes of flags takes 0 and 1")


def _normal(graph: Graph, matrix: str, means: Any, variances: Any, pi: Any) -> str:
    rows = graph.add("Unsqueeze", matrix, graph.constant([1]))
    apart = graph.add("Sub", rows, graph.constant(means[None, :, :]))
    squares = graph.add("Mul", apart, apart)
    ratios = graph.add("Div", squares, graph.constant(variances[None, :, :]))
    sums = graph.add("ReduceSum", ratios, graph.constant([2]), keepdims=0)
    logs = graph.constant(np.log(variances).sum(axis=1)[None, :])
    halves = graph.add("Mul", graph.add("Add", sums, logs), graph.constant(np.float64(0.5)))
    return graph.add("Sub", graph.constant(pi[None, :]), halves)
