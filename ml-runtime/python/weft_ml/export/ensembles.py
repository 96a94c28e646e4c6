"""Trees of arrays as ONNX."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto

from weft_ml.algorithms.tree_arrays import LEAF, Ensemble, Tree
from weft_ml.arrays import Floats
from weft_ml.export import scores
from weft_ml.export.graph import Graph
from weft_ml.export.inputs import tree_matrix
from weft_ml.export.trees import Nodes


def answers(graph: Graph, fitted: Ensemble) -> str:
    """Probabilities or numbers."""
    matrix = tree_matrix(graph, fitted.features)
    if fitted.single:
        matrix = graph.double(graph.add("Cast", matrix, to=TensorProto.FLOAT))
    if not fitted.outputs:
        return mean(graph, matrix, fitted.trees, fitted.classes)
    nodes = Nodes()
    for tree, output in zip(fitted.trees, fitted.outputs, strict=True):
        add(nodes, tree, output, tree.value[:, 0])
    sums = nodes.sums(graph, matrix, len(fitted.baseline))
    sums = graph.add("Add", sums, graph.constant(np.asarray(fitted.baseline)[None, :]))
    return scores.probabilities(graph, sums, fitted.classes) if fitted.classes else sums


def mean(graph: Graph, matrix: str, trees: tuple[Tree, ...], classes: int) -> str:
    """The mean of the rows of values that the trees answer with."""
    # A leaf of ONNX holds one number: here its place among all rows of values.
    nodes = Nodes()
    start = 0
    for target, tree in enumerate(trees):
        add(nodes, tree, target, np.arange(start, start + len(tree.feature), dtype=np.float64))
        start += len(tree.feature)
    places = graph.whole(nodes.sums(graph, matrix, len(trees)))
    values = graph.constant(np.concatenate([tree.value for tree in trees]))
    rows = graph.add("Gather", values, places, axis=0)
    axis = graph.constant(np.array([1], dtype=np.int64))
    found = graph.add("ReduceMean", rows, axis, keepdims=0)
    return found if classes else graph.add("Gather", found, graph.constant([0]), axis=1)


def add(nodes: Nodes, tree: Tree, target: int, weights: Floats) -> None:
    """Adds a tree whose leaves have the weights of their places."""
    if tree.feature[0] == LEAF:
        nodes.lone(nodes.leaf(target, float(weights[0])))
        return
    inner = {
        int(place): nodes.inner(
            int(tree.feature[place]), float(tree.threshold[place]), bool(tree.missing_left[place])
        )
        for place in np.flatnonzero(tree.feature != LEAF)
    }
    nodes.roots.append(inner[0])
    for place, node in inner.items():
        for side, child in enumerate((int(tree.left[place]), int(tree.right[place]))):
            if child in inner:
                nodes.link(node, side, inner[child], False)
            else:
                nodes.link(node, side, nodes.leaf(target, float(weights[child])), True)
