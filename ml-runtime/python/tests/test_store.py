from __future__ import annotations

from pathlib import Path

import pytest

from tests.data import job, late, signature, table
from weft_ml import store, training
from weft_ml.errors import ModelCorruptError
from weft_ml.signature import Task


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sig = signature("lightgbm", Task.CLASSIFICATION, "boolean")
    training.train(job(sig, table(late), tmp_path), lambda progress: None)
    return tmp_path


def test_a_model_is_json_and_text(folder: Path) -> None:
    assert sorted(f.name for f in folder.iterdir()) == ["model.json", "model.txt"]


@pytest.mark.parametrize("name", ["model.json", "model.txt"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelCorruptError, match=f"'{name}' is missing"):
        store.read(folder)


@pytest.mark.parametrize("name", ["model.json", "model.txt"])
@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_a_cut_file_is_refused(folder: Path, name: str, part: float) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: int(len(content) * part)])
    with pytest.raises(ModelCorruptError):
        store.read(folder)


def test_another_format_is_refused(folder: Path) -> None:
    text = (folder / "model.json").read_text().replace('"format": 1', '"format": 9')
    (folder / "model.json").write_text(text)
    with pytest.raises(ModelCorruptError, match="format 9"):
        store.read(folder)
