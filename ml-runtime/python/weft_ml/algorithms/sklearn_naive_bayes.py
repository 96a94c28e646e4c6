"""scikit-learn's naive Bayes: for counts and flags they are linear models of log shares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB

from weft_ml.algorithms import linear
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Progress, defaults
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError, TrainingDataError
from weft_ml.features import LinearFeatures
from weft_ml.signature import Kind, Signature

GAUSSIAN = "sklearn_gaussian_naive_bayes"
BERNOULLI = "sklearn_bernoulli_naive_bayes"


class NaiveBayes:
    """Naive Bayes of classes, each kind under its own name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fit(self, job: FitJob) -> Outcome:
        """Fits one-hot columns beside numbers, which are scaled for normal distributions only."""
        shown = {**defaults(self.name), **job.options}
        learnt = LinearFeatures.learn(job.signature.features, job.train.table)
        fitted, importances = self._fitted(learnt, job, shown)
        job.report(Progress(done=1, total=1))
        return Outcome(fitted=fitted, parameters=shown, importances=importances)

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads the numbers in ``model.json``."""
        if self.name == GAUSSIAN:
            return _gaussian(signature, part)
        loaded = linear.load(signature, classes, part)
        return Flags(loaded, float(part["binarize"])) if self.name == BERNOULLI else loaded

    def _fitted(
        self, learnt: LinearFeatures, job: FitJob, shown: Json
    ) -> tuple[Fitted, tuple[float, ...]]:
        target, weight = job.train.target, job.train.weight
        if self.name == GAUSSIAN:
            matrix = learnt.matrix(job.train.table)
            nb = linear.run(
                "scikit-learn",
                lambda: GaussianNB(**shown).fit(matrix, target, sample_weight=weight),
            )
            normal = Gaussian(learnt, nb.theta_, nb.var_, np.log(nb.class_prior_))
            return normal, normal.importances()
        features = _unscaled(learnt)
        matrix = features.matrix(job.train.table)
        if self.name == BERNOULLI:
            matrix = np.asarray(matrix > shown["binarize"], dtype=np.float64)
            given = {**shown, "binarize": None, "force_alpha": True}
            estimator: Any = BernoulliNB(**given)
        else:
            _refuse_negative(features, matrix)
            estimator = MultinomialNB(**shown, force_alpha=True)
        with np.errstate(divide="ignore"):
            nb = linear.run(
                "scikit-learn", lambda: estimator.fit(matrix, target, sample_weight=weight)
            )
        rows, shift = nb.feature_log_prob_, nb.class_log_prior_
        if self.name == BERNOULLI:
            absent = np.log1p(-np.minimum(np.exp(rows), 1 - 1e-12))
            rows, shift = rows - absent, shift + absent.sum(axis=1)
        rows = np.maximum(rows, -1e3)
        if job.classes == 2:
            rows, shift = rows[1:] - rows[:1], shift[1:] - shift[:1]
        found = linear.Linear(features, linear.rows(rows), np.asarray(shift), job.classes)
        # Its columns are not scaled, and a weight counts as much as its column varies.
        scaled = replace(found, coefficients=found.coefficients * matrix.std(axis=0))
        if self.name == BERNOULLI:
            return Flags(found, float(shown["binarize"])), scaled.importances()
        return found, scaled.importances()


@dataclass(frozen=True, slots=True)
class Flags:
    """A linear model of what is there and what is not."""

    inner: linear.Linear
    binarize: float

    def predict(self, table: pa.Table) -> Floats:
        """Probabilities."""
        matrix = self.inner.features.matrix(table) > self.binarize
        return self.inner.answers(np.asarray(matrix, dtype=np.float64))

    def write(self, folder: Path) -> Json:
        """All of it stands in ``model.json``."""
        return {**self.inner.write(folder), "binarize": self.binarize}


@dataclass(frozen=True, slots=True)
class Gaussian:
    """Means and variances by class and column."""

    features: LinearFeatures
    means: Floats
    variances: Floats
    priors: Floats

    def predict(self, table: pa.Table) -> Floats:
        """Probabilities."""
        matrix = self.features.matrix(table)
        scores = np.empty((len(matrix), len(self.priors)))
        for k, (mean, variance) in enumerate(zip(self.means, self.variances, strict=True)):
            normal = np.log(2 * np.pi * variance) + (matrix - mean) ** 2 / variance
            scores[:, k] = self.priors[k] - 0.5 * normal.sum(axis=1)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def importances(self) -> tuple[float, ...]:
        """Per feature how far its classes' means are apart, in units of their spread."""
        apart = self.means.var(axis=0) / self.variances.mean(axis=0)
        ends = np.cumsum(self.features.widths())
        return tuple(float(part.sum()) for part in np.split(apart, ends[:-1]))

    def write(self, folder: Path) -> Json:
        """All of it stands in ``model.json``."""
        return {
            "featuriser": self.features.to_json(),
            "means": self.means.tolist(),
            "variances": self.variances.tolist(),
            "priors": self.priors.tolist(),
        }


def _gaussian(signature: Signature, part: Json) -> Gaussian:
    features = LinearFeatures.from_json(signature.features, part["featuriser"])
    names = ("means", "variances", "priors")
    means, variances, priors = (np.asarray(part[name], dtype=np.float64) for name in names)
    if means.shape != variances.shape or means.shape != (len(priors), sum(features.widths())):
        raise ModelCorruptError("its means and variances have the wrong shape")
    return Gaussian(features, means, variances, priors)


def _unscaled(learnt: LinearFeatures) -> LinearFeatures:
    """Numbers as they are and null as 0, since counts and flags have no other centre."""
    names = learnt.means
    return LinearFeatures(
        learnt.features, learnt.categories, dict.fromkeys(names, 0.0), dict.fromkeys(names, 1.0)
    )


def _refuse_negative(features: LinearFeatures, matrix: Floats) -> None:
    ends = np.cumsum(features.widths())
    for feature, part in zip(features.features, np.split(matrix, ends[:-1], axis=1), strict=True):
        if feature.kind is not Kind.CATEGORY and np.any(part < 0):
            raise TrainingDataError(
                f"the feature '{feature.name}' has negative values, and"
                " sklearn_multinomial_naive_bayes takes counts; scale it to 0 and above, or use"
                " sklearn_gaussian_naive_bayes"
            )
