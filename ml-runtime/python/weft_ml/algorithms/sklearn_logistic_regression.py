"""scikit-learn's logistic regression."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

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
        if estimator.solver == "lbfgs":
            estimator.set_callbacks(_Iterations(job.report))
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


class _Iterations:
    """What the library calls around each iteration; it does so for this solver alone."""

    def __init__(self, report: Callable[[Progress], None]) -> None:
        self._report = report

    def setup(self, estimator: Any, context: Any) -> None:
        """Nothing to prepare."""

    def teardown(self, estimator: Any, context: Any) -> None:
        """Nothing to end."""

    def on_fit_task_begin(self, estimator: Any, context: Any) -> None:
        """An iteration begins, and those before it are over; it begins one more than it does."""
        done = int(context.task_id)
        if context.parent is not None and done:
            self._report(Progress(done=done, total=int(estimator.max_iter)))

    def on_fit_task_end(self, estimator: Any, context: Any) -> None:
        """An iteration, or the whole fit, has ended."""
