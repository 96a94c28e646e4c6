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
        case "sklearn_linear_regression" | "sklearn_lasso" | "sklearn_elastic_net":
            from weft_ml.algorithms.sklearn_linear_models import LinearModel

            return LinearModel(name)
        case "sklearn_decision_tree" | "sklearn_random_forest" | "sklearn_extra_trees":
            from weft_ml.algorithms.sklearn_forests import Forest

            return Forest(name)
        case "sklearn_hist_gradient_boosting":
            from weft_ml.algorithms.sklearn_hist_gradient_boosting import HistGradientBoosting

            return HistGradientBoosting()
        case "sklearn_k_neighbors":
            from weft_ml.algorithms.sklearn_k_neighbors import KNeighbors

            return KNeighbors()
    raise ModelCorruptError(f"there is no algorithm '{name}' in this version")
