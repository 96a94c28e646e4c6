from __future__ import annotations

import json

import numpy as np
import pyarrow as pa

from weft_ml.features import LinearFeatures, TreeFeatures
from weft_ml.signature import Feature, Kind

FEATURES = (
    Feature(name="n", type="int", kind=Kind.NUMBER),
    Feature(name="b", type="boolean", kind=Kind.BOOLEAN),
    Feature(name="c", type="string", kind=Kind.CATEGORY),
)


def rows(
    numbers: list[float | None], flags: list[bool | None], texts: list[str | None]
) -> pa.Table:
    return pa.table(
        {
            "n": pa.array(numbers, pa.float64()),
            "b": pa.array(flags, pa.bool_()),
            "c": pa.array(texts, pa.string()),
        }
    )


TRAIN = rows([1.0, 3.0, None], [True, False, None], ["b", "a", None])


def test_trees_see_nulls_and_unseen_texts_as_missing() -> None:
    matrix = TreeFeatures.learn(FEATURES, TRAIN).matrix(rows([None], [None], ["z"]))
    assert np.isnan(matrix).all()


def test_categories_are_sorted() -> None:
    features = TreeFeatures.learn(FEATURES, TRAIN)
    assert features.categories == {"c": ["a", "b"]}
    assert features.matrix(TRAIN)[:2, 2].tolist() == [1.0, 0.0]
    assert features.categorical == [2]


def test_linear_models_see_null_as_the_mean_and_unseen_texts_as_none() -> None:
    matrix = LinearFeatures.learn(FEATURES, TRAIN).matrix(
        rows([None, 3.0], [None, True], ["z", "a"])
    )
    assert matrix[0].tolist() == [0.0, 0.0, 0.0, 0.0]
    assert matrix[1].tolist() == [1.0, 1.0, 1.0, 0.0]


def test_columns_without_any_value_are_harmless() -> None:
    empty = rows([None, None], [None, None], [None, None])
    assert np.isnan(TreeFeatures.learn(FEATURES, empty).matrix(empty)).all()
    assert LinearFeatures.learn(FEATURES, empty).matrix(empty).shape == (2, 2)


def test_json_keeps_a_featuriser() -> None:
    linear = LinearFeatures.learn(FEATURES, TRAIN)
    again = LinearFeatures.from_json(FEATURES, json.loads(json.dumps(linear.to_json())))
    assert again == linear
    trees = TreeFeatures.learn(FEATURES, TRAIN)
    assert TreeFeatures.from_json(FEATURES, json.loads(json.dumps(trees.to_json()))) == trees
