"""scikit-learn's linear support vector machines (LinearSVC and LinearSVR)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from sklearn.svm import LinearSVC, LinearSVR

from weft_ml.algorithms import calibration, convergence, linear
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, task_options
from weft_ml.algorithms.calibration import Calibration
from weft_ml.algorithms.scaled_target import Scale
from weft_ml.arrays import Floats
from weft_ml.errors import TrainingFailedError
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature

OF_CLASSES = ("penalty", "multi_class")
OF_NUMBERS = ("epsilon",)
LOSSES = (("squared_hinge", "hinge"), ("epsilon_insensitive", "squared_epsilon_insensitive"))


@dataclass(frozen=True, slots=True)
class Margins:
    """A linear model of decision values and what makes probabilities of them."""

    inner: linear.Linear
    calibration: Calibration

    def predict(self, table: pa.Table) -> Floats:
        """Probabilities, one column per class."""
        matrix = self.inner.features.matrix(table)
        scores = matrix @ self.inner.coefficients.T + self.inner.intercepts
        return self.calibration.probabilities(scores)

    def write(self, folder: Path) -> Json:
        """All of it stands in ``model.json``."""
        return {**self.inner.write(folder), "calibration": self.calibration.to_json()}


class LinearSvm:
    """A linear support vector machine of classes and numbers."""

    name = "sklearn_linear_svm"

    def fit(self, job: FitJob) -> Outcome:
        """Fits scaled and one-hot columns, and a label that is scaled where it is a number."""
        shown = _options(self.name, job)
        features = LinearFeatures.learn(job.signature.features, job.train.table)
        matrix = features.matrix(job.train.table)
        learn = _of_classes if job.classes else _of_numbers
        fitted, stopped = learn(features, matrix, job, shown)
        if not job.classes:
            job.report(Progress(done=1, total=1))
        own = fitted.inner if isinstance(fitted, Margins) else fitted
        return Outcome(
            fitted=fitted,
            parameters={**shown, "seed": job.seed},
            warnings=convergence.doubts(stopped, advice="a larger max_iter or a smaller C"),
            importances=own.importances(),
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads coefficients."""
        own = linear.load(signature, classes, part)
        if not classes:
            return own
        return Margins(own, Calibration.from_json(part["calibration"], len(own.intercepts)))


def _of_classes(
    features: LinearFeatures, matrix: Floats, job: FitJob, shown: Json
) -> tuple[Margins | linear.Linear, bool]:
    estimator = LinearSVC(**shown, random_state=job.seed)
    found, stopped = convergence.watched(
        "scikit-learn",
        lambda: calibration.fit(LinearSvm.name, estimator, matrix, job.train, job.report),
    )
    own, calibrated = calibration.of(found)
    coefficients = linear.rows(own.coef_)
    inner = linear.Linear(features, coefficients, _intercepts(own, coefficients), job.classes)
    return Margins(inner, calibrated), stopped


def _of_numbers(
    features: LinearFeatures, matrix: Floats, job: FitJob, shown: Json
) -> tuple[Margins | linear.Linear, bool]:
    scale = Scale.learn(job.train.target)
    estimator = LinearSVR(**shown, random_state=job.seed)
    own, stopped = convergence.watched(
        "scikit-learn",
        lambda: estimator.fit(
            matrix, scale.scaled(job.train.target), sample_weight=job.train.weight
        ),
    )
    coefficients = linear.rows(own.coef_)
    intercepts = _intercepts(own, coefficients) * scale.spread + scale.mean
    return linear.Linear(features, coefficients * scale.spread, intercepts, 0), stopped


def _intercepts(estimator: Any, coefficients: Floats) -> Floats:
    """One a row of coefficients; without ``fit_intercept`` the library has a lone zero."""
    given = np.asarray(estimator.intercept_, dtype=np.float64)
    return np.broadcast_to(given.ravel(), (len(coefficients),)).copy()


def _options(name: str, job: FitJob) -> Json:
    shown = task_options(name, job, OF_CLASSES, OF_NUMBERS)
    allowed = LOSSES[job.classes == 0]
    shown.setdefault("loss", allowed[0])
    if shown["loss"] not in allowed:
        task = "classification" if job.classes else "regression"
        raise TrainingFailedError(
            f"loss '{shown['loss']}' of {name} does not fit {task}; write one of"
            f" {', '.join(allowed)}"
        )
    return shown
