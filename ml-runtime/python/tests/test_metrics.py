from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as sklearn_metrics

from weft_ml import metrics

RNG = np.random.default_rng(3)


def test_two_classes_agree_with_scikit_learn() -> None:
    truth = RNG.integers(0, 2, 500)
    score = np.round(RNG.random(500), 1)
    probs = np.column_stack([1 - score, score])
    found = {m.name: m.value for m in metrics.classification("test", truth, probs, truth)}
    predicted = np.argmax(probs, axis=1)
    assert found["auc"] == pytest.approx(sklearn_metrics.roc_auc_score(truth, score))
    assert found["accuracy"] == pytest.approx(sklearn_metrics.accuracy_score(truth, predicted))
    assert found["f1"] == pytest.approx(sklearn_metrics.f1_score(truth, predicted))
    clipped = np.clip(probs, metrics.CLIP, 1 - metrics.CLIP)
    assert found["log_loss"] == pytest.approx(sklearn_metrics.log_loss(truth, clipped))


def test_three_classes_agree_with_scikit_learn() -> None:
    truth = RNG.integers(0, 3, 500)
    probs = RNG.dirichlet([1, 1, 1], 500)
    found = {m.name: m.value for m in metrics.classification("test", truth, probs, truth)}
    expected = sklearn_metrics.roc_auc_score(truth, probs, multi_class="ovr", average="macro")
    assert found["auc"] == pytest.approx(expected)
    predicted = np.argmax(probs, axis=1)
    macro = sklearn_metrics.f1_score(truth, predicted, average="macro")
    assert found["f1"] == pytest.approx(macro)


def test_baselines_know_only_the_training_labels() -> None:
    train = np.array([0, 0, 0, 1])
    truth = np.array([0, 1])
    probs = np.array([[0.9, 0.1], [0.2, 0.8]])
    found = {m.name: m.baseline for m in metrics.classification("test", truth, probs, train)}
    assert found["auc"] == 0.5
    assert found["accuracy"] == 0.5
    assert found["f1"] == 0.0
    assert found["log_loss"] == pytest.approx(-(np.log(0.75) + np.log(0.25)) / 2)


def test_regression_agrees_with_scikit_learn() -> None:
    truth = RNG.normal(size=100)
    predicted = truth + RNG.normal(size=100)
    found = {m.name: m for m in metrics.regression("test", truth, predicted, 0.5)}
    assert found["r2"].value == pytest.approx(sklearn_metrics.r2_score(truth, predicted))
    assert found["rmse"].value == pytest.approx(
        sklearn_metrics.root_mean_squared_error(truth, predicted)
    )
    assert found["mae"].baseline == pytest.approx(np.mean(np.abs(truth - 0.5)))


def test_auc_needs_both_classes() -> None:
    probs = np.array([[0.5, 0.5]])
    assert metrics.auc(np.array([1]), probs) is None


def test_labels_unknown_to_the_model_count_as_wrong() -> None:
    probs = np.array([[0.6, 0.4]])
    assert metrics.log_loss(np.array([-1]), probs) == pytest.approx(-np.log(metrics.CLIP))
    assert metrics.accuracy(np.array([-1]), np.array([0])) == 0
