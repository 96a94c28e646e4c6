"""scikit-learn's k-means, stored as centres in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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
        # Threads add up in the order in which they end; one gives the same model each time.
        with threadpool_limits(limits=1, user_api="openmp"):
            convergence.watched(
                "scikit-learn", lambda: estimator.fit(matrix, sample_weight=job.train.weight)
            )
        job.report(Progress(done=1, total=1))
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


def _doubts(wanted: int, used: int) -> tuple[str, ...]:
    if used == wanted:
        return ()
    return (f"only {used} of {wanted} clusters have rows; there are not more different ones",)
