"""How good clusters are: the metrics of the report, each beside that of one cluster alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from weft_ml.arrays import Floats, Ints
from weft_ml.metrics import Metric

# Squared distances that are in memory at a time: 32 MiB.
MOST_CELLS = 4 * 1024 * 1024


def of(data: str, matrix: Floats, answers: Floats) -> list[Metric]:
    """silhouette, cost, mean_distance and clusters, as those of MLlib's clusters.

    ``matrix`` has the rows, ``answers`` their clusters and distances.
    """
    _, codes = np.unique(answers[:, 0].astype(np.int64), return_inverse=True)
    distances = answers[:, 1]
    used = int(codes.max()) + 1
    return [
        Metric(data, "silhouette", silhouette(matrix, codes, used), 0.0),
        Metric(data, "cost", float(np.sum(distances**2)), _spread(matrix)),
        Metric(data, "mean_distance", float(distances.mean()), math.nan),
        Metric(data, "clusters", float(used), 1.0),
    ]


def silhouette(matrix: Floats, codes: Ints, used: int) -> float:
    """The mean over all rows, of squared distances; not a number where all are in one cluster.

    The squared distances from a row to all rows of a cluster add up from what is known of the
    cluster alone: |x - y|² summed over y is n|x|² - 2x·(sum of y) + (sum of |y|²).
    """
    if used < 2:
        return math.nan
    # Around the mean the terms are small, and so is what is lost in their difference.
    centred = matrix - matrix.mean(axis=0)
    norms = np.sum(centred**2, axis=1)
    clusters = _Clusters(
        counts=np.bincount(codes, minlength=used).astype(np.float64),
        sums=np.stack([np.bincount(codes, column, used) for column in centred.T], axis=1),
        norms=np.asarray(np.bincount(codes, norms, used), dtype=np.float64),
    )
    step = max(1, MOST_CELLS // used)
    parts = [slice(start, start + step) for start in range(0, len(codes), step)]
    return sum(clusters.of(centred[p], norms[p], codes[p]) for p in parts) / len(codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clusters:
    """The rows of each cluster, their sum, and the sum of their squares."""

    counts: Floats
    sums: Floats
    norms: Floats

    def of(self, matrix: Floats, norms: Floats, codes: Ints) -> float:
        """What some rows add to the silhouette."""
        rows = np.arange(len(codes))
        away = norms[:, None] * self.counts - 2 * (matrix @ self.sums.T) + self.norms
        away = np.maximum(away, 0.0)
        within = away[rows, codes] / np.maximum(self.counts[codes] - 1, 1)
        means = away / self.counts
        means[rows, codes] = np.inf
        nearest = means.min(axis=1)
        larger = np.maximum(within, nearest)
        # A row alone in its cluster counts 0, and so does one at the place of its neighbours.
        told = (larger > 0) & (self.counts[codes] > 1)
        return float(np.sum((nearest - within)[told] / larger[told]))


def _spread(matrix: Floats) -> float:
    return float(np.sum((matrix - matrix.mean(axis=0)) ** 2))
