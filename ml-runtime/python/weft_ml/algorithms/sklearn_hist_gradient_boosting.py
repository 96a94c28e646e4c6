"""scikit-learn's histogram-based gradient boosting."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from weft_ml.algorithms import linear, tree_arrays
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, defaults
from weft_ml.algorithms.tree_arrays import LEAF, Ensemble, Tree
from weft_ml.errors import TrainingFailedError
from weft_ml.features import TreeFeatures
from weft_ml.signature import Signature


class HistGradientBoosting:
    """Boosted trees for classes and numbers, stored as arrays."""

    name = "sklearn_hist_gradient_boosting"

    def fit(self, job: FitJob) -> Outcome:
        """Fits on columns where a category is its place in the sorted list."""
        shown = {**defaults(self.name), **job.options}
        given = {key: value for key, value in shown.items() if value is not None}
        if job.classes and "loss" in given:
            raise TrainingFailedError(
                "loss is for regression; classification chooses its own, so leave it out"
            )
        features = TreeFeatures.learn(job.signature.features, job.train.table)
        kind = HistGradientBoostingClassifier if job.classes else HistGradientBoostingRegressor
        estimator = kind(**given, categorical_features=None, random_state=job.seed)
        matrix = features.matrix(job.train.table)
        _tell(estimator, job)
        linear.run(
            "scikit-learn",
            lambda: estimator.fit(matrix, job.train.target, sample_weight=job.train.weight),
        )
        rounds = int(estimator.n_iter_)
        job.report(_progress(estimator, rounds, rounds))
        grown = [(tree, k) for row in estimator._predictors for k, tree in enumerate(row)]
        fitted = Ensemble(
            features=features,
            trees=tuple(_tree(tree.nodes) for tree, _ in grown),
            outputs=tuple(k for _, k in grown),
            baseline=tuple(float(v) for v in np.ravel(estimator._baseline_prediction)),
            classes=job.classes,
            single=False,
        )
        gains = _gains([tree.nodes for tree, _ in grown], len(job.signature.features))
        return Outcome(
            fitted=fitted,
            parameters={**shown, "seed": job.seed},
            importances=gains,
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads arrays."""
        return tree_arrays.load(folder, signature, classes, part)


def _tell(estimator: Any, job: FitJob) -> None:
    """Reports each round when the next one begins, by asking the loss for its gradients.

    The library has no callback, and fitting in portions would put the rows into bins each time.
    """
    usual = estimator._get_loss

    def own(**arguments: Any) -> Any:
        loss = usual(**arguments)
        name = "gradient" if loss.constant_hessian else "gradient_hessian"
        inner, begun = getattr(loss, name), itertools.count()

        def step(**rows: Any) -> Any:
            if done := next(begun):
                job.report(_progress(estimator, done, int(estimator.max_iter)))
            return inner(**rows)

        setattr(loss, name, step)
        return loss

    estimator._get_loss = own


def _progress(estimator: Any, done: int, total: int) -> Progress:
    """With the loss of the rows that early stopping looks at."""
    scores = estimator.validation_score_
    value = -float(scores[-1]) if len(scores) else None
    return Progress(done=done, total=total, metric="" if value is None else "loss", value=value)


def _tree(nodes: Any) -> Tree:
    leaf = nodes["is_leaf"] == 1
    return Tree(
        feature=np.where(leaf, LEAF, nodes["feature_idx"]).astype(np.int64),
        threshold=nodes["num_threshold"].astype(np.float64),
        left=nodes["left"].astype(np.int64),
        right=nodes["right"].astype(np.int64),
        missing_left=nodes["missing_go_to_left"].astype(np.int64),
        value=nodes["value"].astype(np.float64)[:, None],
    )


def _gains(trees: list[Any], features: int) -> tuple[float, ...]:
    total = np.zeros(features)
    for nodes in trees:
        inner = nodes["is_leaf"] == 0
        np.add.at(total, nodes["feature_idx"][inner], nodes["gain"][inner])
    return tuple(float(gain) for gain in total)
