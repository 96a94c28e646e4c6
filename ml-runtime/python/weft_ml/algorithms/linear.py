"""Linear models stored as coefficients in JSON: what the scikit-learn algorithms here fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from weft_ml.algorithms.base import Json
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError, TrainingFailedError, last_line
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature


@dataclass(frozen=True, slots=True)
class Linear:
    """Coefficients, intercepts and what makes their matrix."""

    features: LinearFeatures
    coefficients: Floats
    intercepts: Floats
    classes: int

    def predict(self, table: pa.Table) -> Floats:
        """Softmax over classes, the logistic function for two, the plain sum for numbers."""
        return self.answers(self.features.matrix(table))

    def answers(self, matrix: Floats) -> Floats:
        """The same of rows as numbers."""
        scores = matrix @ self.coefficients.T + self.intercepts
        if self.classes == 0:
            return np.asarray(scores[:, 0])
        if self.classes == 2:
            scores = np.hstack([np.zeros_like(scores), scores])
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def importances(self) -> tuple[float, ...]:
        """Per feature the sum of its coefficients' sizes, which belong to scaled columns."""
        sizes = np.abs(self.coefficients).sum(axis=0)
        ends = np.cumsum(self.features.widths())
        return tuple(float(part.sum()) for part in np.split(sizes, ends[:-1]))

    def write(self, folder: Path) -> Json:
        """All of it stands in ``model.json``."""
        return {
            "featuriser": self.features.to_json(),
            "coefficients": self.coefficients.tolist(),
            "intercepts": self.intercepts.tolist(),
        }


def load(signature: Signature, classes: int, part: Json) -> Linear:
    """Reads a linear model and checks its shape."""
    features = LinearFeatures.from_json(signature.features, part["featuriser"])
    coefficients = np.asarray(part["coefficients"], dtype=np.float64)
    intercepts = np.asarray(part["intercepts"], dtype=np.float64)
    if coefficients.ndim != 2 or len(coefficients) != len(intercepts):
        raise ModelCorruptError("its coefficients have the wrong shape")
    return Linear(features, coefficients, intercepts, classes)


T = TypeVar("T")


def run(library: str, fit: Callable[[], T]) -> T:
    """Runs a fit and names the library in what it complains about."""
    try:
        return fit()
    except (ValueError, ArithmeticError, np.linalg.LinAlgError) as failure:
        raise TrainingFailedError(f"{library} could not train: {last_line(failure)}") from None


def rows(values: Any) -> Floats:
    """Coefficients as a matrix, whatever shape scikit-learn gives."""
    return np.atleast_2d(np.asarray(values, dtype=np.float64))
