"""The kernels of support vector machines: how alike two rows are."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from sklearn.metrics.pairwise import pairwise_kernels

from weft_ml.algorithms.base import Json
from weft_ml.arrays import Floats

# Cells of the matrix of kernels that are in memory at a time: 32 MiB.
MOST_CELLS = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kernel:
    """A kernel of scikit-learn, rbf, poly, linear or sigmoid; each takes of the rest its own."""

    name: str
    gamma: float
    coef0: float
    degree: int

    def sums(self, rows: Floats, vectors: Floats, weights: Floats) -> Floats:
        """The kernels of rows [n, d] and vectors [v, d], times weights [v, k]: [n, k]."""
        found = np.empty((len(rows), weights.shape[1]))
        step = max(1, MOST_CELLS // max(1, len(vectors)))
        for start in range(0, len(rows), step):
            some = slice(start, start + step)
            found[some] = self._between(rows[some], vectors) @ weights
        return found

    def _between(self, rows: Floats, vectors: Floats) -> Floats:
        if len(vectors) == 0:
            return np.zeros((len(rows), 0))
        alike = pairwise_kernels(
            rows,
            vectors,
            metric=self.name,
            filter_params=True,
            gamma=self.gamma,
            coef0=self.coef0,
            degree=self.degree,
        )
        return np.asarray(alike)

    def to_json(self) -> Json:
        """The form in ``model.json``."""
        return asdict(self)

    @staticmethod
    def from_json(value: Json) -> Kernel:
        """Reads the form in ``model.json``."""
        return Kernel(
            str(value["name"]), float(value["gamma"]), float(value["coef0"]), int(value["degree"])
        )
