"""scikit-learn's logistic regression."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression as Estimator

from weft_ml.algorithms import convergence, linear
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, defaults
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature


class LogisticRegression:
    """A linear model of classes."""

    name = "sklearn_logistic_regression"

    def fit(self, job: FitJob) -> Outcome:
        """Fits scaled and one-hot columns."""
        shown = {**defaults(self.name), **job.options}
        features = LinearFeatures.learn(job.signature.features, job.train.table)
        estimator = Estimator(**shown, random_state=job.seed)
        matrix = features.matrix(job.train.table)
        _, stopped = convergence.watched(
            "scikit-learn",
            lambda: estimator.fit(matrix, job.train.target, sample_weight=job.train.weight),
        )
        rounds = int(np.max(estimator.n_iter_))
        job.report(Progress(done=rounds, total=rounds))
        fitted = linear.Linear(
            features,
            linear.rows(estimator.coef_),
            np.atleast_1d(np.asarray(estimator.intercept_, dtype=np.float64)),
            job.classes,
        )
        return Outcome(
            fitted=fitted,
            parameters={**shown, "seed": job.seed},
            importances=fitted.importances(),
            warnings=convergence.doubts(stopped, f" after {shown['max_iter']} iterations"),
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads coefficients."""
        return linear.load(signature, classes, part)
