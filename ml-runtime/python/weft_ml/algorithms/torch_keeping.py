"""What the workers of PyTorch need to go on after an epoch as if nothing had happened.

It lives in memory only: the first worker gives it to the trainer, which gives it to new workers.
"""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from torch import nn

BYTES_OF_A_GPU = 16
SECONDS_BETWEEN = 1.0
# Of the time between, keeping may take one part.
PARTS = 50


@dataclass(slots=True)
class Standing:
    """Where training is after an epoch: the best loss so far and the weights that gave it."""

    epoch: int
    best: int
    lowest: float
    weights: dict[str, torch.Tensor]


class Clock:
    """When to keep: after the first epoch, then once a second, and as seldom as is cheap."""

    def __init__(self) -> None:
        self._next = 0.0

    def is_due(self) -> bool:
        """Whether it is time again."""
        return time.monotonic() >= self._next

    def took(self, seconds: float) -> None:
        """How long it has just taken."""
        self._next = time.monotonic() + max(SECONDS_BETWEEN, PARTS * seconds)


@dataclass(frozen=True, slots=True)
class Changing:
    """All that the steps of an epoch change."""

    model: nn.Module
    optimizer: torch.optim.Optimizer
    order: np.random.Generator

    def kept(self, standing: Standing, drawn: list[torch.Tensor]) -> bytes:
        """The same as bytes; ``drawn`` are the generators of all workers."""
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "order": self.order.bit_generator.state,
            "drawn": drawn,
            "epoch": standing.epoch,
            "best": standing.best,
            "lowest": standing.lowest,
            "weights": standing.weights,
        }
        buffer = io.BytesIO()
        torch.save(state, buffer)
        return buffer.getvalue()

    def restored(self, kept: bytes, rank: int) -> Standing:
        """Puts all back as it was; plain values and arrays alone are read."""
        state: dict[str, Any] = torch.load(io.BytesIO(kept), map_location="cpu", weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.order.bit_generator.state = state["order"]
        _draw_from(state["drawn"][rank])
        return Standing(state["epoch"], state["best"], state["lowest"], state["weights"])


def drawn(workers: int) -> list[torch.Tensor]:
    """The generators of all workers, what dropout draws from; all have to ask at once."""
    mine = torch.cat([torch.get_rng_state(), _of_gpu()])
    found = [torch.empty_like(mine) for _ in range(workers)]
    dist.all_gather(found, mine)
    return found


def _of_gpu() -> torch.Tensor:
    if not torch.cuda.is_available():
        return torch.zeros(BYTES_OF_A_GPU, dtype=torch.uint8)
    return torch.cuda.get_rng_state()


def _draw_from(state: torch.Tensor) -> None:
    torch.set_rng_state(state[:-BYTES_OF_A_GPU])
    if torch.cuda.is_available():
        torch.cuda.set_rng_state(state[-BYTES_OF_A_GPU:])
