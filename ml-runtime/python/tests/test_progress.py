"""What scikit-learn's algorithms tell while they train, and that telling changes no model."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.data import job, signature
from tests.problems import problem
from tests.test_clusters import NAMES
from tests.test_clusters import signature as unlabelled
from weft_ml import training
from weft_ml.algorithms import (
    calibration,
    sklearn_gaussian_mixture,
    sklearn_hist_gradient_boosting,
    sklearn_k_means,
    sklearn_mlp,
)
from weft_ml.progress import Progress

HIST = "sklearn_hist_gradient_boosting"
CASES: list[tuple[str, int, dict[str, Any], int, str]] = [
    (HIST, 2, {"max_iter": 12}, 12, "iterations"),
    (HIST, 3, {"max_iter": 12, "max_features": 0.5}, 12, "iterations"),
    (HIST, 0, {"max_iter": 12, "loss": "absolute_error"}, 12, "iterations"),
    (HIST, 2, {"max_iter": 400, "early_stopping": True, "tol": 0.01}, 0, "iterations"),
    ("sklearn_k_means", 0, {"n_clusters": 4}, 300, "iterations"),
    ("sklearn_k_means", 0, {"n_init": 3, "max_iter": 7, "init": "random"}, 21, "iterations"),
    ("sklearn_k_means", 0, {"n_init": 2, "algorithm": "elkan", "n_clusters": 3}, 600, "iterations"),
    ("sklearn_gaussian_mixture", 0, {"n_components": 3}, 100, "iterations"),
    ("sklearn_gaussian_mixture", 0, {"n_init": 3, "max_iter": 9}, 27, "iterations"),
    ("sklearn_logistic_regression", 2, {}, 0, "iterations"),
    ("sklearn_logistic_regression", 3, {"max_iter": 4}, 4, "iterations"),
    ("sklearn_svm", 3, {}, 6, "fits"),
    ("sklearn_linear_svm", 2, {}, 6, "fits"),
]


def events(
    name: str, classes: int, options: dict[str, Any], folder: Path
) -> tuple[list[Progress], dict[str, bytes]]:
    folder.mkdir()
    given = problem(1, classes)
    own = signature(name, given.task, "string" if classes else "double")
    rows = given.rows
    if name in NAMES:
        own, rows = unlabelled(name), rows.drop_columns(["y"])
    seen: list[Progress] = []
    training.train(job(own, rows, folder, options=options, split=0.0, seed=7), seen.append)
    return seen, {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("case", CASES)
def test_iterations_are_told_and_change_nothing(
    case: tuple[str, int, dict[str, Any], int, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, classes, options, total, unit = case
    seen, told = events(name, classes, options, tmp_path / "told")
    assert len(seen) > 2
    assert {one.unit for one in seen} == {unit}
    assert all(before.done <= after.done for before, after in pairwise(seen))
    assert seen[0].done >= 1
    assert seen[-1].done == seen[-1].total
    assert {one.total for one in seen[:-1]} == {total or options.get("max_iter", 1000)}
    if options.get("early_stopping"):
        assert seen[-1].done < options["max_iter"]
        assert {one.metric for one in seen} == {"loss"}
    for module in (sklearn_hist_gradient_boosting, sklearn_gaussian_mixture):
        monkeypatch.setattr(module, "_tell", lambda estimator, job: None)
    monkeypatch.setattr(sklearn_k_means, "_Silence", lambda estimator, report: 0)
    monkeypatch.setattr(calibration, "_counted", lambda estimator, report, total: estimator)
    monkeypatch.setattr(
        "sklearn.linear_model.LogisticRegression.set_callbacks", lambda self, one: None
    )
    silent, untold = events(name, classes, options, tmp_path / "untold")
    assert len(silent) <= 1
    assert told == untold


def test_passes_are_told_where_iterations_are_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"solver": "lbfgs", "max_iter": 20}
    (*passes, last), told = events("sklearn_mlp", 2, options, tmp_path / "told")
    assert [one.done for one in passes] == list(range(1, len(passes) + 1))
    assert {(one.total, one.metric, one.unit) for one in passes} == {(0, "loss", "passes")}
    assert len(passes) >= 20
    assert last.done == last.total
    monkeypatch.setattr(sklearn_mlp, "_tell", lambda estimator, job: None)
    assert events("sklearn_mlp", 2, options, tmp_path / "untold")[1] == told


def test_folds_are_told_before_the_model(tmp_path: Path) -> None:
    options = {"cv_folds": 3, "n_estimators": 50}
    seen, _ = events("sklearn_random_forest", 2, options, tmp_path / "m")
    units = [one.unit for one in seen]
    assert units == sorted(units)
    assert [(one.done, one.total) for one in seen if one.unit == "folds"] == [
        (1, 3),
        (2, 3),
        (3, 3),
    ]
