"""scikit-learn's multilayer perceptrons (MLPClassifier and MLPRegressor), stored as arrays."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

from weft_ml.algorithms import convergence, layers
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, defaults
from weft_ml.algorithms.layers import Layers
from weft_ml.algorithms.scaled_target import Scale
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature

MOST_NEURONS = 100_000


class Mlp:
    """Layers of neurons for classes and numbers."""

    name = "sklearn_mlp"

    def fit(self, job: FitJob) -> Outcome:
        """Fits scaled and one-hot columns, and a label that is scaled where it is a number."""
        shown = {**defaults(self.name), **job.options}
        sizes = layers.hidden(str(shown["hidden_layer_sizes"]), MOST_NEURONS)
        given = {**shown, "hidden_layer_sizes": sizes}
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
        fitted = _layers(estimator, features, scale, job.classes)
        return Outcome(
            fitted=fitted,
            parameters={**shown, "n_iter": rounds, "seed": job.seed},
            warnings=convergence.doubts(stopped, f" after {shown['max_iter']} iterations"),
            importances=fitted.importances(matrix),
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads the arrays."""
        return layers.load(folder, signature, classes, part)


def _layers(estimator: Any, features: LinearFeatures, scale: Scale, classes: int) -> Layers:
    weights, biases = list(estimator.coefs_), list(estimator.intercepts_)
    if classes == 2:
        # Of two classes the library has the second alone, beside a first that is always 0.
        weights[-1] = np.hstack([np.zeros_like(weights[-1]), weights[-1]])
        biases[-1] = np.hstack([np.zeros_like(biases[-1]), biases[-1]])
    return Layers(
        features=features,
        weights=tuple(weights),
        biases=tuple(biases),
        activation=str(estimator.activation),
        classes=classes,
        mean=scale.mean,
        scale=scale.spread,
    )


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
    _tell_passes(estimator, job)


def _tell_passes(estimator: Any, job: FitJob) -> None:
    """Reports each pass of lbfgs, of which one iteration may need several."""
    usual = estimator._loss_grad_lbfgs
    passes = itertools.count(1)

    def step(*arguments: Any, **named: Any) -> Any:
        loss, gradients = usual(*arguments, **named)
        done = next(passes)
        job.report(Progress(done=done, total=0, metric="loss", value=float(loss), unit="passes"))
        return loss, gradients

    estimator._loss_grad_lbfgs = step
