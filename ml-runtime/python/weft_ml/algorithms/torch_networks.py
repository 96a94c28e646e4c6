"""What the steps of PyTorch train: networks of dense layers, and of convolutions over images."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from torch import nn

from weft_ml.algorithms.image_network import groups
from weft_ml.arrays import Ints
from weft_ml.order import redrawn

ACTIVATIONS: dict[str, type[nn.Module]] = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "logistic": nn.Sigmoid,
}


class Network(Protocol):
    """A network and how it takes rows; the same plain values in each worker."""

    @property
    def rows_of_a_test(self) -> int:
        """How many rows are answered at once when nothing is learnt from them."""

    def model(self) -> nn.Module:
        """The network with weights drawn at random."""

    def inputs(self, rows: torch.Tensor) -> torch.Tensor:
        """Rows as the model takes them."""

    def varied(self, inputs: torch.Tensor, numbers: Ints, epoch: int) -> torch.Tensor:
        """The same for a step of an epoch; ``numbers`` are those of the rows among all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dense:
    """Dense layers; ``sizes`` are the units from the columns to the answers."""

    sizes: tuple[int, ...]
    activation: str
    dropout: float
    rows_of_a_test: int = 65_536

    def model(self) -> nn.Module:
        """Each layer but the last has its activation behind it."""
        parts: list[nn.Module] = []
        last = len(self.sizes) - 2
        for place, (inputs, units) in enumerate(zip(self.sizes[:-1], self.sizes[1:], strict=True)):
            parts.append(nn.Linear(inputs, units))
            if place < last:
                parts.append(ACTIVATIONS[self.activation]())
                if self.dropout:
                    parts.append(nn.Dropout(self.dropout))
        return nn.Sequential(*parts)

    def inputs(self, rows: torch.Tensor) -> torch.Tensor:
        """They are scaled already."""
        return rows

    def varied(self, inputs: torch.Tensor, numbers: Ints, epoch: int) -> torch.Tensor:
        """Columns are not varied."""
        return inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Convolutions:
    """Stages of convolutions over images of size x size x channels, then one dense layer."""

    size: int
    channels: int
    filters: tuple[int, ...]
    classes: int
    dropout: float
    augment: str
    seed: int
    mean: tuple[int, ...]
    spread: tuple[float, ...]
    # Of large images the layers between take much more memory than the images.
    rows_of_a_test: int = 64

    def model(self) -> nn.Module:
        """Rows are normalised in groups, and not over a batch, which workers share."""
        parts: list[nn.Module] = []
        ends = (self.channels, *self.filters)
        for inputs, units in itertools.pairwise(ends):
            parts.append(nn.Conv2d(inputs, units, 3, padding=1))
            parts.append(nn.GroupNorm(groups(units), units))
            parts += [nn.ReLU(), nn.MaxPool2d(2)]
        # Unlike PyTorch's adaptive pooling this is deterministic on a GPU too.
        parts += [nn.AvgPool2d(self.size >> len(self.filters)), nn.Flatten()]
        if self.dropout:
            parts.append(nn.Dropout(self.dropout))
        return nn.Sequential(*parts, nn.Linear(ends[-1], self.classes))

    def inputs(self, rows: torch.Tensor) -> torch.Tensor:
        """Images stay bytes until a step takes them: a quarter of the memory of numbers."""
        there: dict[str, Any] = {"dtype": torch.float32, "device": rows.device}
        shape = (1, self.channels, 1, 1)
        mean = torch.tensor(self.mean, **there).reshape(shape)
        spread = torch.tensor(self.spread, **there).reshape(shape)
        return (rows.permute(0, 3, 1, 2).to(torch.float32) - mean) / spread

    def varied(self, inputs: torch.Tensor, numbers: Ints, epoch: int) -> torch.Tensor:
        """Drawn from the seed, the epoch and the row alone, whichever worker has it."""
        if self.augment == "none" or not len(numbers):
            return inputs
        of_epoch = redrawn(np.array([self.seed], dtype=np.int64), np.array([epoch], dtype=np.int64))
        drawn = redrawn(np.repeat(of_epoch, len(numbers)), numbers.astype(np.int64))
        size = inputs.shape[2]
        across, down = np.arange(size)[None, :], np.arange(size)[None, :]
        across = np.where((drawn & 1 == 1)[:, None], across[:, ::-1], across)
        margin = size // 8 if self.augment == "flip_shift" else 0
        across = across + _up_to(margin, drawn >> 8)[:, None]
        down = down + _up_to(margin, drawn >> 24)[:, None]
        # What comes in from outside is the mean, as a null is.
        wide = nn.functional.pad(inputs, (margin, margin, margin, margin))
        rows = np.arange(len(numbers))[:, None, None]
        places = (rows, down[:, :, None], across[:, None, :])
        found = wide.permute(0, 2, 3, 1)[tuple(_there(p, inputs.device) for p in places)]
        return found.permute(0, 3, 1, 2).contiguous()


def _up_to(margin: int, drawn: Ints) -> Ints:
    """Numbers from 0 to twice a margin."""
    return np.asarray((drawn & 0xFFFF) % (2 * margin + 1), dtype=np.int64)


def _there(places: Any, device: torch.device) -> torch.Tensor:
    return torch.as_tensor(np.ascontiguousarray(places), device=device)
