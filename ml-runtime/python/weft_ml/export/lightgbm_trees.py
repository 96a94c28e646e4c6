"""LightGBM's trees as ONNX."""

from __future__ import annotations

from typing import Any

import numpy as np

from weft_ml.algorithms.lightgbm_trees import Trees
from weft_ml.errors import ExportFailedError
from weft_ml.export import scores
from weft_ml.export.graph import Graph
from weft_ml.export.inputs import tree_matrix
from weft_ml.export.trees import Nodes

# What LightGBM makes of a sum, by the first word of its objective.
POWERS = ("poisson", "gamma", "tweedie")


def answers(graph: Graph, fitted: Trees) -> str:
    """Probabilities or numbers."""
    dumped = fitted.booster.dump_model(num_iteration=-1)
    each = int(dumped["num_tree_per_iteration"])
    nodes = Nodes()
    for place, tree in enumerate(dumped["tree_info"]):
        _add(nodes, tree["tree_structure"], place % each)
    sums = nodes.sums(graph, tree_matrix(graph, fitted.features), each)
    if dumped.get("average_output"):
        rounds = len(dumped["tree_info"]) // each
        sums = graph.add("Div", sums, graph.constant(np.float64(rounds)))
    return _converted(graph, sums, fitted, str(dumped.get("objective", "")))


def _converted(graph: Graph, sums: str, fitted: Trees, objective: str) -> str:
    if fitted.classes == 2:
        return scores.pair(graph, graph.add("Sigmoid", sums))
    if fitted.classes:
        return graph.add("Softmax", sums, axis=1)
    if objective.split(" ")[0] in POWERS:
        return graph.add("Exp", sums)
    if "sqrt" in objective.split(" "):
        raise ExportFailedError(f"ONNX has no place for its objective '{objective}'")
    return sums


def _add(nodes: Nodes, tree: dict[str, Any], target: int) -> None:
    if "split_feature" not in tree:
        nodes.lone(nodes.leaf(target, tree["leaf_value"]))
        return
    root = _inner(nodes, tree)
    nodes.roots.append(root)
    # Deep trees would exhaust Python's own stack.
    open_nodes = [(root, tree)]
    while open_nodes:
        place, node = open_nodes.pop()
        for side, name in enumerate(("left_child", "right_child")):
            child = node[name]
            if "split_feature" in child:
                inner = _inner(nodes, child)
                nodes.link(place, side, inner, False)
                open_nodes.append((inner, child))
            else:
                if "leaf_coeff" in child:
                    raise ExportFailedError(
                        "ONNX has no leaves that hold linear models; train without linear_tree"
                    )
                nodes.link(place, side, nodes.leaf(target, child["leaf_value"]), True)


def _inner(nodes: Nodes, node: dict[str, Any]) -> int:
    feature = int(node["split_feature"])
    if node["decision_type"] == "==":
        return nodes.among(feature, [float(c) for c in str(node["threshold"]).split("||")])
    split = float(node["threshold"])
    match node["missing_type"]:
        case "NaN":
            return nodes.inner(feature, split, bool(node["default_left"]))
        case "None":
            # LightGBM takes a null for zero where training has seen none.
            return nodes.inner(feature, split, split >= 0)
    raise ExportFailedError(f"ONNX has no nulls of the kind '{node['missing_type']}'")
