"""Images that several tests share."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pyarrow as pa
from PIL import Image

from weft_ml.signature import Feature, Kind, Signature, Task

SIGNATURE = Signature(
    algorithm="torch_image_classifier",
    task=Task.CLASSIFICATION,
    features=(Feature(name="photo", type="binary", kind=Kind.IMAGE),),
    label="y",
    label_type="string",
)


def file(pixels: Any, kind: str = "PNG", **options: Any) -> bytes:
    """A file with an array of bytes as its pixels."""
    there = io.BytesIO()
    Image.fromarray(np.asarray(pixels)).save(there, kind, **options)
    return there.getvalue()


def noise(seed: int, height: int = 12, width: int = 12) -> Any:
    """Pixels drawn at random."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def stripes(count: int = 96) -> pa.Table:
    """Upright, level and no stripes, in that order again and again; some images are null."""
    rng = np.random.default_rng(5)
    photos: list[bytes | None] = []
    for place in range(count):
        pixels = rng.integers(0, 90, (16, 16, 3), dtype=np.uint8)
        at = rng.integers(2, 10)
        if place % 3 == 0:
            pixels[:, at : at + 4] += 150
        elif place % 3 == 1:
            pixels[at : at + 4] += 150
        photos.append(None if place % 31 == 30 else file(pixels))
    return pa.table(
        {
            "photo": pa.array(photos, pa.binary()),
            "y": pa.array(["upright", "level", "plain"] * (count // 3)),
            "__weft_order": pa.array(rng.integers(-(2**62), 2**62, count)),
        }
    )
