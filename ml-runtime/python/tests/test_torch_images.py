"""What PyTorch's convolutions learn; left out where ``weft deps torch`` has not been run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pyarrow as pa
import pytest
from onnx import numpy_helper

from tests.data import job
from tests.pictures import SIGNATURE, stripes
from tests.test_team import Processes
from weft_ml import store, training
from weft_ml.algorithms.base import Progress
from weft_ml.errors import TrainingDataError, TrainingFailedError

torch = pytest.importorskip("torch")

SMALL: dict[str, Any] = {"image_size": 16, "filters": "4, 8", "learning_rate": 0.01}


def learn(
    folder: Path, workers: int = 0, data: pa.Table | None = None, **options: Any
) -> tuple[training.Report, list[Progress]]:
    folder.mkdir()
    seen: list[Progress] = []
    made = job(
        SIGNATURE,
        stripes() if data is None else data,
        folder,
        team=Processes(workers) if workers > 1 else None,
        options={**SMALL, **options},
    )
    return training.train(made, seen.append), seen


def value(report: training.Report, data: str, name: str) -> float:
    return next(m.value for m in report.metrics if (m.data, m.name) == (data, name))


def test_it_learns_what_stripes_are(tmp_path: Path) -> None:
    report, seen = learn(tmp_path / "m", epochs=25)
    assert value(report, "test", "accuracy") > 0.85
    assert [p.done for p in seen] == list(range(1, 26))
    assert {p.metric for p in seen} == {"log_loss"}
    assert report.importances == {"photo": 1.0}
    assert [w for w in report.warnings if "null" in w] == [
        "3 images are null and were taken for blank ones"
    ]


def test_what_training_measured_is_what_is_stored(tmp_path: Path) -> None:
    report, seen = learn(tmp_path / "m", epochs=3)
    assert seen[-1].value == pytest.approx(value(report, "test", "log_loss"), rel=1e-5)
    again = store.read(tmp_path / "m").fitted.predict(stripes())
    assert np.allclose(again.sum(axis=1), 1)
    assert value(report, "test", "log_loss") != value(report, "train", "log_loss")


@pytest.mark.parametrize("options", [{}, {"augment": "flip_shift"}], ids=["plain", "varied"])
def test_several_workers_take_the_steps_of_one(options: dict[str, Any], tmp_path: Path) -> None:
    """The tolerance of the README: losses to 1e-4 of their size, answers to 1e-3."""
    curves, answers = [], []
    for workers in (0, 2, 3):
        folder = tmp_path / str(workers)
        _, seen = learn(folder, workers, epochs=8, **options)
        curves.append([p.value for p in seen])
        answers.append(store.read(folder).fitted.predict(stripes()))
    assert len(curves[0]) == 8
    for curve, found in zip(curves[1:], answers[1:], strict=True):
        assert curve == pytest.approx(curves[0], rel=1e-4)
        assert np.allclose(answers[0], found, atol=1e-3)


def test_a_worker_may_have_no_row_of_a_step(tmp_path: Path) -> None:
    curves = []
    for workers in (0, 2):
        options: dict[str, Any] = {"epochs": 2, "batch_size": 1, "learning_rate": 0.001}
        _, seen = learn(tmp_path / str(workers), workers, stripes(24), **options)
        curves.append([p.value for p in seen])
    assert curves[1] == pytest.approx(curves[0], rel=1e-4)


def test_the_same_rows_and_seed_are_the_same_file(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        folder = tmp_path / name
        folder.mkdir()
        made = job(SIGNATURE, stripes(), folder, seed=seed, options={**SMALL, "epochs": 2})
        training.train(made, lambda progress: None)
    a, b, c = ((tmp_path / name / "network.onnx").read_bytes() for name in "abc")
    assert a == b != c
    assert (tmp_path / "a/model.json").read_text() == (tmp_path / "b/model.json").read_text()


@pytest.mark.parametrize("color", ["rgb", "gray"])
@pytest.mark.parametrize(("size", "filters"), [(19, (6, 10, 8)), (8, (5,))])
def test_stored_answers_are_those_of_pytorch(
    color: str, size: int, filters: tuple[int, ...], tmp_path: Path
) -> None:
    from weft_ml import images
    from weft_ml.algorithms import torch_networks

    text = ", ".join(map(str, filters))
    learn(tmp_path / "m", epochs=2, color=color, image_size=size, filters=text)
    fitted: Any = store.read(tmp_path / "m").fitted
    arrays = [numpy_helper.to_array(i) for i in _initializers(fitted.content)]
    mean, spread = (a.ravel() for a in arrays[:2])
    network = torch_networks.Convolutions(
        size=size,
        channels=fitted.look.channels,
        filters=filters,
        classes=3,
        dropout=0.0,
        augment="none",
        seed=0,
        mean=tuple(mean),
        spread=tuple(spread),
    )
    model = network.model()
    floats = [a for a in arrays[2:] if a.dtype == np.float32]
    with torch.no_grad():
        for part in model:
            if isinstance(part, torch.nn.Conv2d):
                part.weight[:], part.bias[:] = map(torch.from_numpy, map(np.array, floats[:2]))
                floats = floats[4:]  # behind them are the ones and zeros of a normalisation
            elif isinstance(part, torch.nn.GroupNorm):
                part.weight[:] = torch.from_numpy(floats[0].ravel().copy())
                part.bias[:] = torch.from_numpy(floats[1].ravel().copy())
                floats = floats[2:]
            elif isinstance(part, torch.nn.Linear):
                part.weight[:] = torch.from_numpy(floats[0].T.copy())
                part.bias[:] = torch.from_numpy(floats[1].ravel().copy())
        column = stripes().column("photo")
        pixels = images.pixels(column, "photo", fitted.look, fitted.mean)
        expected = model(network.inputs(torch.from_numpy(pixels))).softmax(1).numpy()
    found = fitted.predict(stripes())
    assert np.abs(found - expected).max() < 1e-5
    assert found.std() > 0.01


def _initializers(content: bytes) -> Any:
    return onnx.load_model_from_string(content).graph.initializer


def test_augmentation_depends_on_the_row_and_the_epoch_alone() -> None:
    from weft_ml.algorithms import torch_networks

    network = torch_networks.Convolutions(
        size=16,
        channels=1,
        filters=(4,),
        classes=2,
        dropout=0.0,
        augment="flip_shift",
        seed=7,
        mean=(0,),
        spread=(1.0,),
    )
    inputs = torch.arange(16.0 * 16).reshape(1, 1, 16, 16).repeat(40, 1, 1, 1) + 1
    numbers = np.arange(40)
    all_rows = network.varied(inputs, numbers, 3)
    assert torch.equal(network.varied(inputs[::3], numbers[::3], 3), all_rows[::3])
    assert not torch.equal(network.varied(inputs, numbers, 4), all_rows)
    flipped = [bool((row[0, 8, 4] > row[0, 8, 11]).item()) for row in all_rows]
    assert 8 < sum(flipped) < 32
    assert len({row.numpy().tobytes() for row in all_rows}) > 20
    # Moved by two at most, so the middle of the picture is always there.
    assert all((row == inputs[0, 0, 8, 8]).any() for row in all_rows)


def test_flipping_moves_nothing() -> None:
    from weft_ml.algorithms import torch_networks

    network = torch_networks.Convolutions(
        size=9,
        channels=2,
        filters=(4,),
        classes=2,
        dropout=0.0,
        augment="flip",
        seed=7,
        mean=(0, 0),
        spread=(1.0, 1.0),
    )
    inputs = torch.rand(30, 2, 9, 9)
    found = network.varied(inputs, np.arange(30), 1)
    same = [torch.equal(a, b) for a, b in zip(found, inputs, strict=True)]
    turned = [torch.equal(a, b.flip(2)) for a, b in zip(found, inputs, strict=True)]
    assert all(a != b for a, b in zip(same, turned, strict=True))
    assert any(same)
    assert any(turned)


def test_early_stopping_keeps_the_best_epoch(tmp_path: Path) -> None:
    report, seen = learn(tmp_path / "m", epochs=200, early_stopping_patience=3, learning_rate=0.03)
    values = [p.value for p in seen if p.value is not None]
    best = report.parameters["best_iteration"]
    assert best == int(np.argmin(values)) + 1 == len(values) - 3 < 200
    assert value(report, "test", "log_loss") == pytest.approx(min(values), rel=1e-4)


def test_weights_of_classes_count(tmp_path: Path) -> None:
    plain, _ = learn(tmp_path / "plain", epochs=3)
    heavy, _ = learn(tmp_path / "heavy", epochs=3, class_weight="plain: 50")
    folders = (tmp_path / "plain", tmp_path / "heavy")
    shares = [store.read(f).fitted.predict(stripes())[:, 1].mean() for f in folders]
    assert shares[1] > shares[0] + 0.1
    assert plain.parameters.keys() < heavy.parameters.keys()


@pytest.mark.parametrize("options", [{"optimizer": "adamw"}, {"optimizer": "sgd"}])
def test_the_other_options_learn_too(options: dict[str, Any], tmp_path: Path) -> None:
    others: dict[str, Any] = {
        "dropout": 0.1,
        "weight_decay": 0.001,
        "augment": "flip",
        "batch_size": 8,
    }
    report, _ = learn(tmp_path / "m", epochs=25, color="gray", **others, **options)
    assert value(report, "train", "accuracy") > 0.7


def test_images_that_end_too_early_are_counted(tmp_path: Path) -> None:
    rows = stripes()
    photos = [photo and photo[:-60] for photo in rows.column("photo").to_pylist()]
    rows = rows.set_column(0, "photo", pa.array(photos, pa.binary()))
    with pytest.raises(TrainingDataError, match=r"has \d+ of 72 values.* is damaged or ends"):
        learn(tmp_path / "m", data=rows)


def test_more_workers_than_images_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingFailedError, match="WORKERS 9 are more than the"):
        learn(tmp_path / "m", 9, stripes(9), epochs=1)


def test_early_stopping_needs_rows_held_out(tmp_path: Path) -> None:
    made = job(
        SIGNATURE, stripes(), tmp_path, split=0.0, options={**SMALL, "early_stopping_patience": 2}
    )
    with pytest.raises(TrainingFailedError, match="needs rows held out"):
        training.train(made, lambda progress: None)


def test_folds_are_images_too(tmp_path: Path) -> None:
    report, _ = learn(tmp_path / "m", epochs=2, cv_folds=2)
    assert value(report, "cv", "log_loss") > 0
