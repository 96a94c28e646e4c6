"""What PyTorch's networks do; left out where ``weft deps torch`` has not been run."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.data import amount, job, late, signature, size, table
from tests.test_team import NODES, Processes, elsewhere
from weft_ml import model_arrays, store, training
from weft_ml.algorithms.base import Progress
from weft_ml.errors import ModelCorruptError, TrainingFailedError
from weft_ml.settings import HOST
from weft_ml.signature import Task
from weft_ml.team import free_place

pytest.importorskip("torch")

CASES = [
    (Task.CLASSIFICATION, late, "boolean"),
    (Task.CLASSIFICATION, size, "string"),
    (Task.REGRESSION, amount, "double"),
]


def learn(
    folder: Path, case: tuple[Task, Any, str], team: Processes | None = None, **options: Any
) -> tuple[training.Report, list[Progress]]:
    task, label, kind = case
    folder.mkdir()
    seen: list[Progress] = []
    made = job(
        signature("torch_mlp", task, kind),
        table(label),
        folder,
        team=team,
        options=options,
    )
    return training.train(made, seen.append), seen


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[2])
def test_several_workers_take_the_steps_of_one(case: Any, tmp_path: Path) -> None:
    """The tolerance of the README: losses to 1e-4 of their size, answers to 1e-3."""
    curves, answers = [], []
    for workers in (0, 2):
        folder = tmp_path / str(workers)
        _, seen = learn(folder, case, Processes(workers) if workers else None, epochs=8)
        curves.append([p.value for p in seen])
        answers.append(store.read(folder).fitted.predict(table(case[1])))
    assert len(curves[0]) == 8
    assert curves[1] == pytest.approx(curves[0], rel=1e-4)
    assert np.allclose(answers[0], answers[1], atol=1e-3)


@elsewhere
def test_where_the_workers_are_makes_no_difference(tmp_path: Path) -> None:
    models = []
    for number, hosts in enumerate([(HOST,), NODES]):
        folder = tmp_path / str(number)
        learn(folder, CASES[2], Processes(2, hosts), epochs=2)
        models.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert models[0] == models[1]


def test_a_port_that_is_taken_is_said() -> None:
    from weft_ml.algorithms import torch_meeting

    place = free_place(HOST)
    with (
        socket.create_server((place.host, place.port)),
        pytest.raises(TrainingFailedError, match="let the nodes reach each other's") as caught,
        torch_meeting.meeting([place, place], 0),
    ):
        pass
    assert f"worker 1 of 2 at {HOST} could not meet the others through {place}" in str(caught.value)
    assert "Address already in use" in str(caught.value)
    assert caught.value.retryable


def test_nobody_to_meet_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from weft_ml.algorithms import torch_meeting

    monkeypatch.setattr(torch_meeting, "TIME_TO_MEET", timedelta(seconds=1))
    nowhere = [free_place(HOST), free_place(HOST)]
    with (
        pytest.raises(TrainingFailedError, match="could not meet the others through"),
        torch_meeting.meeting(nowhere, 1),
    ):
        pass


@pytest.mark.parametrize("activation", ["relu", "tanh", "logistic"])
def test_stored_layers_answer_as_pytorch_does(activation: str, tmp_path: Path) -> None:
    import torch

    from weft_ml.algorithms import torch_networks

    learn(tmp_path / "m", CASES[1], epochs=3, activation=activation)
    fitted: Any = store.read(tmp_path / "m").fitted
    parts: list[torch.nn.Module] = []
    for weights, biases in zip(fitted.weights, fitted.biases, strict=True):
        dense = torch.nn.Linear(*weights.shape, dtype=torch.float64)
        dense.weight = torch.nn.Parameter(torch.from_numpy(weights.T.copy()))
        dense.bias = torch.nn.Parameter(torch.from_numpy(biases))
        parts += [dense, torch_networks.ACTIVATIONS[activation]()]
    rows = torch.from_numpy(fitted.features.matrix(table(size)))
    expected = torch.nn.Sequential(*parts[:-1])(rows).softmax(1).detach().numpy()
    assert np.allclose(fitted.predict(table(size)), expected, atol=1e-9)


def test_early_stopping_keeps_the_best_epoch(tmp_path: Path) -> None:
    report, seen = learn(
        tmp_path / "m", CASES[2], epochs=400, learning_rate=0.05, early_stopping_patience=5
    )
    values = [p.value for p in seen if p.value is not None]
    best = report.parameters["best_iteration"]
    assert best == int(np.argmin(values)) + 1 == len(values) - 5 < 400
    rmse = next(m.value for m in report.metrics if (m.data, m.name) == ("test", "rmse"))
    assert rmse == pytest.approx(min(values), rel=1e-4)


@pytest.mark.parametrize("optimizer", ["adamw", "sgd"])
def test_the_other_optimisers_learn_too(optimizer: str, tmp_path: Path) -> None:
    report, _ = learn(
        tmp_path / "m",
        CASES[0],
        optimizer=optimizer,
        learning_rate=0.01,
        weight_decay=0.001,
        dropout=0.1,
    )
    assert [m.value for m in report.metrics if m.name == "accuracy"][-1] > 0.8


def test_no_hidden_layer_is_a_linear_model(tmp_path: Path) -> None:
    report, _ = learn(tmp_path / "m", CASES[2], hidden_layer_sizes="", learning_rate=0.05)
    assert [m.value for m in report.metrics if m.name == "r2"][-1] > 0.9


@pytest.mark.parametrize("text", ["64,x", "0", "-3", "64;32", "1e3", "99999999"])
def test_layers_that_are_none_are_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(TrainingFailedError, match="write units between commas"):
        learn(tmp_path / "m", CASES[0], hidden_layer_sizes=text)


def test_steps_that_are_too_large_say_so(tmp_path: Path) -> None:
    with pytest.raises(TrainingFailedError, match="set a smaller learning_rate"):
        learn(tmp_path / "m", CASES[2], optimizer="sgd", learning_rate=1e12)


def test_early_stopping_needs_rows_held_out(tmp_path: Path) -> None:
    sig = signature("torch_mlp", Task.REGRESSION, "double")
    made = job(sig, table(amount), tmp_path, split=0.0, options={"early_stopping_patience": 3})
    with pytest.raises(TrainingFailedError, match="needs rows held out"):
        training.train(made, lambda progress: None)


def test_layers_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    learn(tmp_path / "m", CASES[0], epochs=1)
    file = tmp_path / "m" / "layers.safetensors"
    found = model_arrays.read(file)
    found["weights_1"] = found["weights_1"][:-1]
    model_arrays.write(file, **found)
    with pytest.raises(ModelCorruptError, match="do not fit each other"):
        store.read(tmp_path / "m")
