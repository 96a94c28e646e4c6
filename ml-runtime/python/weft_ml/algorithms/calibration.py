"""Probabilities from decision values by scikit-learn's own calibration (Platt's scaling)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.calibration import CalibratedClassifierCV

from weft_ml.algorithms.base import Json, Part, Progress
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError, TrainingDataError

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Calibration:
    """A slope and an offset for each decision value: one of two classes, else one a class."""

    slopes: Floats
    offsets: Floats

    def probabilities(self, scores: Floats) -> Floats:
        """One column per class from decision values of shape [rows, 1] or [rows, classes]."""
        shares = np.asarray(np.exp(-np.logaddexp(0.0, scores * self.slopes + self.offsets)))
        if scores.shape[1] == 1:
            return np.hstack([1 - shares, shares])
        sums = shares.sum(axis=1, keepdims=True)
        even = np.full_like(shares, 1 / shares.shape[1])
        return np.asarray(np.divide(shares, sums, out=even, where=sums != 0))

    def to_json(self) -> Json:
        """The form in ``model.json``."""
        return {"slopes": self.slopes.tolist(), "offsets": self.offsets.tolist()}

    @staticmethod
    def from_json(value: Json, count: int) -> Calibration:
        """Reads the form in ``model.json``, which holds ``count`` pairs."""
        slopes, offsets = (
            np.asarray(value[name], dtype=np.float64) for name in ("slopes", "offsets")
        )
        if slopes.shape != (count,) or offsets.shape != (count,):
            raise ModelCorruptError("its calibration has the wrong shape")
        return Calibration(slopes, offsets)


def fit(
    name: str,
    estimator: Any,
    matrix: Floats,
    part: Part,
    report: Callable[[Progress], None],
) -> Any:
    """Fits a classifier to all rows, and its calibration to what folds say of rows not seen."""
    fewest = int(np.bincount(part.target.astype(np.int64)).min())
    if fewest < 2:
        raise TrainingDataError(
            f"a label has one row only to train on, and {name} learns its probabilities from at"
            " least 2 rows of each label; add rows or leave that label out"
        )
    folds = min(FOLDS, fewest)
    counted = _counted(estimator, report, folds + 1)
    both = CalibratedClassifierCV(counted, method="sigmoid", cv=folds, ensemble=False)
    return both.fit(matrix, part.target, sample_weight=part.weight)


def _counted(estimator: Any, report: Callable[[Progress], None], total: int) -> Any:
    """The same classifier, whose copies report when they are fitted: each fold, and all rows.

    How far one of them is, its library does not tell.
    """
    kind = type(estimator)
    done = itertools.count(1)

    # Weights are given to what names them.
    def fit(self: Any, matrix: Any, target: Any, sample_weight: Any = None) -> Any:
        kind.fit(self, matrix, target, sample_weight=sample_weight)
        report(Progress(done=next(done), total=total, unit="fits"))
        return self

    return type(kind.__name__, (kind,), {"fit": fit})(**estimator.get_params())


def of(fitted: Any) -> tuple[Any, Calibration]:
    """The classifier and the calibration that ``fit`` gave."""
    whole = fitted.calibrated_classifiers_[0]
    slopes = np.array([one.a_ for one in whole.calibrators], dtype=np.float64)
    offsets = np.array([one.b_ for one in whole.calibrators], dtype=np.float64)
    return whole.estimator, Calibration(slopes, offsets)
