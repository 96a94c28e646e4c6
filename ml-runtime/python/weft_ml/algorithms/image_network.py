"""Networks that classify images, stored as ONNX: they answer without the library that trained."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from weft_ml import images
from weft_ml.algorithms.base import Json
from weft_ml.algorithms.onnx_model import session
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError
from weft_ml.images import Look, Pixels
from weft_ml.signature import Signature

FILE = "network.onnx"
PIXELS = "pixels"
PROBABILITIES = "probabilities"

# What the layers give for so many images fits a processor's caches, or nearly.
ROWS_AT_A_TIME = 64

# A group of fewer channels would lose what sets them apart; more groups gain nothing.
CHANNELS_OF_A_GROUP = 4
MOST_GROUPS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageNetwork:
    """A network that takes pixels from 0 to 255; ``mean`` is the pixel that says nothing to it."""

    feature: str
    look: Look
    mean: tuple[int, ...]
    content: bytes
    runtime: Any = field(compare=False, repr=False)

    @staticmethod
    def of(feature: str, look: Look, mean: tuple[int, ...], content: bytes) -> ImageNetwork:
        """The network in the bytes of a file."""
        runtime = session(content)
        return ImageNetwork(feature=feature, look=look, mean=mean, content=content, runtime=runtime)

    def predict(self, table: pa.Table) -> Floats:
        """Probabilities, one column per class."""
        column = table.column(self.feature)
        parts: list[Floats] = []
        for start in range(0, len(column), ROWS_AT_A_TIME):
            part = column.slice(start, ROWS_AT_A_TIME)
            parts.append(self.answers(images.pixels(part, self.feature, self.look, self.mean)))
        return np.concatenate(parts)

    def answers(self, pixels: Pixels) -> Floats:
        """Probabilities of images that are pixels already."""
        parts: list[Floats] = []
        for start in range(0, len(pixels), ROWS_AT_A_TIME):
            feed = {PIXELS: pixels[start : start + ROWS_AT_A_TIME]}
            (found,) = self.runtime.run([PROBABILITIES], feed)
            parts.append(np.asarray(found, dtype=np.float64))
        return np.concatenate(parts)

    def write(self, folder: Path) -> Json:
        """Writes the file."""
        (folder / FILE).write_bytes(self.content)
        return {
            "file": FILE,
            "image_size": self.look.size,
            "color": self.look.color,
            "mean": list(self.mean),
        }


def groups(units: int) -> int:
    """How many groups the channels of a stage make: the most that divide them evenly."""
    most = min(MOST_GROUPS, max(1, units // CHANNELS_OF_A_GROUP))
    return next(count for count in range(most, 0, -1) if units % count == 0)


def load(folder: Path, signature: Signature, classes: int, part: Json) -> ImageNetwork:
    """Reads a network and checks that it takes and gives what is told of it."""
    content = (folder / part["file"]).read_bytes()
    look = Look(size=part["image_size"], color=part["color"])
    (feature,) = signature.features
    network = ImageNetwork.of(feature.name, look, tuple(part["mean"]), content)
    taken = [(i.name, i.type, tuple(i.shape[1:])) for i in network.runtime.get_inputs()]
    given = [(o.name, o.type, tuple(o.shape[1:])) for o in network.runtime.get_outputs()]
    if taken != [(PIXELS, "tensor(uint8)", look.shape)]:
        raise ModelCorruptError(f"'{part['file']}' does not take images of {look.size} pixels")
    if given != [(PROBABILITIES, "tensor(double)", (classes,))]:
        raise ModelCorruptError(f"'{part['file']}' does not give one number for each class")
    return network
