"""Featurisers as nodes: from columns of raw values to a matrix."""

from __future__ import annotations

import numpy as np
from onnx import numpy_helper

from weft_ml.export.graph import ML, Graph, objects
from weft_ml.features import Categories, LinearFeatures, TreeFeatures
from weft_ml.signature import Feature, Kind


def declare(graph: Graph, features: tuple[Feature, ...]) -> None:
    """One input a feature, in order: texts for categories, doubles for the rest.

    But for images: what a network takes of one is known to it alone.
    """
    for feature in features:
        if feature.kind is not Kind.IMAGE:
            graph.input(feature.name, feature.kind is Kind.CATEGORY)


def tree_matrix(graph: Graph, features: TreeFeatures) -> str:
    """As ``TreeFeatures.matrix``."""
    columns = [number(graph, f, features.categories) for f in features.features]
    return graph.add("Concat", *columns, axis=1)


def linear_matrix(graph: Graph, features: LinearFeatures) -> str:
    """As ``LinearFeatures.matrix``."""
    columns: list[str] = []
    for feature in features.features:
        column = number(graph, feature, features.categories)
        if feature.kind is not Kind.CATEGORY:
            mean, scale = features.means[feature.name], features.scales[feature.name]
            centred = graph.add("Sub", filled(graph, column, mean), graph.constant(mean))
            columns.append(graph.add("Div", centred, graph.constant(scale)))
        elif features.categories[feature.name]:
            columns.append(slots(graph, column, len(features.categories[feature.name])))
    return graph.add("Concat", *columns, axis=1)


def number(graph: Graph, feature: Feature, categories: Categories) -> str:
    """A feature as doubles: a category's place in its list, NaN for one that is not there."""
    if feature.kind is not Kind.CATEGORY:
        return feature.name
    return place(graph, feature.name, categories[feature.name])


def place(graph: Graph, column: str, texts: list[str]) -> str:
    """The place of each text in a list, NaN for one that is not there."""
    # An encoder needs one text at least.
    known = texts or ["\0"]
    places = np.arange(len(known), dtype=np.float64) if texts else np.array([np.nan])
    return graph.add(
        "LabelEncoder",
        column,
        domain=ML,
        keys_tensor=numpy_helper.from_array(objects(known)),
        values_tensor=numpy_helper.from_array(places),
        default_tensor=numpy_helper.from_array(np.array([np.nan])),
    )


def filled(graph: Graph, column: str, value: float) -> str:
    """A value where there is no finite number."""
    missing = graph.add("Or", graph.add("IsNaN", column), graph.add("IsInf", column))
    return graph.add("Where", missing, graph.constant(np.float64(value)), column)


def slots(graph: Graph, places: str, width: int) -> str:
    """One column for each place, all zero for NaN."""
    wanted = graph.constant(np.arange(width, dtype=np.float64)[None, :])
    return graph.double(graph.add("Equal", places, wanted))
