"""scikit-learn's decision tree, random forest and extra trees."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from weft_ml.algorithms import linear, tree_arrays
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, defaults
from weft_ml.algorithms.tree_arrays import Ensemble, Tree
from weft_ml.errors import TrainingFailedError
from weft_ml.features import TreeFeatures
from weft_ml.signature import Signature

ESTIMATORS: dict[str, tuple[type[Any], type[Any]]] = {
    "sklearn_decision_tree": (DecisionTreeClassifier, DecisionTreeRegressor),
    "sklearn_random_forest": (RandomForestClassifier, RandomForestRegressor),
    "sklearn_extra_trees": (ExtraTreesClassifier, ExtraTreesRegressor),
}
MOST_PORTIONS = 25
CRITERIA = (("gini", "entropy", "log_loss"), ("squared_error", "absolute_error", "friedman_mse"))


class Forest:
    """Trees for classes and numbers, each stored as arrays."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fit(self, job: FitJob) -> Outcome:
        """Fits on columns where a category is its place in the sorted list."""
        shown = {**defaults(self.name), **job.options}
        given = {key: value for key, value in shown.items() if value is not None}
        _fitting_criterion(self.name, job.classes, given)
        if isinstance(given.get("max_features"), str):
            given["max_features"] = _max_features(given["max_features"])
        features = TreeFeatures.learn(job.signature.features, job.train.table)
        estimator = ESTIMATORS[self.name][job.classes == 0](**given, random_state=job.seed)
        matrix = features.matrix(job.train.table)
        alone = self.name == "sklearn_decision_tree"
        total = 1 if alone else int(estimator.n_estimators)
        for done in _portions(total):
            if not alone:
                # More trees on top of those there are: the same as all of them at once.
                estimator.set_params(n_estimators=done, warm_start=True)
            linear.run(
                "scikit-learn",
                lambda: estimator.fit(matrix, job.train.target, sample_weight=job.train.weight),
            )
            job.report(Progress(done=done, total=total))
        single = [estimator] if alone else estimator.estimators_
        fitted = Ensemble(
            features=features,
            trees=tuple(_tree(one.tree_) for one in single),
            outputs=(),
            baseline=(),
            classes=job.classes,
            single=True,
        )
        return Outcome(
            fitted=fitted,
            parameters={**shown, "seed": job.seed},
            importances=tuple(float(share) for share in estimator.feature_importances_),
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads arrays."""
        return tree_arrays.load(folder, signature, classes, part)


def _portions(total: int) -> list[int]:
    """How many trees there are after each portion; each takes all cores, and there are few."""
    size = max(os.cpu_count() or 1, -(-total // MOST_PORTIONS))
    return [*range(size, total, size), total]


def _tree(tree: Any) -> Tree:
    leaf = tree.children_left == tree_arrays.LEAF
    return Tree(
        feature=np.where(leaf, tree_arrays.LEAF, tree.feature).astype(np.int64),
        threshold=tree.threshold.astype(np.float64),
        left=tree.children_left.astype(np.int64),
        right=tree.children_right.astype(np.int64),
        missing_left=tree.missing_go_to_left.astype(np.int64),
        value=tree.value[:, 0, :].astype(np.float64),
    )


def _fitting_criterion(name: str, classes: int, given: Json) -> None:
    allowed = CRITERIA[classes == 0]
    if given.get("criterion", allowed[0]) not in allowed:
        task = "regression" if classes == 0 else "classification"
        raise TrainingFailedError(
            f"criterion '{given['criterion']}' of {name} does not fit {task}; write one of"
            f" {', '.join(allowed)}"
        )


def _max_features(text: str) -> str | float | None:
    """``all``, a rule, or a share of the features."""
    if text in ("sqrt", "log2"):
        return text
    return None
