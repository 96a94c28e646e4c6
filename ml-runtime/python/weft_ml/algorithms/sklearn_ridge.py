"""scikit-learn's ridge regression."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.linear_model import Ridge as Estimator

from weft_ml.algorithms import linear
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, defaults
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature


class Ridge:
    """A linear model of numbers."""

    name = "sklearn_ridge"

    def fit(self, job: FitJob) -> Outcome:
        """Fits scaled and one-hot columns."""
        shown = {**defaults(self.name), **job.options}
        features = LinearFeatures.learn(job.signature.features, job.train.table)
        estimator = Estimator(**shown, random_state=job.seed)
        matrix = features.matrix(job.train.table)
        linear.run(
            "scikit-learn",
            lambda: estimator.fit(matrix, job.train.target, sample_weight=job.train.weight),
        )
        job.report(Progress(done=1, total=1))
        intercept = np.atleast_1d(np.asarray(estimator.intercept_, dtype=np.float64))
        fitted = linear.Linear(features, linear.rows(estimator.coef_), intercept, 0)
        return Outcome(
            fitted=fitted, parameters={**shown, "seed": job.seed}, importances=fitted.importances()
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads coefficients."""
        return linear.load(signature, classes, part)
