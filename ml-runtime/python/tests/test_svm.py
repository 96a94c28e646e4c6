"""Support vector machines answer as scikit-learn's do, calibration included."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR

from tests.data import amount, job, late, signature, size, table
from tests.problems import answered, problem
from weft_ml import model_arrays, store, training
from weft_ml.algorithms.calibration import Calibration
from weft_ml.errors import ModelCorruptError, TrainingDataError, TrainingFailedError
from weft_ml.signature import Task

KERNELS = ("rbf", "linear", "poly", "sigmoid")


def expected(estimator: Any, given: Any, found: Any) -> Any:
    """The library's answers; warnings of it are none of ours here."""
    target = given.target()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if given.classes:
            both = CalibratedClassifierCV(estimator, cv=5, ensemble=False)
            both.fit(found.train, target, sample_weight=given.weight)
            return both.predict_proba(found.asked)
        mean, spread = target.mean(), target.std()
        estimator.fit(found.train, (target - mean) / spread, sample_weight=given.weight)
        return estimator.predict(found.asked) * spread + mean


@pytest.mark.parametrize("classes", [0, 2, 3, 5])
@pytest.mark.parametrize("seed", range(6))
def test_kernels_answer_as_the_library_does(classes: int, seed: int, tmp_path: Path) -> None:
    given = problem(seed * 10 + classes, classes)
    options: dict[str, Any] = {"kernel": KERNELS[seed % 4], "C": [0.1, 1.0, 10.0][seed % 3]}
    options |= {"gamma": 0.3} if seed % 2 else {"coef0": 0.5, "degree": 2}
    found = answered("sklearn_svm", given, options, tmp_path)
    shown = {"gamma": "scale", **options}
    estimator = SVC(**shown, random_state=7) if classes else SVR(**shown)
    answers = expected(estimator, given, found)
    np.testing.assert_allclose(found.answers, answers, rtol=1e-7, atol=1e-9)
    assert found.report.parameters["gamma"] > 0


@pytest.mark.parametrize("classes", [0, 2, 3, 5])
@pytest.mark.parametrize("seed", range(6))
def test_linear_machines_answer_as_the_library_does(
    classes: int, seed: int, tmp_path: Path
) -> None:
    given = problem(seed * 10 + classes, classes)
    options: dict[str, Any] = {"C": [0.1, 1.0][seed % 2], "fit_intercept": seed % 3 > 0}
    if classes:
        options |= {"loss": "hinge"} if seed == 2 else {"penalty": ["l1", "l2"][seed % 2]}
        options |= {"multi_class": "crammer_singer"} if seed == 5 else {}
        estimator: Any = LinearSVC(**options, random_state=7)
    else:
        options |= {"epsilon": 0.1 * seed}
        estimator = LinearSVR(**options, random_state=7)
    found = answered("sklearn_linear_svm", given, options, tmp_path)
    answers = expected(estimator, given, found)
    np.testing.assert_allclose(found.answers, answers, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", ["sklearn_svm", "sklearn_linear_svm"])
def test_a_class_that_weighs_more_is_answered_more_often(name: str, tmp_path: Path) -> None:
    sig = signature(name, Task.CLASSIFICATION, "boolean")
    rows = table(lambda x, city: pa.array(x > 1.2))
    counts = []
    for place, weight in enumerate(("true: 1", "true: 20")):
        folder = tmp_path / str(place)
        folder.mkdir()
        own = job(sig, rows, folder, options={"class_weight": weight})
        training.train(own, lambda progress: None)
        counts.append((store.read(folder).fitted.predict(rows)[:, 1] > 0.5).sum())
    assert counts[1] > counts[0]


@pytest.mark.parametrize(
    ("name", "label", "options", "said"),
    [
        ("sklearn_linear_svm", "double", {"penalty": "l1"}, "penalty of .* is for classification"),
        ("sklearn_linear_svm", "double", {"loss": "hinge"}, "does not fit regression; write one"),
        ("sklearn_linear_svm", "boolean", {"epsilon": 0.1}, "epsilon of .* is for regression"),
        ("sklearn_linear_svm", "boolean", {"loss": "epsilon_insensitive"}, "squared_hinge, hinge"),
        (
            "sklearn_linear_svm",
            "boolean",
            {"loss": "hinge", "penalty": "l1"},
            "scikit-learn could not train",
        ),
        ("sklearn_svm", "boolean", {"epsilon": 0.1}, "epsilon of sklearn_svm is for regression"),
    ],
)
def test_options_of_the_other_task_are_refused(
    name: str, label: str, options: dict[str, Any], said: str, tmp_path: Path
) -> None:
    task = Task.CLASSIFICATION if label == "boolean" else Task.REGRESSION
    own = job(
        signature(name, task, label),
        table(late if label == "boolean" else amount),
        tmp_path,
        options=options,
    )
    with pytest.raises(TrainingFailedError, match=said):
        training.train(own, lambda progress: None)


def test_a_label_with_one_row_cannot_be_calibrated(tmp_path: Path) -> None:
    rows = table(lambda x, city: pa.array(["rare"] + ["usual", "other"] * 299 + ["usual"]))
    own = job(signature("sklearn_svm", Task.CLASSIFICATION, "string"), rows, tmp_path, split=0.0)
    with pytest.raises(TrainingDataError, match="a label has one row only"):
        training.train(own, lambda progress: None)


def test_more_classes_than_pairs_can_be_learnt_are_refused(tmp_path: Path) -> None:
    rows = table(lambda x, city: pa.array([f"c{row % 101}" for row in range(600)]))
    own = job(signature("sklearn_svm", Task.CLASSIFICATION, "string"), rows, tmp_path, split=0.0)
    with pytest.raises(TrainingDataError, match="at most 100; use sklearn_linear_svm"):
        training.train(own, lambda progress: None)


def test_what_had_not_converged_is_said(tmp_path: Path) -> None:
    sig = signature("sklearn_svm", Task.CLASSIFICATION, "string")
    own = job(sig, table(size), tmp_path, options={"max_iter": 3})
    report = training.train(own, lambda progress: None)
    assert "training had not converged; set a larger max_iter" in report.warnings


def test_a_label_that_does_not_vary_is_answered(tmp_path: Path) -> None:
    rows = table(lambda x, city: pa.array(np.full(len(x), 7.5)))
    own = job(signature("sklearn_svm", Task.REGRESSION, "double"), rows, tmp_path)
    training.train(own, lambda progress: None)
    np.testing.assert_allclose(store.read(tmp_path).fitted.predict(rows), 7.5)


def test_arrays_of_another_model_are_refused(tmp_path: Path) -> None:
    own = job(signature("sklearn_svm", Task.REGRESSION, "double"), table(amount), tmp_path)
    training.train(own, lambda progress: None)
    file = tmp_path / "vectors.safetensors"
    found = model_arrays.read(file)
    model_arrays.write(file, **{**found, "vectors": found["vectors"][:, 1:]})
    with pytest.raises(ModelCorruptError, match="arrays of the wrong shape"):
        store.read(tmp_path)


def test_classes_that_all_have_no_share_are_even() -> None:
    calibration = Calibration(np.array([-1.0, -1.0, -1.0]), np.zeros(3))
    far = calibration.probabilities(np.array([[-1e9, -1e9, -1e9], [0.0, -1e9, -1e9]]))
    np.testing.assert_allclose(far, [[1 / 3] * 3, [1.0, 0.0, 0.0]])
