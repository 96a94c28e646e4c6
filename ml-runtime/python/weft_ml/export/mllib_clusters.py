"""MLlib's clusters as ONNX, near ties included: its distances are computed as it computes them."""

from __future__ import annotations

from typing import Any

import numpy as np

from weft_ml.arrays import Floats
from weft_ml.export.graph import Graph

# As MLlib has them: where a difference of products is exact enough, and the smallest step at 1.
PRECISION = 1e-6
EPSILON = 2.0**-52


def answers(graph: Graph, matrix: str, model: Any) -> str:
    """Of shape [rows, 2]: the cluster's place, and how far its centre is."""
    match model["kind"]:
        case "mixture":
            centres = _floats(model["means"])
            place = graph.add("ArgMax", _shares(graph, matrix, model), axis=0, keepdims=0)
        case "tree of centres":
            centres = _floats(model["centres"])
            place = _descent(graph, _costs(graph, matrix, model, model["nodes"]), model)
        case _:
            centres = _floats(model["centres"])
            costs = _costs(graph, matrix, model, model["centres"])
            place = graph.add("ArgMin", costs, axis=1, keepdims=0)
    own = graph.add("Gather", graph.constant(centres), place, axis=0)
    distance = _distance(graph, matrix, own, model.get("cosine", False))
    column = graph.add("Unsqueeze", graph.double(place), graph.constant([1]))
    return graph.add("Concat", column, distance, axis=1)


def _costs(graph: Graph, matrix: str, model: Any, given: Any) -> str:
    """What orders centres for a row, of shape [rows, centres]."""
    centres = _floats(given)
    products = graph.add("MatMul", matrix, graph.constant(centres.T.copy()))
    theirs = graph.constant(np.sqrt((centres**2).sum(axis=1))[None, :])
    if model["angles"]:
        own = _length(graph, matrix)
        none = graph.add("Equal", own, graph.constant(np.float64(0)))
        own = graph.refused(own, none, "a row of zeros has no angle for the distance cosine")
        return _less(graph, 1, graph.add("Div", graph.add("Div", products, own), theirs))
    return _squares(graph, matrix, centres, products, theirs)


def _squares(graph: Graph, matrix: str, centres: Floats, products: str, theirs: str) -> str:
    """As MLUtils.fastSquaredDistance: from norms and products where that is exact enough."""
    own = _length(graph, matrix)
    sums = graph.add("Add", graph.add("Mul", theirs, theirs), graph.add("Mul", own, own))
    twice = graph.add("Mul", products, graph.constant(np.float64(2)))
    fast = graph.add("Sub", sums, twice)
    apart = graph.add("Sub", theirs, own)
    apart = graph.add("Add", graph.add("Mul", apart, apart), graph.constant(EPSILON))
    first = graph.add("Div", graph.add("Mul", sums, graph.constant(2 * EPSILON)), apart)
    positive = graph.add("Max", fast, graph.constant(np.float64(0)))
    size = graph.add("Add", sums, graph.add("Abs", twice))
    size = graph.add("Mul", size, graph.constant(EPSILON))
    second = graph.add("Div", size, graph.add("Add", positive, graph.constant(EPSILON)))
    rows = graph.add("Unsqueeze", matrix, graph.constant([1]))
    away = graph.add("Sub", rows, graph.constant(centres[None, :, :]))
    direct = graph.add("ReduceSumSquare", away, graph.constant([2]), keepdims=0)
    inexact = graph.add("Greater", second, graph.constant(PRECISION))
    careful = graph.add("Where", inexact, direct, positive)
    exact = graph.add("Less", first, graph.constant(PRECISION))
    return graph.add("Where", exact, fast, careful)


def _descent(graph: Graph, costs: str, model: Any) -> str:
    """From the root to a leaf, each time to the nearer child; leaves lead to themselves."""
    left, right = np.asarray(model["left"]), np.asarray(model["right"])
    lefts, rights = graph.constant(left), graph.constant(right)
    some = graph.add("ArgMin", costs, axis=1, keepdims=1)
    place = graph.add("Mul", some, graph.constant(0))
    for _ in range(_depth(left, right)):
        first = graph.add("Gather", lefts, place, axis=0)
        second = graph.add("Gather", rights, place, axis=0)
        nearer = graph.add(
            "Less",
            graph.add("GatherElements", costs, second, axis=1),
            graph.add("GatherElements", costs, first, axis=1),
        )
        place = graph.add("Where", nearer, second, first)
    clusters = graph.constant(np.asarray(model["cluster"]))
    flat = graph.add("Squeeze", place, graph.constant([1]))
    return graph.add("Gather", clusters, flat, axis=0)


def _depth(left: Any, right: Any) -> int:
    """How many steps the longest way to a leaf has; children lie behind their parents."""
    depths = np.zeros(len(left), dtype=np.int64)
    for place in range(len(left)):
        for child in (left[place], right[place]):
            if child != place:
                depths[child] = depths[place] + 1
    return int(depths.max())


def _shares(graph: Graph, matrix: str, model: Any) -> str:
    """As MLlib, which lets no share be 0; of shape [distributions, rows]."""
    roots = _floats(model["roots"])
    means = np.einsum("kij,kj->ki", roots, _floats(model["means"]))[:, None, :]
    products = graph.add("MatMul", matrix, graph.constant(roots.transpose(0, 2, 1).copy()))
    away = graph.add("Sub", graph.constant(means), products)
    squares = graph.add("ReduceSumSquare", away, graph.constant([2]), keepdims=0)
    halves = graph.add("Mul", squares, graph.constant(np.float64(0.5)))
    shifts = graph.constant(_floats(model["shifts"])[:, None])
    density = graph.add("Exp", graph.add("Sub", shifts, halves))
    shares = graph.add("Mul", density, graph.constant(_floats(model["weights"])[:, None]))
    return graph.add("Add", shares, graph.constant(EPSILON))


def _distance(graph: Graph, matrix: str, own: str, cosine: bool) -> str:
    """From each row to its own centre."""
    if not cosine:
        return _length(graph, graph.add("Sub", matrix, own))
    products = graph.add("ReduceSum", graph.add("Mul", matrix, own), graph.constant([1]))
    lengths = graph.add("Mul", _length(graph, matrix), _length(graph, own))
    zero = graph.constant(np.float64(0))
    none = graph.add("Equal", lengths, zero)
    return _less(graph, 1, graph.add("Where", none, zero, graph.add("Div", products, lengths)))


def _length(graph: Graph, rows: str) -> str:
    return graph.add("ReduceL2", rows, graph.constant([1]), keepdims=1)


def _less(graph: Graph, number: float, subtrahend: str) -> str:
    return graph.add("Sub", graph.constant(np.float64(number)), subtrahend)


def _floats(values: Any) -> Floats:
    return np.asarray(values, dtype=np.float64)
