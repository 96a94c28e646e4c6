from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.data import amount, job, late, signature, size, table
from weft_ml import algorithms, store, training
from weft_ml.algorithms.base import Outcome
from weft_ml.common import Common
from weft_ml.signature import Task

CASES = [
    (Task.CLASSIFICATION, late, "boolean"),
    (Task.CLASSIFICATION, size, "string"),
    (Task.REGRESSION, amount, "double"),
]
OPTIONS: list[dict[str, Any]] = [
    {},
    {"early_stopping_round": 3},
    {"linear_tree": True},
    {"bagging_fraction": 0.5, "bagging_freq": 1},
    {"boosting": "dart"},
    {"boosting": "rf", "bagging_fraction": 0.5, "bagging_freq": 1},
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[2])
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_what_training_knows_is_what_the_model_answers(
    case: Any, options: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task, label, kind = case
    found: list[Outcome] = []
    usual = algorithms.algorithm("lightgbm")

    class Kept:
        name = "lightgbm"
        load = usual.load

        def fit(self, fit_job: Any) -> Outcome:
            found.append(usual.fit(fit_job))
            return found[0]

    monkeypatch.setattr(training, "algorithm", lambda name: Kept())
    rows = table(label, 900)
    sig = signature("lightgbm", task, kind)
    report = training.train(
        job(sig, rows, tmp_path, options={"num_iterations": 30, **options}), lambda progress: None
    )
    # All its rows in the order that training has them.
    learnt = training._divide(job(sig, rows, tmp_path), Common.of({})).train
    assert learnt.num_rows == report.rows
    answered = store.read(tmp_path).fitted.predict(learnt)
    trained = found[0].trained
    assert trained is not None
    assert np.allclose(trained, answered, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("objective", ["huber", "poisson", "tweedie", "quantile", "mape"])
def test_it_knows_numbers_of_any_objective(objective: str, tmp_path: Path) -> None:
    def positive(x: Any, city: Any) -> pa.Array:
        return pa.array(np.exp(x / 2) + (city == "Kiel"))

    sig = signature("lightgbm", Task.REGRESSION, "double")
    report = training.train(
        job(sig, table(positive), tmp_path, split=0.0, options={"objective": objective}),
        lambda progress: None,
    )
    rows = table(positive)
    answered = store.read(tmp_path).fitted.predict(rows)
    rmse = float(np.sqrt(np.mean((rows.column("y").to_numpy() - answered) ** 2)))
    told = next(m.value for m in report.metrics if (m.data, m.name) == ("train", "rmse"))
    assert told == pytest.approx(rmse, rel=1e-6)
