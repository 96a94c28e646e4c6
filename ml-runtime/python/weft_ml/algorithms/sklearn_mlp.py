"""scikit-learn's multilayer perceptrons (MLPClassifier and MLPRegressor), stored as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from sklearn.neural_network import MLPClassifier, MLPRegressor

from weft_ml.algorithms import convergence
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, defaults
from weft_ml.algorithms.scaled_target import Scale
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError, TrainingFailedError
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature

FILE = "layers.npz"
MOST_NEURONS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Layers of weights [inputs, outputs] and biases; the last gives logits or numbers."""

    features: LinearFeatures
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    activation: str
    classes: int

    def predict(self, table: pa.Table) -> Floats:
        """Softmax over classes, the logistic function for two, the plain sum for numbers."""
        rows = self.features.matrix(table)
        for weights, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            rows = _bent(self.activation, rows @ weights + bias)
        scores = rows @ self.weights[-1] + self.biases[-1]
        if self.classes == 0:
            return np.asarray(scores[:, 0])
        if self.classes == 2:
            scores = np.hstack([np.zeros_like(scores), scores])
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def write(self, folder: Path) -> Json:
        """Writes the arrays; ``allow_pickle`` is off when they are read."""
        named = {f"weights_{place}": one for place, one in enumerate(self.weights)}
        named |= {f"biases_{place}": one for place, one in enumerate(self.biases)}
        with (folder / FILE).open("wb") as file:
            np.savez(file, **named)
        return {
            "file": FILE,
            "featuriser": self.features.to_json(),
            "activation": self.activation,
            "layers": len(self.weights),
        }


class Mlp:
    """Layers of neurons for classes and numbers."""

    name = "sklearn_mlp"

    def fit(self, job: FitJob) -> Outcome:
        """Fits scaled and one-hot columns, and a label that is scaled where it is a number."""
        shown = {**defaults(self.name), **job.options}
        given = {**shown, "hidden_layer_sizes": _sizes(str(shown["hidden_layer_sizes"]))}
        features = LinearFeatures.learn(job.signature.features, job.train.table)
        matrix = features.matrix(job.train.table)
        scale = Scale(0.0, 1.0) if job.classes else Scale.learn(job.train.target)
        target = job.train.target if job.classes else scale.scaled(job.train.target)
        kind = MLPClassifier if job.classes else MLPRegressor
        estimator = kind(**given, random_state=job.seed)
        _tell(estimator, job)
        _, stopped = convergence.watched(
            "scikit-learn", lambda: estimator.fit(matrix, target, sample_weight=job.train.weight)
        )
        rounds = int(estimator.n_iter_)
        job.report(Progress(done=rounds, total=rounds))
        weights, biases = list(estimator.coefs_), list(estimator.intercepts_)
        weights[-1] = weights[-1] * scale.spread
        biases[-1] = biases[-1] * scale.spread + scale.mean
        fitted = Network(
            features=features,
            weights=tuple(weights),
            biases=tuple(biases),
            activation=str(shown["activation"]),
            classes=job.classes,
        )
        return Outcome(
            fitted=fitted,
            parameters={**shown, "n_iter": rounds, "seed": job.seed},
            warnings=convergence.doubts(stopped, f" after {shown['max_iter']} iterations"),
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads the arrays and checks that each layer takes what the one before gives."""
        features = LinearFeatures.from_json(signature.features, part["featuriser"])
        with np.load(folder / part["file"], allow_pickle=False) as arrays:
            weights = tuple(arrays[f"weights_{place}"] for place in range(part["layers"]))
            biases = tuple(arrays[f"biases_{place}"] for place in range(part["layers"]))
        width = sum(features.widths())
        for layer, bias in zip(weights, biases, strict=True):
            if layer.shape != (width, len(bias)):
                raise ModelCorruptError(f"'{part['file']}' has arrays of the wrong shape")
            width = len(bias)
        if width != (classes if classes > 2 else 1):
            raise ModelCorruptError(f"'{part['file']}' has another number of answers than classes")
        return Network(
            features=features,
            weights=weights,
            biases=biases,
            activation=part["activation"],
            classes=classes,
        )


def _bent(activation: str, sums: Floats) -> Floats:
    match activation:
        case "relu":
            return np.asarray(np.maximum(sums, 0.0))
        case "tanh":
            return np.asarray(np.tanh(sums))
        case "logistic":
            return np.asarray(np.exp(-np.logaddexp(0.0, -sums)))
        case "identity":
            return sums
    raise ModelCorruptError(f"its activation '{activation}' is not known here")


def _tell(estimator: Any, job: FitJob) -> None:
    """Reports each pass over the rows; the library has no callback but this step at its end."""
    usual = estimator._update_no_improvement_count
    metric = "accuracy" if job.classes else "r2"

    def step(*arguments: Any) -> None:
        usual(*arguments)
        scores = estimator.validation_scores_
        job.report(
            Progress(
                done=int(estimator.n_iter_),
                total=int(estimator.max_iter),
                metric=metric if scores else "",
                value=float(scores[-1]) if scores else None,
            )
        )

    estimator._update_no_improvement_count = step


def _sizes(text: str) -> tuple[int, ...]:
    """The neurons of each hidden layer, as in ``64, 32``."""
    sizes = [part.strip() for part in text.split(",")]
    if not all(size.isdecimal() and 0 < int(size) <= MOST_NEURONS for size in sizes):
        raise TrainingFailedError(
            f"hidden_layer_sizes is '{text}'; write how many neurons each hidden layer has, such"
            " as '100' or '64, 32'"
        )
    return tuple(int(size) for size in sizes)
