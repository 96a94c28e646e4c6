"""Training networks with PyTorch, in one process or in several that take the same steps.

The rows of a step are those that one process would take. Each worker has a share of all rows, adds
up the gradients of what it has of the step, and all add their sums up: but for the order of
additions the weights are those of one process.

The first worker keeps where they are from time to time; new ones go on from there when one is lost,
and take the same steps again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from torch import nn

from weft_ml.algorithms import torch_keeping, torch_meeting
from weft_ml.algorithms.rows import Rows, refuse_few
from weft_ml.algorithms.torch_keeping import Changing, Clock, Standing
from weft_ml.algorithms.torch_networks import Network
from weft_ml.arrays import Floats
from weft_ml.errors import TrainingFailedError
from weft_ml.progress import Progress
from weft_ml.restarts import THRICE, progress_of, through_losses
from weft_ml.team import Kept, Place, Report, Team, Tell

Varied = Callable[[torch.Tensor], torch.Tensor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one process trains; ``places`` is where several find each other.

    ``scale`` is what a distance of 1 in the targets of numbers means, ``kept`` where it goes on.
    """

    network: Network
    classes: int
    options: dict[str, Any]
    train: Rows
    held_out: Rows | None
    scale: float
    rank: int = 0
    workers: int = 1
    rows: int = 0
    places: tuple[Place, ...] = ()
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class Learnt:
    """The arrays of each layer that has some, by PyTorch's names, and the epoch that gave them."""

    layers: tuple[dict[str, Floats], ...]
    best: int


def train(team: Team | None, plan: Plan, report: Report) -> Learnt:
    """A network, learnt here or by a team that has the rows among them."""
    whole = replace(plan, rows=len(plan.train.target))
    if not whole.rows:
        raise TrainingFailedError("there are no rows to train on; check the filter before TRAIN")
    if team is None:
        return learn(whole, progress_of(report))
    refuse_few([plan.train], team.size)

    def learnt(kept: Kept | None, tell: Tell) -> Learnt:
        places = tuple(team.places())
        parts = [_share(replace(whole, kept=kept), rank, places) for rank in range(team.size)]
        found: Learnt = team.work(learn, parts, tell)[0]
        return found

    return through_losses(learnt, report, team, THRICE)


def _share(plan: Plan, rank: int, places: tuple[Place, ...]) -> Plan:
    # The first alone tests, and tells the others when to stop.
    return replace(
        plan,
        rank=rank,
        workers=len(places),
        train=plan.train.every(rank, len(places)),
        held_out=plan.held_out if rank == 0 else None,
        places=places,
    )


def learn(plan: Plan, tell: Tell) -> Learnt:
    """Runs in each process of a team; all give the same network."""
    torch.manual_seed(plan.options["seed"])
    torch.use_deterministic_algorithms(True, warn_only=True)
    if plan.workers == 1:
        return _Training(plan, tell).run()
    with torch_meeting.meeting(plan.places, plan.rank):
        return _Training(plan, tell).run()


class _Training:
    """The steps of one process."""

    def __init__(self, plan: Plan, tell: Tell) -> None:
        self._plan = plan
        self._tell = tell
        self._clock = Clock()
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._model = plan.network.model().to(self._device)
        self._optimizer = _optimizer(self._model, plan.options)
        self._train = _Tensors(plan.network, plan.train, plan.classes, self._device)
        self._test = None
        if plan.held_out is not None:
            self._test = _Tensors(plan.network, plan.held_out, plan.classes, self._device)
        self._order = np.random.default_rng(plan.options["seed"])
        self._changing = Changing(self._model, self._optimizer, self._order)
        # Weights start alike everywhere; what dropout leaves out is each worker's own.
        torch.manual_seed(plan.options["seed"] + plan.rank)
        torch.set_num_threads(max(1, (os.cpu_count() or 1) // plan.workers))

    def run(self) -> Learnt:
        """All epochs, or those up to the best one."""
        patience = int(self._plan.options["early_stopping_patience"])
        epochs = int(self._plan.options["epochs"])
        now = self._begun()
        while now.epoch < epochs:
            now.epoch += 1
            trained = self._epoch(now.epoch)
            loss, due = self._agreed(self._tested(trained))
            if not np.isfinite(loss):
                raise TrainingFailedError(
                    f"the loss was no number any more in epoch {now.epoch}; set a smaller"
                    " learning_rate"
                )
            self._say(now.epoch, epochs, loss)
            if not patience or loss < now.lowest:
                now.best, now.lowest = now.epoch, loss
                now.weights = _copied(self._model) if patience else {}
            elif now.epoch - now.best >= patience:
                break
            if due and now.epoch < epochs:
                self._keep(now)
        if patience:
            self._model.load_state_dict(now.weights)
        return _learnt(self._model, now.best)

    def _begun(self) -> Standing:
        """Before the first epoch, or after that after which a worker was lost."""
        kept = self._plan.kept
        if kept is None:
            return Standing(0, 0, float("inf"), {})
        return self._changing.restored(kept.state, self._plan.rank)

    def _keep(self, now: Standing) -> None:
        begun = time.monotonic()
        drawn = torch_keeping.drawn(self._plan.workers)
        if self._plan.rank == 0:
            self._tell(Kept(now.epoch, self._changing.kept(now, drawn)))
        self._clock.took(time.monotonic() - begun)

    def _epoch(self, epoch: int) -> float:
        """Takes the steps of an epoch; gives the mean loss of its rows as they were met."""
        self._model.train()
        order = self._order.permutation(self._plan.rows)
        size = int(self._plan.options["batch_size"])
        sums = np.zeros(2)
        for start in range(0, self._plan.rows, size):
            sums += self._step(order[start : start + size], epoch)
        return float(sums[0] / sums[1]) if sums[1] else 0.0

    def _step(self, batch: Any, epoch: int) -> Any:
        """One step over rows of all workers; gives their loss and weight, both as sums."""
        mine = batch[batch % self._plan.workers == self._plan.rank]
        self._optimizer.zero_grad()
        loss, weight = self._train.loss(
            self._model,
            torch.from_numpy(mine // self._plan.workers),
            lambda inputs: self._plan.network.varied(inputs, mine, epoch),
        )
        loss.backward()
        flat = [_gradient(parameter) for parameter in self._model.parameters()]
        told = torch.stack([loss.detach(), weight])
        if self._plan.workers > 1:
            message = torch.cat([*(gradient.flatten() for gradient in flat), told])
            dist.all_reduce(message)
            *parts, told = message.split([*(g.numel() for g in flat), 2])
            flat = [part.view_as(g) for part, g in zip(parts, flat, strict=True)]
        if told[1] > 0:
            for parameter, gradient in zip(self._model.parameters(), flat, strict=True):
                parameter.grad = gradient / told[1]
            self._optimizer.step()
        return told.cpu().numpy().astype(np.float64)

    def _tested(self, trained: float) -> float:
        """The mean loss on the rows held out, else the one met in training."""
        if self._test is None or not self._test.rows:
            return trained
        self._model.eval()
        sums = np.zeros(2)
        with torch.no_grad():
            size = self._plan.network.rows_of_a_test
            for start in range(0, self._test.rows, size):
                end = min(start + size, self._test.rows)
                loss, weight = self._test.loss(self._model, torch.arange(start, end))
                sums += (float(loss), float(weight))
        return float(sums[0] / sums[1]) if sums[1] else 0.0

    def _agreed(self, loss: float) -> tuple[float, bool]:
        """What the first worker found, which alone tests, and whether it is time to keep."""
        if self._plan.workers == 1:
            return loss, False
        told = torch.tensor([loss, self._clock.is_due()], dtype=torch.float64)
        dist.broadcast(told, 0)
        return float(told[0]), bool(told[1])

    def _say(self, epoch: int, epochs: int, loss: float) -> None:
        if self._plan.rank:
            return
        shown, name = loss, "log_loss"
        if not self._plan.classes:
            shown, name = float(np.sqrt(loss)) * self._plan.scale, "rmse"
        if self._test is None:
            name = f"train {name}"
        self._tell(Progress(done=epoch, total=epochs, metric=name, value=shown))


class _Tensors:
    """Rows where PyTorch works on them."""

    def __init__(self, network: Network, rows: Rows, classes: int, device: torch.device) -> None:
        self.rows = len(rows.target)
        self._network = network
        self._classes = classes
        self._matrix = torch.as_tensor(rows.matrix, device=device)
        self._target = torch.as_tensor(rows.target, device=device)
        weight = np.ones(self.rows) if rows.weight is None else rows.weight
        self._weight = torch.as_tensor(np.asarray(weight, dtype=np.float32), device=device)

    def loss(
        self, model: nn.Module, places: torch.Tensor, varied: Varied | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The weighted sum of the losses of rows, and the sum of their weights."""
        here = places.to(self._matrix.device)
        inputs = self._network.inputs(self._matrix[here])
        answers = model(inputs if varied is None else varied(inputs))
        target, weight = self._target[here], self._weight[here]
        if self._classes:
            each = nn.functional.cross_entropy(answers, target, reduction="none")
        else:
            each = (answers[:, 0] - target) ** 2
        return (each * weight).sum(), weight.sum()


def _gradient(parameter: nn.Parameter) -> torch.Tensor:
    return torch.zeros_like(parameter) if parameter.grad is None else parameter.grad


def _optimizer(model: nn.Module, options: dict[str, Any]) -> torch.optim.Optimizer:
    common = {"lr": options["learning_rate"], "weight_decay": options["weight_decay"]}
    match options["optimizer"]:
        case "sgd":
            return torch.optim.SGD(model.parameters(), momentum=options["momentum"], **common)
        case "adamw":
            return torch.optim.AdamW(model.parameters(), **common)
        case _:
            return torch.optim.Adam(model.parameters(), **common)


def _copied(model: nn.Module) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in model.state_dict().items()}


def _learnt(model: nn.Module, best: int) -> Learnt:
    layers = (
        {name: _array(value) for name, value in part.named_parameters(recurse=False)}
        for part in model.modules()
    )
    return Learnt(tuple(layer for layer in layers if layer), best)


def _array(values: torch.Tensor) -> Floats:
    return np.asarray(values.detach().cpu().numpy(), dtype=np.float64)
