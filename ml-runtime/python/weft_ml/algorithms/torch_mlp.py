"""PyTorch's dense layers: what is asked for, and the layers that training gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from weft_ml.algorithms import layers, pytorch
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Part
from weft_ml.algorithms.layers import Layers
from weft_ml.algorithms.rows import Rows
from weft_ml.algorithms.scaled_target import Scale
from weft_ml.errors import TrainingFailedError
from weft_ml.features import LinearFeatures
from weft_ml.signature import Signature

MOST_LAYERS = 64
MOST_UNITS = 65_536


class TorchMlp:
    """A multi-layer perceptron for classes and numbers."""

    name = "torch_mlp"

    def fit(self, job: FitJob) -> Outcome:
        """Trains with a fixed seed; one process and several take the same steps."""
        shown = pytorch.options(self.name, job)
        hidden = _sizes(str(shown["hidden_layer_sizes"]))
        torch_networks, torch_steps = pytorch.steps(self.name)
        features = LinearFeatures.learn(job.signature.features, job.train.table)
        scale = Scale(0.0, 1.0) if job.classes else Scale.learn(job.train.target)
        plan = torch_steps.Plan(
            network=torch_networks.Dense(
                sizes=(sum(features.widths()), *hidden, max(job.classes, 1)),
                activation=str(shown["activation"]),
                dropout=float(shown["dropout"]),
            ),
            classes=job.classes,
            options=shown,
            train=_rows(features, job.train, scale),
            held_out=None if job.held_out is None else _rows(features, job.held_out, scale),
            scale=scale.spread,
        )
        learnt = torch_steps.train(job.team, plan, job.report)
        fitted = Layers(
            features=features,
            weights=tuple(layer["weight"].T for layer in learnt.layers),
            biases=tuple(layer["bias"] for layer in learnt.layers),
            activation=str(shown["activation"]),
            classes=job.classes,
            mean=scale.mean,
            scale=scale.spread,
        )
        if shown["early_stopping_patience"]:
            shown["best_iteration"] = learnt.best
        return Outcome(
            fitted=fitted, parameters=shown, importances=fitted.importances(plan.train.matrix)
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads arrays."""
        return layers.load(folder, signature, classes, part)


def _sizes(text: str) -> tuple[int, ...]:
    sizes = layers.hidden(text, MOST_UNITS) if text.strip() else ()
    if len(sizes) > MOST_LAYERS:
        raise TrainingFailedError(
            f"hidden_layer_sizes has {len(sizes)} layers; {MOST_LAYERS} are the most"
        )
    return sizes


def _rows(features: LinearFeatures, part: Part, scale: Scale) -> Rows:
    rows = Rows(
        matrix=features.matrix(part.table).astype(np.float32),
        target=part.target,
        weight=part.weight,
    )
    if part.target.dtype != np.int64:
        return replace(rows, target=scale.scaled(part.target).astype(np.float32))
    known = part.target >= 0
    weight = None if part.weight is None else part.weight[known]
    return Rows(matrix=rows.matrix[known], target=part.target[known], weight=weight)
