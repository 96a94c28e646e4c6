"""The options that every algorithm has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.data import amount, job, late, signature, size, table
from weft_ml import splits, store, training
from weft_ml.algorithms.base import Progress
from weft_ml.answers import Answers
from weft_ml.common import GROUP, TIME, WEIGHT
from weft_ml.errors import TrainingDataError
from weft_ml.signature import Task

BOOLEAN = signature("sklearn_logistic_regression", Task.CLASSIFICATION, "boolean")
NUMBER = signature("sklearn_ridge", Task.REGRESSION, "double")


def ignore(progress: Progress) -> None:
    pass


def train(folder: Path, rows: pa.Table, sig: Any = BOOLEAN, **options: Any) -> training.Report:
    return training.train(job(sig, rows, folder, options=options), ignore)


def with_column(rows: pa.Table, name: str, values: Any) -> pa.Table:
    return rows.append_column(name, pa.array(values))


def test_stratified_holds_out_the_same_share_of_each_label() -> None:
    rows = pa.table({"y": ["a"] * 90 + ["b"] * 10})
    mask = splits.held_out(rows, 0.2, "stratified", "y")
    assert (mask[:90].sum(), mask[90:].sum()) == (18, 2)


def test_the_latest_rows_are_held_out_by_time() -> None:
    times = [3.0, None, 1.0, 4.0, 2.0]
    mask = splits.held_out(pa.table({TIME: times}), 0.4, "time", "y")
    assert [time for time, out in zip(times, mask, strict=True) if out] == [3.0, 4.0]


def test_groups_are_held_out_whole() -> None:
    groups = np.random.default_rng(1).choice(list("abcdefgh"), 400)
    rows = pa.table({GROUP: groups})
    mask = splits.held_out(rows, 0.25, "grouped", "y")
    assert 100 <= mask.sum() < 200
    assert not set(groups[mask]) & set(groups[~mask])


@pytest.mark.parametrize("method", ["random", "stratified", "grouped", "time"])
def test_folds_test_each_row_once_at_most(method: str) -> None:
    rng = np.random.default_rng(2)
    rows = pa.table(
        {"y": rng.choice(["p", "q"], 103), GROUP: rng.choice(9, 103), TIME: rng.random(103)}
    )
    tested: list[int] = []
    for learnt, test in splits.folds(rows, 4, method, "y"):
        assert not set(learnt) & set(test)
        tested += test.tolist()
        if method == "time":
            times = rows.column(TIME).to_numpy()
            assert times[learnt].max() <= times[test].min()
        if method == "grouped":
            groups = rows.column(GROUP).to_numpy()
            assert not set(groups[learnt]) & set(groups[test])
    assert len(tested) == len(set(tested))
    assert method == "time" or len(tested) == 103


def test_cross_validation_is_reported(tmp_path: Path) -> None:
    report = train(tmp_path, table(late), cv_folds=4)
    found = {m.name: m for m in report.metrics if m.data == "cv"}
    assert found["auc"].value > 0.85
    assert found["auc"].baseline == 0.5
    assert report.parameters["cv_folds"] == 4


def test_a_threshold_decides_what_is_answered(tmp_path: Path) -> None:
    train(tmp_path, table(late), threshold=0.9)
    answers = Answers(store.read(tmp_path)).answer(table(late)).to_pylist()
    assert all(answer["y_pred"] == (answer["y_prob"] > 0.9) for answer in answers)
    assert any(0.5 < answer["y_prob"] <= 0.9 for answer in answers)


def test_rows_without_weight_teach_nothing(tmp_path: Path) -> None:
    rows = table(amount)
    wrong = pa.table({**{n: rows.column(n) for n in rows.column_names}, "y": [1e6] * 600})
    both = pa.concat_tables(
        [with_column(rows, WEIGHT, [1.0] * 600), with_column(wrong, WEIGHT, [0.0] * 600)]
    )
    train(tmp_path, both, NUMBER, weight_column="w")
    answers = Answers(store.read(tmp_path)).answer(rows).column(0).to_numpy()
    assert np.abs(answers).max() < 100


def test_class_weights_shift_the_answers(tmp_path: Path) -> None:
    def share(name: str, **options: Any) -> float:
        folder = tmp_path / name
        folder.mkdir()
        train(folder, table(lambda x, city: pa.array(x > 1.2)), **options)
        answers = Answers(store.read(folder)).answer(table(late)).column(1).to_numpy()
        return float(answers.mean())

    plain, balanced = share("plain"), share("balanced", class_weight="balanced")
    assert plain < balanced < share("much", class_weight="true: 100")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"class_weight": "maybe: 2"}, "write balanced, or label: weight"),
        ({"class_weight": "true: much"}, "no number for 'true'"),
        ({"cv_folds": 1}, "at least 2"),
        ({"cv_folds": 500}, "more than the 450 rows"),
    ],
)
def test_options_that_do_not_go(options: dict[str, Any], words: str, tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match=words):
        train(tmp_path, table(late), **options)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"class_weight": "balanced"}, "class_weight is for classification"),
        ({"split_method": "stratified"}, "is for classification"),
        ({"threshold": 0.5}, "label with two values"),
    ],
)
def test_options_of_another_task(options: dict[str, Any], words: str, tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match=words):
        train(tmp_path, table(amount), NUMBER, **options)
    sig = signature("lightgbm", Task.CLASSIFICATION, "string")
    with pytest.raises(TrainingDataError, match="label with two values"):
        train(tmp_path, table(size), sig, threshold=0.5)


def test_weights_have_to_be_numbers_from_zero(tmp_path: Path) -> None:
    rows = with_column(table(late), WEIGHT, [-1.0, None] + [1.0] * 598)
    with pytest.raises(TrainingDataError, match="null, negative or not finite"):
        train(tmp_path, rows, weight_column="w")
