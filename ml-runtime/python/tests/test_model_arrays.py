"""Arrays of models: what is written, and what of other files is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from tests.data import amount, job, signature, table
from tests.test_clusters import signature as clusters
from weft_ml import model_arrays, store, training
from weft_ml.errors import ModelCorruptError
from weft_ml.signature import Task

NAMES = (
    "sklearn_gaussian_mixture",
    "sklearn_k_neighbors",
    "sklearn_mlp",
    "sklearn_random_forest",
    "sklearn_svm",
)


def train(name: str, folder: Path) -> None:
    rows, own = table(amount), signature(name, Task.REGRESSION, "double")
    others: dict[str, Any] = {}
    if name == "sklearn_gaussian_mixture":
        rows, own = rows.drop_columns(["y"]), clusters(name)
        others["split"] = 0.0
    training.train(job(own, rows, folder, **others), lambda progress: None)


def in_older_files(folder: Path) -> Path:
    """Stores the arrays as earlier builds did."""
    (file,) = folder.glob(f"*{model_arrays.SUFFIX}")
    older = file.with_suffix(model_arrays.OLDER_SUFFIX)
    np.savez(older, allow_pickle=False, **model_arrays.read(file))
    told = json.loads((folder / store.FILE).read_text())
    told["model"]["file"] = older.name
    (folder / store.FILE).write_text(json.dumps(told))
    file.unlink()
    return older


def test_arrays_come_back_however_they_lie(tmp_path: Path) -> None:
    numbers = np.arange(12.0).reshape(3, 4)
    given: dict[str, npt.NDArray[Any]] = {
        "turned": numbers.T,
        "cut": numbers[:, 1:3],
        "back": numbers[::-1],
        "none": np.zeros((0, 3)),
        "one": np.asarray(3.5),
        "small": np.array([1, -1], dtype=np.int8),
        "foreign": numbers.astype(">f8"),
    }
    file = tmp_path / "a.safetensors"
    model_arrays.write(file, **given)
    found = model_arrays.read(file)
    assert found.keys() == given.keys()
    for name, array in given.items():
        np.testing.assert_array_equal(found[name], array, strict=name != "foreign")


def test_the_same_arrays_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    model_arrays.write(one, a=np.ones(3), b=np.zeros(2))
    model_arrays.write(other, b=np.zeros(2), a=np.ones(3))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_models_hold_safetensors_and_older_ones_are_read(name: str, tmp_path: Path) -> None:
    train(name, tmp_path)
    kinds = {file.suffix for file in tmp_path.iterdir()}
    assert kinds == {".json", model_arrays.SUFFIX}
    rows = table(amount)
    answers = store.read(tmp_path).fitted.predict(rows)
    in_older_files(tmp_path)
    np.testing.assert_array_equal(store.read(tmp_path).fitted.predict(rows), answers)


def test_a_pickle_is_no_model(tmp_path: Path) -> None:
    train("sklearn_k_neighbors", tmp_path)
    np.savez(in_older_files(tmp_path), rows=np.array([print], dtype=object), targets=[1])
    with pytest.raises(ModelCorruptError, match="cannot be read"):
        store.read(tmp_path)


def test_a_pickle_is_never_written(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="dtype"):
        model_arrays.write(tmp_path / "a.safetensors", a=np.array([print], dtype=object))


def test_a_file_that_ends_early_is_refused(tmp_path: Path) -> None:
    train("sklearn_svm", tmp_path)
    file = tmp_path / "vectors.safetensors"
    file.write_bytes(file.read_bytes()[:-8])
    with pytest.raises(ModelCorruptError, match="cannot be read"):
        store.read(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    train("sklearn_svm", tmp_path)
    (tmp_path / "vectors.safetensors").unlink()
    with pytest.raises(ModelCorruptError, match=r"'vectors\.safetensors' is missing"):
        store.read(tmp_path)


def test_a_missing_array_is_named(tmp_path: Path) -> None:
    train("sklearn_svm", tmp_path)
    model_arrays.write(tmp_path / "vectors.safetensors", vectors=np.zeros((1, 1)))
    with pytest.raises(ModelCorruptError, match=r"'vectors\.safetensors' has no array 'weights'"):
        store.read(tmp_path)
