"""Networks of dense layers, stored as arrays: they answer without the library that trained them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from weft_ml import model_arrays
from weft_ml.algorithms.base import Json
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError, TrainingFailedError
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature

FILE = f"layers{model_arrays.SUFFIX}"

ACTIVATIONS: dict[str, Callable[[Floats], Floats]] = {
    "relu": lambda sums: np.maximum(sums, 0.0),
    "tanh": lambda sums: np.asarray(np.tanh(sums)),
    # Of large negative sums the power would overflow; tanh does not.
    "logistic": lambda sums: np.asarray(0.5 * (1.0 + np.tanh(0.5 * sums))),
    "identity": lambda sums: sums,
}

# The slope of each, from what it gave.
SLOPES: dict[str, Callable[[Floats], Floats]] = {
    "relu": lambda given: (given > 0).astype(np.float64),
    "tanh": lambda given: np.asarray(1.0 - given**2),
    "logistic": lambda given: np.asarray(given * (1.0 - given)),
    "identity": lambda given: np.ones_like(given),
}
ROWS_OF_IMPORTANCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Weights (inputs x units) and biases of each layer; numbers are ``scale x last + mean``."""

    features: LinearFeatures
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    activation: str
    classes: int
    mean: float = 0.0
    scale: float = 1.0

    def predict(self, table: pa.Table) -> Floats:
        """Probabilities of classes, or one number a row."""
        rows = self.features.matrix(table)
        act = ACTIVATIONS[self.activation]
        for weights, biases in zip(self.weights[:-1], self.biases[:-1], strict=True):
            rows = act(rows @ weights + biases)
        sums = rows @ self.weights[-1] + self.biases[-1]
        if self.classes == 0:
            return np.asarray(sums[:, 0] * self.scale + self.mean)
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def importances(self, matrix: Floats) -> tuple[float, ...]:
        """Per feature how far the answers move with it, in steps of its spread over rows."""
        rows, slopes = matrix[:ROWS_OF_IMPORTANCE], []
        for weights, biases in zip(self.weights[:-1], self.biases[:-1], strict=True):
            rows = ACTIVATIONS[self.activation](rows @ weights + biases)
            slopes.append(SLOPES[self.activation](rows))
        # What all classes have in common moves no probability.
        ends = self.weights[-1]
        ends = ends - ends.mean(axis=1, keepdims=True) if self.classes else ends
        moved = np.zeros(len(self.weights[0]))
        for end in ends.T:
            back = np.broadcast_to(end, (len(rows), len(end)))
            for weights, slope in zip(self.weights[-2::-1], slopes[::-1], strict=True):
                back = (back * slope) @ weights.T
            moved += np.abs(back).mean(axis=0)
        parts = np.split(moved * matrix.std(axis=0), np.cumsum(self.features.widths())[:-1])
        return tuple(float(part.sum()) for part in parts)

    def write(self, folder: Path) -> Json:
        """Writes the arrays of all layers."""
        arrays = {f"weights_{i}": array for i, array in enumerate(self.weights)}
        arrays |= {f"biases_{i}": array for i, array in enumerate(self.biases)}
        model_arrays.write(folder / FILE, **arrays)
        return {
            "file": FILE,
            "layers": len(self.weights),
            "activation": self.activation,
            "mean": self.mean,
            "scale": self.scale,
            "featuriser": self.features.to_json(),
        }


def hidden(text: str, most: int, option: str = "hidden_layer_sizes") -> tuple[int, ...]:
    """The units of each layer, as in ``64, 32``: one layer at least, each up to ``most``."""
    words = [word.strip() for word in text.split(",")]
    if not all(word.isdecimal() and 0 < int(word) <= most for word in words):
        raise TrainingFailedError(
            f"{option} is '{text}'; write units between commas, such as '64, 32',"
            f" each from 1 to {most}"
        )
    return tuple(int(word) for word in words)


def load(folder: Path, signature: Signature, classes: int, part: Json) -> Layers:
    """Reads layers and checks that each fits the next."""
    features = LinearFeatures.from_json(signature.features, part["featuriser"])
    arrays = model_arrays.read(folder / part["file"])
    weights = tuple(arrays[f"weights_{i}"] for i in range(part["layers"]))
    biases = tuple(arrays[f"biases_{i}"] for i in range(part["layers"]))
    ends = [sum(features.widths()), *(array.shape[-1] for array in weights)]
    shapes = [array.shape for array in weights]
    if shapes != list(itertools.pairwise(ends)) or ends[-1] != max(classes, 1):
        raise ModelCorruptError(f"'{part['file']}' has layers that do not fit each other")
    if [array.shape for array in biases] != [(end,) for end in ends[1:]]:
        raise ModelCorruptError(f"'{part['file']}' has biases that do not fit its layers")
    return Layers(
        features=features,
        weights=weights,
        biases=biases,
        activation=part["activation"],
        classes=classes,
        mean=part["mean"],
        scale=part["scale"],
    )
