"""PyTorch's convolutions over images: what is asked for, and the network that training gives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from weft_ml import images
from weft_ml.algorithms import image_network, layers, pytorch
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Part
from weft_ml.algorithms.image_network import ImageNetwork
from weft_ml.algorithms.rows import Rows
from weft_ml.arrays import Ints
from weft_ml.errors import TrainingDataError, TrainingFailedError
from weft_ml.images import Look, Pixels
from weft_ml.signature import Signature

MOST_FILTERS = 4096
SHADES = 256
IMAGES_OF_A_PART = 256


class TorchImageClassifier:
    """Classes of images."""

    name = "torch_image_classifier"

    def fit(self, job: FitJob) -> Outcome:
        """Trains with a fixed seed; one process and several take the same steps."""
        shown = pytorch.options(self.name, job)
        look = Look(size=int(shown["image_size"]), color=str(shown["color"]))
        filters = _filters(str(shown["filters"]), look)
        (feature,) = job.signature.features
        parts = [part for part in (job.train, job.held_out) if part is not None]
        for part in parts:
            images.refuse_others(part.table.column(feature.name), feature.name)
        torch_networks, torch_steps = pytorch.steps(self.name)
        read = [_read(part.table.column(feature.name), feature.name, look) for part in parts]
        scale = _Scale.learn(read[0])
        for each in read:
            images.fill_nulls(each.pixels, each.column, scale.mean)
        nulls = sum(each.column.null_count for each in read)
        plan = torch_steps.Plan(
            network=torch_networks.Convolutions(
                size=look.size,
                channels=look.channels,
                filters=filters,
                classes=job.classes,
                dropout=float(shown["dropout"]),
                augment=str(shown["augment"]),
                seed=job.seed,
                mean=scale.mean,
                spread=scale.spread,
            ),
            classes=job.classes,
            options=shown,
            train=_rows(read[0].pixels, job.train),
            held_out=None if job.held_out is None else _rows(read[1].pixels, job.held_out),
            scale=1.0,
        )
        learnt = torch_steps.train(job.team, plan, job.report)
        if shown["early_stopping_patience"]:
            shown["best_iteration"] = learnt.best
        fitted = ImageNetwork.of(feature.name, look, scale.mean, _file(learnt, look, scale))
        answers = [fitted.answers(each.pixels) for each in read]
        return Outcome(
            fitted=fitted,
            parameters=shown,
            warnings=(f"{nulls} images are null and were taken for blank ones",) if nulls else (),
            # There is nothing else that it could have learnt from.
            importances=(1.0,),
            trained=answers[0],
            tested=None if job.held_out is None else answers[1],
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads the network."""
        return image_network.load(folder, signature, classes, part)


@dataclass(frozen=True, slots=True)
class _Read:
    """Images as bytes of pixels, read once; as numbers they would take four times the memory."""

    column: pa.ChunkedArray
    pixels: Pixels

    @property
    def known(self) -> Any:
        """Which are no null."""
        return np.asarray(self.column.is_valid())


def _read(column: pa.ChunkedArray, name: str, look: Look) -> _Read:
    return _Read(column, images.training_pixels(column, name, look))


@dataclass(frozen=True, slots=True)
class _Scale:
    """The mean of each channel, a pixel itself so that a null can be one, and the spread."""

    mean: tuple[int, ...]
    spread: tuple[float, ...]

    @staticmethod
    def learn(read: _Read) -> _Scale:
        """Counts shades part by part: as numbers to add up pixels take eight times their memory."""
        known = read.known
        if not known.any():
            raise TrainingDataError(
                "all images to train on are null; check the query that TRAIN reads"
            )
        counts = np.zeros((read.pixels.shape[-1], SHADES), dtype=np.int64)
        for start in range(0, len(read.pixels), IMAGES_OF_A_PART):
            part = slice(start, start + IMAGES_OF_A_PART)
            there = read.pixels[part][known[part]]
            for channel, count in enumerate(counts):
                count += np.bincount(there[..., channel].reshape(-1), minlength=SHADES)
        shades = np.arange(SHADES)
        means = [round(float(np.average(shades, weights=each))) for each in counts]
        squares = [
            float(np.average((shades - mean) ** 2, weights=each))
            for mean, each in zip(means, counts, strict=True)
        ]
        return _Scale(tuple(means), tuple(float(np.sqrt(each)) or 1.0 for each in squares))


def _filters(text: str, look: Look) -> tuple[int, ...]:
    filters = layers.hidden(text, MOST_FILTERS, "filters")
    halvings = look.size.bit_length() - 1
    if len(filters) > halvings:
        raise TrainingFailedError(
            f"filters has {len(filters)} stages, and each halves an image of {look.size} x"
            f" {look.size}, which can be done {halvings} times; leave some out, or set a larger"
            " image_size"
        )
    return filters


def _rows(pixels: Pixels, part: Part) -> Rows:
    target: Ints = part.target.astype(np.int64)
    known = target >= 0
    if known.all():
        return Rows(matrix=pixels, target=target, weight=part.weight)
    weight = None if part.weight is None else part.weight[known]
    return Rows(matrix=pixels[known], target=target[known], weight=weight)


def _file(learnt: Any, look: Look, scale: _Scale) -> bytes:
    """The network as ONNX, whose library only training and exporting need."""
    from weft_ml.export.image_network import Network, Stage, stored

    *stages, dense = learnt.layers
    return stored(
        Network(
            mean=scale.mean,
            spread=scale.spread,
            stages=[
                Stage(
                    weight=conv["weight"],
                    bias=conv["bias"],
                    groups=image_network.groups(len(conv["bias"])),
                    scale=norm["weight"],
                    shift=norm["bias"],
                )
                for conv, norm in zip(stages[::2], stages[1::2], strict=True)
            ],
            weight=dense["weight"],
            bias=dense["bias"],
        ),
        look.shape,
    )
