from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.data import amount, job, late, signature, size, table
from weft_ml import store, training
from weft_ml.algorithms.base import Progress
from weft_ml.errors import ModelCorruptError, TrainingDataError, TrainingFailedError
from weft_ml.signature import Task

BINARY = signature("xgboost", Task.CLASSIFICATION, "boolean")
NUMERIC = signature("xgboost", Task.REGRESSION, "double")


def ignore(progress: Progress) -> None:
    pass


@pytest.mark.parametrize("name", ["xgboost", "lightgbm"])
def test_early_stopping_keeps_the_best_round_and_tells_it(name: str, tmp_path: Path) -> None:
    sig = signature(name, Task.REGRESSION, "double")
    patience = {"xgboost": "early_stopping_rounds", "lightgbm": "early_stopping_round"}[name]
    rounds = {"xgboost": "num_boost_round", "lightgbm": "num_iterations"}[name]
    seen: list[Progress] = []
    report = training.train(
        job(sig, table(amount), tmp_path, options={rounds: 500, patience: 5}), seen.append
    )
    best = report.parameters["best_iteration"]
    values = [p.value for p in seen if p.value is not None]
    assert len(values) == len(seen) < 500
    assert best == int(np.argmin(values)) + 1 == len(values) - 5
    rmse = next(m.value for m in report.metrics if (m.data, m.name) == ("test", "rmse"))
    assert rmse == pytest.approx(min(values), rel=1e-4)


def test_without_early_stopping_there_is_no_best_round(tmp_path: Path) -> None:
    report = training.train(job(NUMERIC, table(amount), tmp_path), ignore)
    assert "best_iteration" not in report.parameters


def test_early_stopping_needs_rows_held_out(tmp_path: Path) -> None:
    with pytest.raises(TrainingFailedError, match="needs rows held out"):
        training.train(
            job(NUMERIC, table(amount), tmp_path, split=0.0, options={"early_stopping_rounds": 3}),
            ignore,
        )


@pytest.mark.parametrize(
    ("label", "metric", "allowed"),
    [(late, "rmse", "auc"), (size, "logloss", "mlogloss"), (amount, "auc", "rmse")],
)
def test_a_metric_must_fit_the_label(label: Any, metric: str, allowed: str, tmp_path: Path) -> None:
    task = Task.REGRESSION if label is amount else Task.CLASSIFICATION
    sig = signature("xgboost", task, {late: "boolean", size: "string"}.get(label, "double"))
    with pytest.raises(TrainingFailedError, match=f"'{metric}' is not for .*{allowed}"):
        training.train(job(sig, table(label), tmp_path, options={"eval_metric": metric}), ignore)


def test_a_loss_is_for_numbers(tmp_path: Path) -> None:
    options = {"objective": "count:poisson"}
    with pytest.raises(TrainingFailedError, match="objective is for regression"):
        training.train(job(BINARY, table(late), tmp_path, options=options), ignore)


def test_what_the_library_refuses_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrainingFailedError, match="XGBoost could not train: ") as caught:
        training.train(
            job(NUMERIC, table(amount), tmp_path, options={"tree_method": "exact"}), ignore
        )
    assert "\n" not in caught.value.message
    assert "Stack" not in caught.value.message


@pytest.mark.parametrize("content", ["", "{}", '{"learner": 3}'])
def test_a_broken_file_is_told(content: str, tmp_path: Path) -> None:
    training.train(job(BINARY, table(late), tmp_path), ignore)
    (tmp_path / "xgboost.json").write_text(content)
    with pytest.raises(ModelCorruptError):
        store.read(tmp_path)


def test_rows_that_weigh_nothing_teach_nothing(tmp_path: Path) -> None:
    rows = table(amount)
    weight = np.where(np.arange(rows.num_rows) % 3 == 0, 0.0, 1.0)
    spoilt = np.where(weight == 0, 1e6, rows.column("y").to_numpy())
    rows = rows.set_column(3, "y", pa.array(spoilt)).append_column(
        "__weft_weight", pa.array(weight)
    )
    training.train(job(NUMERIC, rows, tmp_path, split=0.0), ignore)
    answers = store.read(tmp_path).fitted.predict(rows)
    assert np.abs(answers).max() < 100


def test_an_empty_batch_has_an_empty_answer(tmp_path: Path) -> None:
    training.train(job(BINARY, table(late), tmp_path), ignore)
    assert store.read(tmp_path).fitted.predict(table(late).slice(0, 0)).shape == (0, 2)


def test_counts_are_not_negative(tmp_path: Path) -> None:
    sig = signature("sklearn_multinomial_naive_bayes", Task.CLASSIFICATION, "boolean")
    with pytest.raises(TrainingDataError, match="'x' has negative values"):
        training.train(job(sig, table(late), tmp_path), ignore)


@pytest.mark.parametrize("kind", ["gaussian", "bernoulli", "multinomial"])
def test_naive_bayes_answers_as_the_library_does(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weft_ml.algorithms import linear

    seen: list[Any] = []
    usual = linear.run

    def run(library: str, fit: Any) -> Any:
        seen.append(usual(library, fit))
        return seen[-1]

    monkeypatch.setattr(linear, "run", run)
    rows = table(size)
    if kind == "multinomial":
        rows = rows.set_column(0, "x", pa.array(np.arange(rows.num_rows) % 7))
    sig = signature(f"sklearn_{kind}_naive_bayes", Task.CLASSIFICATION, "string")
    training.train(job(sig, rows, tmp_path), ignore)
    fitted: Any = store.read(tmp_path).fitted
    inner = getattr(fitted, "inner", fitted)
    matrix = inner.features.matrix(rows)
    if kind == "bernoulli":
        matrix = (matrix > 0).astype(float)
    assert np.allclose(fitted.predict(rows), seen[0].predict_proba(matrix), atol=1e-9)
