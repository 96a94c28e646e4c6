"""scikit-learn's linear models of numbers: plain, lasso and elastic net."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression

from weft_ml.algorithms import convergence, linear
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, defaults
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature

ESTIMATORS: dict[str, type[Any]] = {
    "sklearn_linear_regression": LinearRegression,
    "sklearn_lasso": Lasso,
    "sklearn_elastic_net": ElasticNet,
}


class LinearModel:
    """A linear model of numbers."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fit(self, job: FitJob) -> Outcome:
        """Fits scaled and one-hot columns."""
        shown = {**defaults(self.name), **job.options}
        seeded = {} if self.name == "sklearn_linear_regression" else {"random_state": job.seed}
        features = LinearFeatures.learn(job.signature.features, job.train.table)
        estimator = ESTIMATORS[self.name](**shown, **seeded)
        matrix = features.matrix(job.train.table)
        _, stopped = convergence.watched(
            "scikit-learn",
            lambda: estimator.fit(matrix, job.train.target, sample_weight=job.train.weight),
        )
        job.report(Progress(done=1, total=1))
        intercept = np.atleast_1d(np.asarray(estimator.intercept_, dtype=np.float64))
        fitted = linear.Linear(features, linear.rows(estimator.coef_), intercept, 0)
        return Outcome(
            fitted=fitted,
            parameters={**shown, "seed": job.seed},
            warnings=convergence.doubts(stopped, advice="a larger max_iter or alpha"),
            importances=fitted.importances(),
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads coefficients."""
        return linear.load(signature, classes, part)
