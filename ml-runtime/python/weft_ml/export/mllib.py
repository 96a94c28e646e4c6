"""Models of Spark's MLlib as ONNX, from the plain JSON that Weft's JVM writes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from weft_ml.algorithms.tree_arrays import Tree
from weft_ml.errors import ExportFailedError
from weft_ml.export import ensembles, inputs, linear
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
    """Probabilities or numbers."""
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
    raise ExportFailedError(f"ONNX of models of the kind '{model['kind']}' is not known here")


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
