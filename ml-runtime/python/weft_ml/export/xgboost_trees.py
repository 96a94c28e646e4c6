"""XGBoost's trees as ONNX; the library adds floats up, and the file adds doubles."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from onnx import TensorProto

from weft_ml.algorithms.xgboost_trees import Trees
from weft_ml.errors import ExportFailedError
from weft_ml.export import scores
from weft_ml.export.graph import Graph
from weft_ml.export.inputs import tree_matrix
from weft_ml.export.trees import Nodes

# What the library makes of a sum, by objective.
SUMS = (
    "reg:squarederror",
    "reg:squaredlogerror",
    "reg:pseudohubererror",
    "reg:absoluteerror",
    "multi:softprob",
)
POWERS = ("count:poisson", "reg:gamma", "reg:tweedie")


def answers(graph: Graph, fitted: Trees) -> str:
    """Probabilities or numbers."""
    learner = json.loads(bytes(fitted.booster.save_raw("json")))["learner"]
    booster = learner["gradient_booster"]
    # A booster that drops trees has its trees one step further in, each with a weight.
    model = booster.get("gbtree", booster)["model"]
    weights = booster.get("weight_drop", [1.0] * len(model["trees"]))
    nodes = Nodes()
    for tree, target, weight in zip(model["trees"], model["tree_info"], weights, strict=True):
        _add(nodes, tree, target, weight)
    objective = str(learner["objective"]["name"])
    start = _start(learner["learner_model_param"]["base_score"], objective)
    # The library compares floats, so what is compared here is rounded as it rounds.
    matrix = graph.add("Cast", tree_matrix(graph, fitted.features), to=TensorProto.FLOAT)
    sums = nodes.sums(graph, graph.double(matrix), fitted.classes if fitted.classes > 2 else 1)
    sums = graph.add("Add", sums, graph.constant(start[None, :]))
    if fitted.classes == 2:
        return scores.pair(graph, graph.add("Sigmoid", sums))
    if fitted.classes:
        return graph.add("Softmax", sums, axis=1)
    return graph.add("Exp", sums) if objective in POWERS else sums


def _start(written: str, objective: str) -> Any:
    """What sums start from; it is written as answers of the objective are."""
    found = json.loads(written)
    values = np.atleast_1d(np.asarray(found, dtype=np.float64))
    if objective == "binary:logistic":
        return np.log(values / (1 - values))
    if objective in POWERS:
        return np.log(values)
    if objective in SUMS:
        return values
    raise ExportFailedError(f"ONNX of the objective '{objective}' is not known here")


def _add(nodes: Nodes, tree: dict[str, Any], target: int, weight: float) -> None:
    children = (tree["left_children"], tree["right_children"])
    values = np.asarray(tree["split_conditions"], dtype=np.float32)
    if children[0][0] < 0:
        nodes.lone(nodes.leaf(target, float(values[0]) * weight))
        return
    sets = _sets(tree)
    inner: dict[int, int] = {}
    for place, left in enumerate(children[0]):
        if left < 0:
            continue
        feature, missing_left = int(tree["split_indices"][place]), bool(tree["default_left"][place])
        if place in sets:
            # Members go right in the library and left here.
            inner[place] = nodes.among(feature, sets[place], not missing_left)
        else:
            below = float(np.nextafter(values[place], np.float32("-inf")))
            inner[place] = nodes.inner(feature, below, missing_left)
    nodes.roots.append(inner[0])
    for place, node in inner.items():
        sides = (1, 0) if place in sets else (0, 1)
        for side, child in zip(sides, (children[0][place], children[1][place]), strict=True):
            if child in inner:
                nodes.link(node, side, inner[child], False)
            else:
                leaf = nodes.leaf(target, float(values[child]) * weight)
                nodes.link(node, side, leaf, True)


def _sets(tree: dict[str, Any]) -> dict[int, list[float]]:
    """The members of each node that splits categories."""
    found: dict[int, list[float]] = {}
    parts = (tree["categories_nodes"], tree["categories_segments"], tree["categories_sizes"])
    for node, start, size in zip(*parts, strict=True):
        found[node] = [float(member) for member in tree["categories"][start : start + size]]
    return found
