"""Models of Spark's MLlib as ONNX, from the plain JSON that Weft's JVM writes of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from weft_ml.algorithms.tree_arrays import Tree
from weft_ml.errors import ExportFailedError
from weft_ml.export import (
    ensembles,
    inputs,
    linear,
    mllib_bayes,
    mllib_clusters,
    mllib_links,
    mllib_steps,
    scores,
)
from weft_ml.export.graph import Graph
from weft_ml.labels import Classes
from weft_ml.signature import Feature, Kind, Signature

FILE = "mllib.json"


def read(folder: Path) -> Any:
    """What the JVM wrote."""
    return json.loads((folder / FILE).read_text("utf-8"))


def signature(content: Any) -> Signature:
    """The model's signature."""
    return Signature.from_json(content["signature"])


def classes(content: Any) -> Classes | None:
    """The labels; None for regression."""
    return Classes(tuple(content["classes"])) if content["classes"] else None


def answers(graph: Graph, content: Any) -> str:
    """Probabilities, numbers, or clusters and distances."""
    own = signature(content)
    columns = [_slots(graph, slot, own.features[slot["feature"]]) for slot in content["slots"]]
    matrix = graph.add("Concat", *columns, axis=1)
    count = len(content["classes"])
    model = content["model"]
    match model["kind"]:
        case "linear":
            return linear.product(
                graph,
                matrix,
                np.asarray(model["coefficients"], dtype=np.float64),
                np.asarray(model["intercepts"], dtype=np.float64),
                count,
            )
        case "forest":
            trees = tuple(_tree(tree) for tree in model["trees"])
            return ensembles.mean(graph, matrix, trees, count)
        case "boosting":
            return _boosting(graph, matrix, model, count)
        case "linked":
            line = linear.product(
                graph,
                matrix,
                np.asarray(model["coefficients"], dtype=np.float64),
                np.asarray(model["intercepts"], dtype=np.float64),
                0,
            )
            return mllib_links.answers(graph, line, model)
        case "bayes":
            return mllib_bayes.answers(graph, matrix, model, count)
        case "steps":
            return mllib_steps.answers(graph, matrix, model)
        case "centres" | "tree of centres" | "mixture":
            return mllib_clusters.answers(graph, matrix, model)
    raise ExportFailedError(f"ONNX of models of the kind '{model['kind']}' is not known here")


def _boosting(graph: Graph, matrix: str, model: Any, classes: int) -> str:
    """A weighted sum of trees; of two classes it is half the logarithm of the odds."""
    weights = np.asarray(model["weights"], dtype=np.float64) * len(model["weights"])
    trees = tuple(
        replace(tree, value=tree.value * weight)
        for tree, weight in zip(map(_tree, model["trees"]), weights, strict=True)
    )
    total = ensembles.mean(graph, matrix, trees, 0)
    if not classes:
        return total
    column = graph.add("Reshape", total, graph.constant([-1, 1]))
    odds = graph.add("Mul", column, graph.constant(np.float64(2)))
    return scores.pair(graph, graph.add("Sigmoid", odds))


def _slots(graph: Graph, slot: Any, feature: Feature) -> str:
    """A number with a fill for nulls, or a column for each text and one for all others."""
    if "fill" in slot:
        # MLlib takes an infinite number as it is.
        missing = graph.add("IsNaN", feature.name)
        fill = graph.constant(np.float64(slot["fill"]))
        return graph.add("Where", missing, fill, feature.name)
    texts: list[str] = slot["texts"]
    if feature.kind is Kind.BOOLEAN:
        values = np.array([[float(text == "true") for text in texts]])
        known = graph.double(graph.add("Equal", feature.name, graph.constant(values)))
    else:
        known = inputs.slots(graph, inputs.place(graph, feature.name, texts), len(texts))
    axis = graph.constant([1])
    others = graph.add(
        "Sub", graph.constant(np.float64(1)), graph.add("ReduceSum", known, axis, keepdims=1)
    )
    return graph.add("Concat", known, others, axis=1)


def _tree(tree: Any) -> Tree:
    feature = np.asarray(tree["feature"], dtype=np.int64)
    return Tree(
        feature=feature,
        threshold=np.asarray(tree["threshold"], dtype=np.float64),
        left=np.asarray(tree["left"], dtype=np.int64),
        right=np.asarray(tree["right"], dtype=np.int64),
        missing_left=np.zeros(len(feature), dtype=np.int64),
        value=np.asarray(tree["value"], dtype=np.float64),
    )
