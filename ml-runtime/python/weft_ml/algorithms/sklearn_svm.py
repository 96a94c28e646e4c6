"""scikit-learn's support vector machines with kernels (SVC and SVR), stored as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from sklearn.svm import SVC, SVR

from weft_ml import model_arrays
from weft_ml.algorithms import calibration, convergence
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, task_options
from weft_ml.algorithms.calibration import Calibration
from weft_ml.algorithms.kernels import Kernel
from weft_ml.algorithms.pairs import one_against_one, pair_weights
from weft_ml.algorithms.scaled_target import Scale
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError, TrainingDataError
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature

FILE = f"vectors{model_arrays.SUFFIX}"
MOST_CLASSES = 100
OF_NUMBERS = ("epsilon",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Support vectors and what each adds to every sum.

    There is one sum for numbers and for two classes, else one for each pair of classes.
    """

    features: LinearFeatures
    kernel: Kernel
    vectors: Floats
    weights: Floats
    intercepts: Floats
    calibration: Calibration | None
    classes: int

    def predict(self, table: pa.Table) -> Floats:
        """Probabilities, one column per class, or numbers."""
        sums = self.kernel.sums(self.features.matrix(table), self.vectors, self.weights)
        sums = sums + self.intercepts
        if self.calibration is None:
            return np.asarray(sums[:, 0])
        scores = one_against_one(sums, self.classes) if self.classes > 2 else sums
        return self.calibration.probabilities(scores)

    def write(self, folder: Path) -> Json:
        """Writes the arrays."""
        model_arrays.write(
            folder / FILE,
            vectors=self.vectors,
            weights=self.weights,
            intercepts=self.intercepts,
        )
        return {
            "file": FILE,
            "featuriser": self.features.to_json(),
            "kernel": self.kernel.to_json(),
            "calibration": None if self.calibration is None else self.calibration.to_json(),
        }


class Svm:
    """A support vector machine of classes and numbers."""

    name = "sklearn_svm"

    def fit(self, job: FitJob) -> Outcome:
        """Fits scaled and one-hot columns, and a label that is scaled where it is a number."""
        shown = task_options(self.name, job, (), OF_NUMBERS)
        if job.classes > MOST_CLASSES:
            raise TrainingDataError(
                f"the label has {job.classes} different values, and sklearn_svm, which learns each"
                f" pair of them, takes at most {MOST_CLASSES}; use sklearn_linear_svm"
            )
        features = LinearFeatures.learn(job.signature.features, job.train.table)
        matrix = features.matrix(job.train.table)
        learn = _of_classes if job.classes else _of_numbers
        fitted, stopped = learn(features, matrix, job, shown)
        if not job.classes:
            job.report(Progress(done=1, total=1))
        return Outcome(
            fitted=fitted,
            parameters={**shown, "gamma": fitted.kernel.gamma, "seed": job.seed},
            warnings=convergence.doubts(stopped),
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads the arrays and checks that they belong together."""
        features = LinearFeatures.from_json(signature.features, part["featuriser"])
        vectors, weights, intercepts = model_arrays.named(
            folder / part["file"], "vectors", "weights", "intercepts"
        )
        outputs = classes * (classes - 1) // 2 if classes else 1
        shapes = ((len(vectors), sum(features.widths())), (len(vectors), outputs), (outputs,))
        if (vectors.shape, weights.shape, intercepts.shape) != shapes:
            raise ModelCorruptError(f"'{part['file']}' has arrays of the wrong shape")
        scores = 1 if classes == 2 else classes
        return Machine(
            features=features,
            kernel=Kernel.from_json(part["kernel"]),
            vectors=vectors,
            weights=weights,
            intercepts=intercepts,
            calibration=Calibration.from_json(part["calibration"], scores) if classes else None,
            classes=classes,
        )


def _of_classes(
    features: LinearFeatures, matrix: Floats, job: FitJob, shown: Json
) -> tuple[Machine, bool]:
    estimator = SVC(**{"gamma": "scale", **shown}, random_state=job.seed)
    found, stopped = convergence.watched(
        "scikit-learn", lambda: calibration.fit(Svm.name, estimator, matrix, job.train, job.report)
    )
    own, calibrated = calibration.of(found)
    weights = own.dual_coef_.T
    if job.classes > 2:
        weights = pair_weights(own.dual_coef_, own.n_support_)
    return _machine(features, own, job, weights, own.intercept_, calibrated), stopped


def _of_numbers(
    features: LinearFeatures, matrix: Floats, job: FitJob, shown: Json
) -> tuple[Machine, bool]:
    scale = Scale.learn(job.train.target)
    estimator = SVR(**{"gamma": "scale", **shown})
    own, stopped = convergence.watched(
        "scikit-learn",
        lambda: estimator.fit(
            matrix, scale.scaled(job.train.target), sample_weight=job.train.weight
        ),
    )
    weights, intercepts = own.dual_coef_.T * scale.spread, own.intercept_ * scale.spread
    return _machine(features, own, job, weights, intercepts + scale.mean, None), stopped


def _machine(
    features: LinearFeatures,
    own: Any,
    job: FitJob,
    weights: Floats,
    intercepts: Floats,
    calibrated: Calibration | None,
) -> Machine:
    # What 'scale' has come to is known to the estimator alone.
    kernel = Kernel(own.kernel, float(own._gamma), float(own.coef0), int(own.degree))
    return Machine(
        features=features,
        kernel=kernel,
        vectors=np.ascontiguousarray(own.support_vectors_),
        weights=np.ascontiguousarray(weights),
        intercepts=np.asarray(intercepts, dtype=np.float64),
        calibration=calibrated,
        classes=job.classes,
    )
