"""Multilayer perceptrons answer as scikit-learn's do, and tell how far they are."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor

from tests.data import amount, job, late, signature, table
from tests.problems import answered, problem
from weft_ml import model_arrays, store, training
from weft_ml.errors import ModelCorruptError, TrainingFailedError
from weft_ml.signature import Task

LAYERS = {"100": (100,), "8": (8,), "16, 4": (16, 4), "5,5,5": (5, 5, 5)}
OPTIONS: list[dict[str, Any]] = [
    {"activation": "relu", "solver": "adam"},
    {"activation": "tanh", "solver": "lbfgs"},
    {"activation": "logistic", "solver": "sgd", "learning_rate": "adaptive"},
    {"activation": "identity", "early_stopping": True, "batch_size": 16},
    {"activation": "relu", "early_stopping": True, "n_iter_no_change": 2},
]


@pytest.mark.parametrize("classes", [0, 2, 3])
@pytest.mark.parametrize("seed", range(len(OPTIONS)))
def test_it_answers_as_the_library_does(classes: int, seed: int, tmp_path: Path) -> None:
    given = problem(seed * 10 + classes, classes)
    text = list(LAYERS)[seed % len(LAYERS)]
    options = {**OPTIONS[seed], "max_iter": 30}
    found = answered("sklearn_mlp", given, {**options, "hidden_layer_sizes": text}, tmp_path)
    kind = MLPClassifier if classes else MLPRegressor
    estimator = kind(**options, hidden_layer_sizes=LAYERS[text], random_state=7)
    target = given.target()
    mean, spread = (0.0, 1.0) if classes else (target.mean(), target.std())
    scaled = target if classes else (target - mean) / spread
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        estimator.fit(found.train, scaled, sample_weight=given.weight)
    answers = (
        estimator.predict_proba(found.asked)
        if classes
        else estimator.predict(found.asked) * spread + mean
    )
    np.testing.assert_allclose(found.answers, answers, rtol=1e-7, atol=1e-9)
    assert found.report.parameters["n_iter"] == estimator.n_iter_
    if options.get("solver") != "lbfgs":
        done = [event.done for event in found.events]
        assert done == [*range(1, estimator.n_iter_ + 1), estimator.n_iter_]
        told = {event.metric for event in found.events[:-1]}
        metric = "accuracy" if classes else "r2"
        assert told == {metric if options.get("early_stopping") else ""}


@pytest.mark.parametrize("text", ["", "a", "0", "64,,32", "10, -3", "1000000", "(64, 32)"])
def test_layers_that_are_none_are_refused(text: str, tmp_path: Path) -> None:
    sig = signature("sklearn_mlp", Task.CLASSIFICATION, "boolean")
    own = job(sig, table(late), tmp_path, options={"hidden_layer_sizes": text})
    with pytest.raises(TrainingFailedError, match="such as '64, 32'"):
        training.train(own, lambda progress: None)


def test_layers_that_do_not_fit_each_other_are_refused(tmp_path: Path) -> None:
    own = job(signature("sklearn_mlp", Task.REGRESSION, "double"), table(amount), tmp_path)
    training.train(own, lambda progress: None)
    file = tmp_path / "layers.safetensors"
    found = model_arrays.read(file)
    model_arrays.write(file, **{**found, "weights_1": found["weights_1"][1:]})
    with pytest.raises(ModelCorruptError, match="layers that do not fit each other"):
        store.read(tmp_path)


def test_what_had_not_converged_is_said(tmp_path: Path) -> None:
    sig = signature("sklearn_mlp", Task.REGRESSION, "double")
    report = training.train(job(sig, table(amount), tmp_path, options={"max_iter": 2}), print)
    assert "training had not converged after 2 iterations; set a larger max_iter" in report.warnings
