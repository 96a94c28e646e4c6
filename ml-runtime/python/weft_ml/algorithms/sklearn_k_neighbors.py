"""scikit-learn's nearest neighbours: the model is its training rows, kept as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

from weft_ml import model_arrays
from weft_ml.algorithms import linear
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, defaults
from weft_ml.arrays import Floats, Ints
from weft_ml.errors import ModelCorruptError
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature

FILE = f"rows{model_arrays.SUFFIX}"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Scaled training rows with their targets."""

    features: LinearFeatures
    estimator: Any
    rows: Floats
    targets: Ints | Floats
    options: Json
    classes: int

    def predict(self, table: pa.Table) -> Floats:
        """The neighbours' shares or mean."""
        matrix = self.features.matrix(table)
        if self.classes:
            return np.asarray(self.estimator.predict_proba(matrix))
        return np.asarray(self.estimator.predict(matrix), dtype=np.float64)

    def write(self, folder: Path) -> Json:
        """Writes the rows; the search structure is made anew from them."""
        model_arrays.write(folder / FILE, rows=self.rows, targets=self.targets)
        return {"file": FILE, "featuriser": self.features.to_json(), "options": self.options}


class KNeighbors:
    """Nearest neighbours for classes and numbers."""

    name = "sklearn_k_neighbors"

    def fit(self, job: FitJob) -> Outcome:
        """Keeps scaled and one-hot columns."""
        shown = {**defaults(self.name), **job.options}
        features = LinearFeatures.learn(job.signature.features, job.train.table)
        matrix = features.matrix(job.train.table)
        fitted = linear.run(
            "scikit-learn",
            lambda: _neighbours(features, matrix, job.train.target, shown, job.classes),
        )
        job.report(Progress(done=1, total=1))
        return Outcome(fitted=fitted, parameters=shown)

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads the rows."""
        features = LinearFeatures.from_json(signature.features, part["featuriser"])
        rows, targets = model_arrays.named(folder / part["file"], "rows", "targets")
        if len(rows) != len(targets):
            raise ModelCorruptError(f"'{part['file']}' has arrays of different lengths")
        return _neighbours(features, rows, targets, part["options"], classes)


def _neighbours(
    features: LinearFeatures, rows: Floats, targets: Any, options: Json, classes: int
) -> Neighbours:
    if int(options["n_neighbors"]) > len(rows):
        raise ValueError(f"n_neighbors is more than the {len(rows)} rows to train on")
    kind = KNeighborsClassifier if classes else KNeighborsRegressor
    estimator = kind(**options).fit(rows, targets)
    return Neighbours(features, estimator, rows, targets, options, classes)
