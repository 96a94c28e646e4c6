"""The table of algorithms: one line here, one file and one JSON declaration each."""

from __future__ import annotations

from weft_ml.algorithms.base import Algorithm
from weft_ml.errors import ModelCorruptError


def algorithm(name: str) -> Algorithm:
    """The algorithm of a canonical name; only its own library is imported."""
    match name:
        case "lightgbm":
            from weft_ml.algorithms.lightgbm_trees import LightGbm

            return LightGbm()
        case "sklearn_logistic_regression":
            from weft_ml.algorithms.sklearn_logistic_regression import LogisticRegression

            return LogisticRegression()
        case "sklearn_ridge":
            from weft_ml.algorithms.sklearn_ridge import Ridge

            return Ridge()
    raise ModelCorruptError(f"there is no algorithm '{name}' in this version")
