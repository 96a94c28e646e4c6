"""scikit-learn's Gaussian mixture, stored as arrays."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

from weft_ml import model_arrays
from weft_ml.algorithms import convergence
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, defaults
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature

FILE = f"mixture{model_arrays.SUFFIX}"
ARRAYS = ("weights_", "means_", "covariances_", "precisions_cholesky_")


@dataclass(frozen=True, slots=True)
class Distributions:
    """A fitted mixture among scaled columns."""

    features: LinearFeatures
    estimator: Any

    def matrix(self, table: pa.Table) -> Floats:
        """Scaled and one-hot columns."""
        return self.features.matrix(table)

    def predict(self, table: pa.Table) -> Floats:
        """The likeliest distribution and how far its mean is."""
        rows = self.matrix(table)
        places = self.estimator.predict(rows)
        distances = np.linalg.norm(rows - self.estimator.means_[places], axis=1)
        return np.column_stack([places.astype(np.float64), distances])

    def write(self, folder: Path) -> Json:
        """Writes the arrays."""
        model_arrays.write(
            folder / FILE, **{name: getattr(self.estimator, name) for name in ARRAYS}
        )
        return {
            "file": FILE,
            "featuriser": self.features.to_json(),
            "covariance_type": self.estimator.covariance_type,
        }


class Mixture:
    """Clusters as normal distributions."""

    name = "sklearn_gaussian_mixture"

    def fit(self, job: FitJob) -> Outcome:
        """Fits scaled and one-hot columns."""
        shown = {**defaults(self.name), **job.options}
        features = LinearFeatures.learn(job.signature.features, job.train.table)
        matrix = features.matrix(job.train.table)
        estimator = GaussianMixture(**shown, random_state=job.seed)
        _tell(estimator, job)
        # It begins with k-means, whose threads add up in the order in which they end.
        with threadpool_limits(limits=1, user_api="openmp"):
            _, stopped = convergence.watched("scikit-learn", lambda: estimator.fit(matrix))
        total = int(estimator.n_init) * int(estimator.max_iter)
        job.report(Progress(done=total, total=total))
        return Outcome(
            fitted=Distributions(features, estimator),
            parameters={**shown, "n_iter": int(estimator.n_iter_), "seed": job.seed},
            warnings=convergence.doubts(stopped),
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads the arrays."""
        features = LinearFeatures.from_json(signature.features, part["featuriser"])
        found = dict(zip(ARRAYS, model_arrays.named(folder / part["file"], *ARRAYS), strict=True))
        count, width = len(found["weights_"]), sum(features.widths())
        form = part["covariance_type"]
        wanted = {
            "full": (count, width, width),
            "tied": (width, width),
            "diag": (count, width),
            "spherical": (count,),
        }[form]
        shapes = [found[name].shape for name in ARRAYS[1:]]
        if shapes != [(count, width), wanted, wanted]:
            raise ModelCorruptError(f"'{part['file']}' has arrays of the wrong shape")
        estimator = GaussianMixture(n_components=count, covariance_type=form)
        for name, values in found.items():
            setattr(estimator, name, values)
        return Distributions(features, estimator)


def _tell(estimator: Any, job: FitJob) -> None:
    """Reports each iteration of each start; the library has no callback but these two steps.

    One that ends early counts as if it had come to its last iteration.
    """
    most = int(estimator.max_iter)
    total = int(estimator.n_init) * most
    starts = [0]

    def begin(start: int) -> None:
        starts[0] = start

    def step(iteration: int, change: float) -> None:
        job.report(
            Progress(
                done=starts[0] * most + iteration,
                total=total,
                metric="change" if math.isfinite(change) else "",
                value=float(change) if math.isfinite(change) else None,
            )
        )

    estimator._print_verbose_msg_init_beg = begin
    estimator._print_verbose_msg_iter_end = step
