"""scikit-learn's k-means, stored as centres in JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from sklearn.cluster import KMeans as Estimator
from sklearn.metrics import pairwise_distances_argmin_min
from threadpoolctl import threadpool_limits

from weft_ml.algorithms import convergence
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, defaults
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature


@dataclass(frozen=True, slots=True)
class Centres:
    """Centres of clusters among scaled columns, of shape [clusters, columns]."""

    features: LinearFeatures
    centres: Floats

    def matrix(self, table: pa.Table) -> Floats:
        """Scaled and one-hot columns."""
        return self.features.matrix(table)

    def predict(self, table: pa.Table) -> Floats:
        """The nearest centre and how far it is."""
        places, distances = pairwise_distances_argmin_min(self.matrix(table), self.centres)
        return np.column_stack([places.astype(np.float64), distances])

    def write(self, folder: Path) -> Json:
        """All of it stands in ``model.json``."""
        return {"featuriser": self.features.to_json(), "centres": self.centres.tolist()}


class KMeans:
    """Clusters around centres."""

    name = "sklearn_k_means"

    def fit(self, job: FitJob) -> Outcome:
        """Fits scaled and one-hot columns."""
        shown = {**defaults(self.name), **job.options}
        features = LinearFeatures.learn(job.signature.features, job.train.table)
        matrix = features.matrix(job.train.table)
        estimator = Estimator(**{"n_init": "auto", **shown}, random_state=job.seed)
        estimator.verbose = _Silence(estimator, job.report)
        # Threads add up in the order in which they end; one gives the same model each time.
        with threadpool_limits(limits=1, user_api="openmp"):
            convergence.watched(
                "scikit-learn", lambda: estimator.fit(matrix, sample_weight=job.train.weight)
            )
        total = estimator._n_init * int(estimator.max_iter)
        job.report(Progress(done=total, total=total))
        fitted = Centres(features, np.asarray(estimator.cluster_centers_, dtype=np.float64))
        return Outcome(
            fitted=fitted,
            parameters={**shown, "n_iter": int(estimator.n_iter_), "seed": job.seed},
            warnings=_doubts(int(shown["n_clusters"]), len(np.unique(estimator.labels_))),
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads the centres."""
        features = LinearFeatures.from_json(signature.features, part["featuriser"])
        centres = np.asarray(part["centres"], dtype=np.float64)
        if centres.ndim != 2 or centres.shape[1] != sum(features.widths()):
            raise ModelCorruptError("its centres have the wrong shape")
        return Centres(features, centres)


class _Silence(int):
    """Says that nothing is to be printed, and counts how often it is asked.

    The library has no callback. It asks when a start has its first centres and then at the end of
    each iteration; a start that ends early counts as if it had come to its last one.
    """

    def __new__(cls, estimator: Any, report: Callable[[Progress], None]) -> _Silence:
        return super().__new__(cls, 0)

    def __init__(self, estimator: Any, report: Callable[[Progress], None]) -> None:
        self._estimator = estimator
        self._report = report
        self._starts = -1
        self._asked = 0
        usual = estimator._init_centroids

        def begin(*arguments: Any, **named: Any) -> Any:
            self._starts += 1
            self._asked = 0
            return usual(*arguments, **named)

        estimator._init_centroids = begin

    def __bool__(self) -> bool:
        most = int(self._estimator.max_iter)
        done = self._starts * most + min(self._asked, most)
        self._asked += 1
        if done:
            self._report(Progress(done=done, total=self._estimator._n_init * most))
        return False


def _doubts(wanted: int, used: int) -> tuple[str, ...]:
    if used == wanted:
        return ()
    return (f"only {used} of {wanted} clusters have rows; there are not more different ones",)
