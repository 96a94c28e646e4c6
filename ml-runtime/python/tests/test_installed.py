from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.data import job, late, signature, table
from weft_ml import algorithms, store, training
from weft_ml.algorithms.base import Progress
from weft_ml.errors import ModelCorruptError, PredictionFailedError, TrainingFailedError
from weft_ml.signature import Task
from weft_ml.versions import versions

EXAMPLE = Path(__file__).parents[3] / "examples" / "algorithm" / "nearest_mean"
SIGNATURE = signature("nearest_mean", Task.CLASSIFICATION, "boolean")


def ignore(progress: Progress) -> None:
    pass


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example, installed into a folder of its own; gives its Python file."""
    root = tmp_path / "site"
    shutil.copytree(EXAMPLE, root / "nearest_mean")
    info = root / "nearest_mean-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nearest-mean\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[weft.algorithms]\nnearest_mean = nearest_mean.algorithm:NearestMean\n"
    )
    monkeypatch.syspath_prepend(str(root))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    for name in [name for name in sys.modules if name.startswith("nearest_mean")]:
        monkeypatch.delitem(sys.modules, name)
    return root / "nearest_mean" / "algorithm.py"


def test_it_learns_and_answers_the_same_when_read(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    report = training.train(job(SIGNATURE, table(late), folder), ignore)
    assert next(m.value for m in report.metrics if m.name == "accuracy") > 0.7
    assert report.parameters["sharpness"] == 1.0
    answers = store.read(folder).fitted.predict(table(late))
    assert np.allclose(answers.sum(axis=1), 1)
    assert versions()["nearest-mean"] == "1.0"


def test_without_the_package_its_model_cannot_be_read() -> None:
    with pytest.raises(ModelCorruptError, match="no package that has it"):
        algorithms.algorithm("nearest_mean")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("import numpy as np", "import nampy as np", "cannot be loaded: ModuleNotFoundError"),
        ("class NearestMean", "class Other", "cannot be loaded: AttributeError"),
        ("        matrix = features", "        1 / 0\n        matrix = features", "line 9"),
        ("return Outcome(", "return dict(", "gave dict from fit"),
        ("parameters=", "importances=(1.0,), parameters=", "1 importances for 3 features"),
        (
            "def write(self, folder):",
            "def write(self, folder):\n        1 / 0",
            "failed: ZeroDivision",
        ),
    ],
)
def test_what_is_wrong_in_it_points_to_it(
    old: str, new: str, told: str, package: Path, tmp_path: Path
) -> None:
    text = package.read_text()
    assert old in text
    package.write_text(text.replace(old, new))
    with pytest.raises(TrainingFailedError, match="of the package 'nearest-mean'") as caught:
        training.train(job(SIGNATURE, table(late), tmp_path / "m"), ignore)
    assert told in caught.value.message
    assert "\n" not in caught.value.message


def test_answers_of_another_shape_are_refused(package: Path, tmp_path: Path) -> None:
    text = package.read_text()
    package.write_text(text.replace("return powers / ", "return powers[:, :1] / "))
    with pytest.raises(PredictionFailedError, match=r"shape \(450, 1\) .* and not \(450, 2\)"):
        training.train(job(SIGNATURE, table(late), tmp_path / "m"), ignore)
