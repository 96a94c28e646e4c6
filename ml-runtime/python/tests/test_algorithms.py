"""What holds for every algorithm, whatever it learns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.data import amount, job, late, needs, signature, size, table
from weft_ml import algorithms, model_arrays, store, training
from weft_ml.algorithms.base import Progress
from weft_ml.answers import Answers
from weft_ml.errors import ModelCorruptError
from weft_ml.signature import Task

DECLARED = [
    json.loads(file.read_text())
    for file in sorted(Path(algorithms.__file__).parent.glob("*.json"))
    if file.stem != "common_options"
]
# Those of other columns than the plain ones have tests of their own.
DECLARED = [declared for declared in DECLARED if "features" not in declared]
PAIRS = [(d["name"], Task(task)) for d in DECLARED for task in d["tasks"] if task != "clustering"]
# What one flag, or the counts of a row, can tell of three sizes; guessing reaches 0.38.
LEAST = {"sklearn_bernoulli_naive_bayes": 0.55, "sklearn_multinomial_naive_bayes": 0.6}
# What these have learnt cannot be told feature by feature.
UNTOLD = ("sklearn_k_neighbors", "sklearn_svm")
LABELS = {Task.CLASSIFICATION: ("string", size), Task.REGRESSION: ("double", amount)}
every = pytest.mark.parametrize(
    ("name", "task"),
    [
        pytest.param(name, task, id=f"{name} {task.value}", marks=needs(name))
        for name, task in PAIRS
    ],
)


def ignore(progress: Progress) -> None:
    pass


def train(name: str, task: Task, folder: Path, shuffle: int = 0) -> training.Report:
    ddl, label = LABELS[task]
    rows = training_rows(name, label)
    if shuffle:
        rows = rows.take(np.random.default_rng(shuffle).permutation(rows.num_rows))
    folder.mkdir()
    return training.train(job(signature(name, task, ddl), rows, folder), ignore)


def training_rows(name: str, label: Any) -> pa.Table:
    """Counts for what takes counts only: two, of which one falls as the other rises."""
    rows = table(label)
    if name == "sklearn_multinomial_naive_bayes":
        high = np.round(20 + 6 * pc.fill_null(rows.column("x"), 0.0).to_numpy())
        rows = rows.set_column(0, "x", pa.array(np.maximum(high - 8, 0) ** 2))
    return rows


@every
def test_it_learns_and_answers_the_same_when_read(name: str, task: Task, tmp_path: Path) -> None:
    report = train(name, task, tmp_path / "m")
    metric, least = (
        ("accuracy", LEAST.get(name, 0.7)) if task is Task.CLASSIFICATION else ("r2", 0.6)
    )
    assert [m.value for m in report.metrics if m.name == metric][-1] > least
    if name not in UNTOLD:
        assert list(report.importances) == ["x", "flag", "city"]
        # Of counts it learns shares: where one rises the others fall, so all of them tell.
        if name != "sklearn_multinomial_naive_bayes":
            assert report.importances["x"] == max(report.importances.values())
    answers = Answers(store.read(tmp_path / "m")).answer(table(LABELS[task][1]))
    assert answers.num_rows == 600
    assert answers.column(0).null_count == 0
    if task is Task.CLASSIFICATION:
        assert sum(dict(answers.column(2)[7].as_py()).values()) == pytest.approx(1)


@every
def test_the_same_rows_in_another_order_give_the_same_files(
    name: str, task: Task, tmp_path: Path
) -> None:
    for part, shuffle in (("a", 0), ("b", 3)):
        train(name, task, tmp_path / part, shuffle)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


@pytest.mark.parametrize("name", ["sklearn_random_forest", "sklearn_hist_gradient_boosting"])
@pytest.mark.parametrize("task", list(LABELS))
def test_trees_of_arrays_answer_as_the_library_does(
    name: str, task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weft_ml.algorithms import linear

    seen = []
    usual = linear.run
    monkeypatch.setattr(linear, "run", lambda library, fit: seen.append(usual(library, fit)))
    train(name, task, tmp_path / "m")
    model = store.read(tmp_path / "m")
    rows = table(LABELS[task][1])
    matrix = model.fitted.features.matrix(rows)  # type: ignore[attr-defined]
    expected = seen[0].predict_proba(matrix) if model.classes else seen[0].predict(matrix)
    assert np.allclose(model.fitted.predict(rows), expected, atol=1e-9)


@pytest.mark.parametrize("name", ["sklearn_random_forest", "sklearn_extra_trees"])
def test_forests_grow_in_portions_to_the_same_trees(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weft_ml.algorithms import sklearn_forests

    seen: list[Progress] = []
    ddl, label = LABELS[Task.CLASSIFICATION]
    for folder in ("portions", "once"):
        (tmp_path / folder).mkdir()
        sig = signature(name, Task.CLASSIFICATION, ddl)
        training.train(job(sig, table(label), tmp_path / folder), seen.append)
        monkeypatch.setattr(sklearn_forests, "_portions", lambda total: [total])
    for file in (tmp_path / "once").iterdir():
        assert file.read_bytes() == (tmp_path / "portions" / file.name).read_bytes(), file.name
    *portions, once = [progress.done for progress in seen]
    assert once == 100
    assert len(portions) > 5
    assert portions == sorted(set(portions))
    assert portions[-1] == 100


def test_arrays_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    train("sklearn_random_forest", Task.REGRESSION, tmp_path / "m")
    file = tmp_path / "m" / "trees.safetensors"
    found = model_arrays.read(file)
    found["left"] = np.zeros_like(found["left"])
    model_arrays.write(file, **found)
    with pytest.raises(ModelCorruptError, match="not a whole set of trees"):
        store.read(tmp_path / "m")


def test_late_is_learnt_by_the_default_options(tmp_path: Path) -> None:
    sig = signature("sklearn_random_forest", Task.CLASSIFICATION, "boolean")
    report = training.train(job(sig, table(late), tmp_path), ignore)
    assert report.parameters["n_estimators"] == 100
