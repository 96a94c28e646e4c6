"""The metrics of the report, each beside what knowing only the training labels gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weft_ml.arrays import Floats, Ints

CLIP = 1e-15


@dataclass(frozen=True, slots=True)
class Metric:
    """One number about a model on a part of the data."""

    data: str
    name: str
    value: float
    baseline: float


def chosen(probs: Floats, threshold: float | None) -> Ints:
    """The class answered: the likeliest, or the second of two where it exceeds a threshold."""
    if threshold is None:
        return np.asarray(np.argmax(probs, axis=1), dtype=np.int64)
    return np.asarray(probs[:, 1] > threshold, dtype=np.int64)


def mean(found: list[list[Metric]]) -> list[Metric]:
    """The mean of each metric over the lists that have it."""
    means: list[Metric] = []
    for name in dict.fromkeys(metric.name for metrics in found for metric in metrics):
        same = [metric for metrics in found for metric in metrics if metric.name == name]
        value = sum(metric.value for metric in same) / len(same)
        baseline = sum(metric.baseline for metric in same) / len(same)
        means.append(Metric(same[0].data, name, value, baseline))
    return means


def classification(
    data: str, truth: Ints, probs: Floats, train_truth: Ints, threshold: float | None = None
) -> list[Metric]:
    """auc, log_loss, accuracy and f1; auc is left out where one class alone is present."""
    count = probs.shape[1]
    priors = np.bincount(train_truth, minlength=count) / len(train_truth)
    majority = np.full(len(truth), int(np.argmax(priors)), dtype=np.int64)
    predicted = chosen(probs, threshold)
    prior_rows = np.broadcast_to(priors, (len(truth), count))
    found = [] if (area := auc(truth, probs)) is None else [Metric(data, "auc", area, 0.5)]
    return [
        *found,
        Metric(data, "log_loss", log_loss(truth, probs), log_loss(truth, prior_rows)),
        Metric(data, "accuracy", accuracy(truth, predicted), accuracy(truth, majority)),
        Metric(data, "f1", f1(truth, predicted, count), f1(truth, majority, count)),
    ]


def regression(data: str, truth: Floats, predicted: Floats, train_mean: float) -> list[Metric]:
    """rmse, mae and r2; r2 is left out where the label does not vary."""
    error = truth - predicted
    mean_error = truth - train_mean
    spread = float(np.sum((truth - truth.mean()) ** 2))
    found = [
        Metric(data, "rmse", _root(error), _root(mean_error)),
        Metric(data, "mae", float(np.mean(np.abs(error))), float(np.mean(np.abs(mean_error)))),
    ]
    if spread > 0:
        found.append(Metric(data, "r2", 1 - float(np.sum(error**2)) / spread, 0.0))
    return found


def auc(truth: Ints, probs: Floats) -> float | None:
    """Area under the ROC curve of the second class, or the mean over classes against the rest."""
    if probs.shape[1] == 2:
        return _area(truth == 1, probs[:, 1])
    areas = [_area(truth == code, probs[:, code]) for code in range(probs.shape[1])]
    known = [area for area in areas if area is not None]
    return sum(known) / len(known) if known else None


def log_loss(truth: Ints, probs: Floats) -> float:
    """Mean negative logarithm of the true class's probability; unknown classes count as 0."""
    chosen = np.where(truth >= 0, probs[np.arange(len(truth)), np.maximum(truth, 0)], 0.0)
    return float(-np.mean(np.log(np.clip(chosen, CLIP, 1 - CLIP))))


def accuracy(truth: Ints, predicted: Ints) -> float:
    """The part of rows with the right class."""
    return float(np.mean(truth == predicted))


def f1(truth: Ints, predicted: Ints, count: int) -> float:
    """F1 of the second class when there are two, else the mean over classes."""
    if count == 2:
        return _f1_of(truth, predicted, 1)
    return float(np.mean([_f1_of(truth, predicted, code) for code in range(count)]))


def _f1_of(truth: Ints, predicted: Ints, code: int) -> float:
    hits = int(np.sum((truth == code) & (predicted == code)))
    wrong = int(np.sum((truth == code) != (predicted == code)))
    return 2 * hits / (2 * hits + wrong) if hits else 0.0


def _area(positive: np.typing.NDArray[np.bool_], score: Floats) -> float | None:
    positives = int(positive.sum())
    negatives = len(positive) - positives
    if positives == 0 or negatives == 0:
        return None
    order = np.argsort(score)
    ranked = score[order]
    # What is no number comes last and equals its like.
    differs = (ranked[1:] != ranked[:-1]) & ~np.isnan(ranked[:-1])
    starts = np.flatnonzero(np.concatenate(([True], differs)))
    counts = np.diff(np.append(starts, len(ranked)))
    hits = np.add.reduceat(positive[order].astype(np.int64), starts)
    # Equal scores share the mean of their ranks, which count from 1.
    ranks = float(np.sum(hits * (starts + (counts + 1) / 2)))
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


def _root(error: Floats) -> float:
    return float(np.sqrt(np.mean(error**2)))
