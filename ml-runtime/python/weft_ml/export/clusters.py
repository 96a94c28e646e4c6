"""Clusters as ONNX: the place of each row's cluster, and how far its centre is."""

from __future__ import annotations

import numpy as np

from weft_ml.algorithms.sklearn_gaussian_mixture import Distributions
from weft_ml.algorithms.sklearn_k_means import Centres
from weft_ml.arrays import Floats
from weft_ml.export.graph import Graph
from weft_ml.export.inputs import linear_matrix


def answers(graph: Graph, fitted: Centres | Distributions) -> str:
    """Of shape [rows, 2]."""
    matrix = linear_matrix(graph, fitted.features)
    if isinstance(fitted, Centres):
        own = graph.add("Unsqueeze", matrix, graph.constant([1]))
        away = graph.add("Sub", own, graph.constant(fitted.centres[None, :, :]))
        place = graph.add("ArgMin", _squares(graph, away), axis=1, keepdims=0)
        return _placed(graph, matrix, place, fitted.centres)
    estimator = fitted.estimator
    place = graph.add("ArgMax", _likelihoods(graph, matrix, fitted), axis=0, keepdims=0)
    return _placed(graph, matrix, place, estimator.means_)


def _likelihoods(graph: Graph, matrix: str, fitted: Distributions) -> str:
    """What orders the distributions as scikit-learn does, of shape [distributions, rows]."""
    estimator = fitted.estimator
    roots = _roots(estimator.precisions_cholesky_, estimator.covariance_type, estimator.means_)
    products = graph.add("MatMul", matrix, graph.constant(roots))
    means = np.einsum("kd,kde->ke", estimator.means_, roots)[:, None, :]
    away = _squares(graph, graph.add("Sub", products, graph.constant(means)))
    logs = np.log(np.diagonal(roots, axis1=1, axis2=2)).sum(axis=1)
    constant = (logs + np.log(estimator.weights_))[:, None]
    halved = graph.add("Mul", away, graph.constant(np.float64(-0.5)))
    return graph.add("Add", halved, graph.constant(constant))


def _roots(given: Floats, form: str, means: Floats) -> Floats:
    """A matrix for each distribution, whatever they share."""
    count, width = means.shape
    if form == "full":
        return given
    if form == "tied":
        return np.broadcast_to(given, (count, width, width)).copy()
    scales = given if form == "diag" else np.repeat(given[:, None], width, axis=1)
    return np.asarray(scales[:, :, None] * np.eye(width)[None, :, :])


def _squares(graph: Graph, differences: str) -> str:
    return graph.add("ReduceSumSquare", differences, graph.constant([2]), keepdims=0)


def _placed(graph: Graph, matrix: str, place: str, centres: Floats) -> str:
    own = graph.add("Gather", graph.constant(centres), place, axis=0)
    distance = graph.add("ReduceL2", graph.add("Sub", matrix, own), graph.constant([1]), keepdims=1)
    column = graph.add("Unsqueeze", graph.double(place), graph.constant([1]))
    return graph.add("Concat", column, distance, axis=1)
