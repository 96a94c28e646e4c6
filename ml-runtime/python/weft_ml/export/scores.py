"""From scores to probabilities, as the models here do it."""

from __future__ import annotations

import numpy as np

from weft_ml.export.graph import Graph


def probabilities(graph: Graph, scores: str, classes: int) -> str:
    """Softmax over classes; of two classes the score of the first is zero."""
    if classes == 2:
        zero = graph.add("Mul", scores, graph.constant(np.float64(0)))
        scores = graph.add("Concat", zero, scores, axis=1)
    return graph.add("Softmax", scores, axis=1)


def pair(graph: Graph, second: str) -> str:
    """The probabilities of two classes from those of the second."""
    first = graph.add("Sub", graph.constant(np.float64(1)), second)
    return graph.add("Concat", first, second, axis=1)
