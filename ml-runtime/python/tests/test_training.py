from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from tests.data import amount, job, late, signature, size, table
from weft_ml import labels, store, training
from weft_ml.algorithms.base import Progress
from weft_ml.answers import Answers
from weft_ml.errors import TrainingDataError, TrainingFailedError
from weft_ml.signature import Signature, Task

BOOLEAN = signature("lightgbm", Task.CLASSIFICATION, "boolean")


def ignore(progress: Progress) -> None:
    pass


def value(report: training.Report, data: str, name: str) -> float:
    return next(m.value for m in report.metrics if (m.data, m.name) == (data, name))


@pytest.mark.parametrize("algorithm", ["lightgbm", "sklearn_logistic_regression"])
def test_two_classes(algorithm: str, tmp_path: Path) -> None:
    report = training.train(
        job(signature(algorithm, Task.CLASSIFICATION, "boolean"), table(late), tmp_path), ignore
    )
    assert (report.rows, report.held_out, report.dropped) == (450, 150, 0)
    assert report.classes == ("false", "true")
    assert value(report, "test", "auc") > 0.9
    answers = Answers(store.read(tmp_path)).answer(table(late))
    assert answers.schema.names == ["y_pred", "y_prob", "y_probs"]
    first = answers.slice(0, 1).to_pylist()[0]
    assert dict(first["y_probs"])[True] == first["y_prob"]
    assert first["y_pred"] == (first["y_prob"] > 0.5)


@pytest.mark.parametrize("algorithm", ["lightgbm", "sklearn_logistic_regression"])
def test_three_classes(algorithm: str, tmp_path: Path) -> None:
    report = training.train(
        job(signature(algorithm, Task.CLASSIFICATION, "string"), table(size), tmp_path), ignore
    )
    assert report.classes == ("large", "medium", "small")
    answers = Answers(store.read(tmp_path)).answer(table(size)).to_pylist()
    for answer in answers[:20]:
        probs = dict(answer["y_probs"])
        assert sum(probs.values()) == pytest.approx(1)
        assert probs[answer["y_pred"]] == answer["y_prob"] == max(probs.values())


@pytest.mark.parametrize("algorithm", ["lightgbm", "sklearn_ridge"])
def test_numbers(algorithm: str, tmp_path: Path) -> None:
    report = training.train(
        job(signature(algorithm, Task.REGRESSION, "double"), table(amount), tmp_path), ignore
    )
    assert value(report, "test", "r2") > 0.7
    assert Answers(store.read(tmp_path)).answer(table(amount)).schema.names == ["y_pred"]


@pytest.mark.parametrize(
    ("ddl", "arrow"),
    [
        ("int", pa.int32()),
        ("decimal(10,2)", pa.decimal128(10, 2)),
        ("smallint", pa.int16()),
        ("string", pa.string()),
    ],
)
def test_predictions_have_the_type_of_the_label(
    ddl: str, arrow: pa.DataType, tmp_path: Path
) -> None:
    def label(x: np.ndarray, city: np.ndarray) -> pa.Array:
        numbers = pa.array((x > 0).astype(np.int64))
        return numbers.cast(pa.string()) if ddl == "string" else numbers

    sig = signature("sklearn_logistic_regression", Task.CLASSIFICATION, ddl)
    training.train(job(sig, table(label), tmp_path), ignore)
    answers = Answers(store.read(tmp_path))
    assert answers.answer(table(label)).schema.field("y_pred").type == arrow
    assert answers.answer(table(label).slice(0, 0)).num_rows == 0


def test_partitions_do_not_matter(tmp_path: Path) -> None:
    rows = table(late)
    shuffled = rows.take(pa.array(np.random.default_rng(1).permutation(rows.num_rows)))
    models = []
    for name, data in (("a", rows), ("b", shuffled)):
        folder = tmp_path / name
        folder.mkdir()
        training.train(job(BOOLEAN, data, folder), ignore)
        models.append((folder / "model.txt").read_text())
    assert models[0] == models[1]


def test_validation_rows_take_the_place_of_the_split(tmp_path: Path) -> None:
    report = training.train(
        job(BOOLEAN, table(late), tmp_path, validation=table(late, 100)), ignore
    )
    assert (report.rows, report.held_out) == (600, 100)


def test_null_labels_are_dropped_and_counted(tmp_path: Path) -> None:
    rows = table(lambda x, city: pa.array(x > 0, mask=x > 1))
    report = training.train(job(BOOLEAN, rows, tmp_path), ignore)
    assert report.dropped == rows.column("y").null_count
    assert report.rows + report.held_out + report.dropped == 600


def test_progress_ends_at_the_last_iteration(tmp_path: Path) -> None:
    seen: list[Progress] = []
    options = {"num_iterations": 12}
    training.train(job(BOOLEAN, table(late), tmp_path, options=options), seen.append)
    assert seen[-1].done == seen[-1].total == 12
    assert seen[-1].metric == "auc"


def test_early_stopping_keeps_the_best_iteration(tmp_path: Path) -> None:
    options = {"num_iterations": 500, "early_stopping_round": 5}
    report = training.train(job(BOOLEAN, table(late), tmp_path, options=options), ignore)
    assert (tmp_path / "model.txt").read_text().count("Tree=") < 500
    assert report.parameters["early_stopping_round"] == 5
    assert report.parameters["num_leaves"] == 31


def test_early_stopping_needs_rows_held_out(tmp_path: Path) -> None:
    options = {"early_stopping_round": 5}
    with pytest.raises(TrainingFailedError, match="add SPLIT"):
        training.train(job(BOOLEAN, table(late), tmp_path, options=options, split=0.0), ignore)


def test_few_rows_warn(tmp_path: Path) -> None:
    report = training.train(job(BOOLEAN, table(late, 20), tmp_path), ignore)
    assert any("only 15 rows" in warning for warning in report.warnings)
    assert any("no split was worth making" in warning for warning in report.warnings)


def test_odd_names_and_texts_are_fine(tmp_path: Path) -> None:
    sig = Signature.from_json(
        {
            "algorithm": "lightgbm",
            "task": "classification",
            "features": [{"name": 'a "b": [ü]', "type": "string", "kind": "category"}],
            "label": "lab:el,",
            "label_type": "string",
        }
    )
    data = pa.table(
        {
            'a "b": [ü]': pa.array(['x,\n"', "", "ü", None] * 50),
            "lab:el,": pa.array(["ja", "nein\n", "ja", "nein\n"] * 50),
            "__weft_order": pa.array(range(200)),
        }
    )
    training.train(job(sig, data, tmp_path), ignore)
    answers = Answers(store.read(tmp_path)).answer(data)
    assert answers.column(0).to_pylist()[:3] == ["ja", "nein\n", "ja"]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (lambda x, city: pa.array(x > 99), "has only the value 'false'"),
        (lambda x, city: pa.nulls(len(x), pa.bool_()), "null in all 600 rows"),
        (lambda x, city: pa.array(np.arange(len(x))), "450 different values"),
    ],
)
def test_labels_that_cannot_be_learnt(
    label: object, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labels, "MOST_CLASSES", 100)
    with pytest.raises(TrainingDataError, match=words):
        training.train(job(BOOLEAN, table(label), tmp_path), ignore)
    assert list(tmp_path.iterdir()) == []


def test_no_rows_and_empty_parts(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="no rows to train on"):
        training.train(job(BOOLEAN, table(late, 0), tmp_path), ignore)
    with pytest.raises(TrainingDataError, match="leaves none to hold out"):
        training.train(job(BOOLEAN, table(late, 4), tmp_path, split=0.01), ignore)
    with pytest.raises(TrainingDataError, match="leaves none to train on"):
        training.train(job(BOOLEAN, table(late, 4), tmp_path, split=0.99), ignore)


def test_labels_that_are_no_numbers(tmp_path: Path) -> None:
    rows = table(lambda x, city: pa.array(np.where(x > 1, np.inf, x)))
    sig = signature("lightgbm", Task.REGRESSION, "double")
    with pytest.raises(TrainingDataError, match="the label 'y' is infinite or not a number"):
        training.train(job(sig, rows, tmp_path), ignore)


def test_what_the_library_refuses_is_said(tmp_path: Path) -> None:
    options = {"boosting": "rf"}
    with pytest.raises(TrainingFailedError, match="LightGBM could not train"):
        training.train(job(BOOLEAN, table(late), tmp_path, options=options), ignore)


def test_the_example_is_a_row(tmp_path: Path) -> None:
    report = training.train(job(BOOLEAN, table(late), tmp_path), ignore)
    assert list(report.example) == ["x", "flag", "city"]


def test_rows_that_were_divided_before_stay_so(tmp_path: Path) -> None:
    whole = table(amount)
    parts = {"validation": whole.slice(500), "split": 1 / 6}
    sig = signature("sklearn_ridge", Task.REGRESSION, "double")
    report = training.train(job(sig, whole.slice(0, 500), tmp_path, **parts), lambda p: None)
    assert (report.rows, report.held_out, report.dropped) == (500, 100, 0)


@pytest.mark.parametrize(
    ("learnt", "tested", "message"),
    [
        (0, 0, "there are no rows to train on"),
        (0, 5, "SPLIT 0.1 of 5 rows leaves none to train on; 'y' needs more rows"),
        (5, 0, "SPLIT 0.1 of 5 rows leaves none to hold out; 'y' needs more rows"),
    ],
)
def test_one_part_of_divided_rows_is_not_enough(
    learnt: int, tested: int, message: str, tmp_path: Path
) -> None:
    whole = table(amount)
    parts = {"validation": whole.slice(0, tested), "split": 0.1}
    sig = signature("sklearn_ridge", Task.REGRESSION, "double")
    with pytest.raises(TrainingDataError, match=message):
        training.train(job(sig, whole.slice(0, learnt), tmp_path, **parts), lambda p: None)
