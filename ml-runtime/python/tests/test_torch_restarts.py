"""Networks are the same after a loss; left out where ``weft deps torch`` has not been run."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.data import amount, job, signature, size, table
from tests.mortal import Mortal, at_once, kept, told
from tests.pictures import SIGNATURE, stripes
from tests.test_torch_images import SMALL
from weft_ml import training
from weft_ml.errors import TrainingFailedError
from weft_ml.signature import Task

torch = pytest.importorskip("torch")

OPTIONS: list[dict[str, Any]] = [
    {"dropout": 0.3},
    {"optimizer": "sgd", "momentum": 0.9, "dropout": 0.1},
    {"optimizer": "adamw", "early_stopping_patience": 40, "learning_rate": 0.01},
]


def learn(
    folder: Path, team: Mortal, options: dict[str, Any], numbers: bool = True
) -> dict[str, bytes]:
    folder.mkdir()
    task, label, kind = (Task.CLASSIFICATION, size, "string")
    if numbers:
        task, label, kind = (Task.REGRESSION, amount, "double")
    sig = signature("torch_mlp", task, kind)
    training.train(job(sig, table(label), folder, team=team, options=options), lambda _: None)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("lost", [0, 1])
@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: next(iter(options)))
def test_a_loss_changes_no_byte(options: dict[str, Any], lost: int, tmp_path: Path) -> None:
    """Twice: soon after the first epoch, and where the second worker has drawn for long."""
    shown = {"epochs": 150, **options}
    team = Mortal(2, [told(4), kept(2)], lost)
    found = learn(tmp_path / "lossy", team, shown)
    assert found == learn(tmp_path / "whole", Mortal(2), shown)
    first, second = team.warnings
    assert first.startswith("training went on after epoch 1 when one of the 2 workers was lost")
    assert second.startswith("training went on after epoch ")
    assert not second.startswith("training went on after epoch 1 ")


def test_classes_are_the_same_with_three_workers(tmp_path: Path) -> None:
    shown = {"epochs": 6, "dropout": 0.5}
    found = learn(tmp_path / "lossy", Mortal(3, [kept(1)], 2), shown, numbers=False)
    assert found == learn(tmp_path / "whole", Mortal(3), shown, numbers=False)


def test_images_are_varied_as_they_were(tmp_path: Path) -> None:
    models = []
    for number, points in enumerate([[told(3)], []]):
        folder = tmp_path / str(number)
        folder.mkdir()
        options = {**SMALL, "epochs": 5, "augment": "flip_shift", "dropout": 0.2}
        team = Mortal(2, points)
        made = job(SIGNATURE, stripes(), folder, team=team, options=options)
        training.train(made, lambda _: None)
        models.append({file.name: file.read_bytes() for file in folder.iterdir()})
        assert len(team.warnings) == len(points)
    assert models[0] == models[1]


def test_workers_that_are_lost_before_an_epoch_is_over_are_given_up(tmp_path: Path) -> None:
    points = [told(3), at_once, at_once]
    with pytest.raises(TrainingFailedError, match="one of the 2 workers was lost 3 times in a row"):
        learn(tmp_path / "m", Mortal(2, points), {"epochs": 100_000})
    assert list((tmp_path / "m").iterdir()) == []


def test_a_loss_that_is_no_number_is_not_tried_again(tmp_path: Path) -> None:
    team = Mortal(2)
    shown = {"optimizer": "sgd", "learning_rate": 1e12}
    with pytest.raises(TrainingFailedError, match="set a smaller learning_rate"):
        learn(tmp_path / "m", team, shown)
    assert team.warnings == []


def test_what_is_kept_is_read_without_code() -> None:
    from weft_ml.algorithms.torch_keeping import Changing, Standing

    model = torch.nn.Linear(2, 1)
    optimizer = torch.optim.Adam(model.parameters())
    changing = Changing(model, optimizer, np.random.default_rng(1))
    drawn = [torch.cat([torch.get_rng_state(), torch.zeros(16, dtype=torch.uint8)])]
    state = changing.kept(Standing(3, 2, 0.5, {}), drawn)
    assert changing.restored(state, 0) == Standing(3, 2, 0.5, {})
    torch.load(io.BytesIO(state), weights_only=True)
