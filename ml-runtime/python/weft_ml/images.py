"""Images as pixels: files, read by Pillow, and the structs of LOAD image."""

from __future__ import annotations

import base64
import hashlib
import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from PIL import Image, ImageOps

from weft_ml import image_structs
from weft_ml.errors import PredictionDataError, TrainingDataError

# No others, since some of Pillow's readers start programs or read further files.
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")
MOST_PIXELS = 64_000_000
PIXELS_OF_AN_EXAMPLE = 12
WHITE = (255, 255, 255, 255)
MODES = {"rgb": "RGB", "gray": "L"}

# A small file may claim any number of pixels; `_opened` counts before memory is taken for them.
Image.MAX_IMAGE_PIXELS = None

Pixels = np.typing.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a model sees images: square, in ``rgb`` or ``gray``."""

    size: int
    color: str

    @property
    def channels(self) -> int:
        """Numbers of a pixel."""
        return len(MODES[self.color])

    @property
    def shape(self) -> tuple[int, int, int]:
        """That of one image."""
        return self.size, self.size, self.channels


class _NoImageError(Exception):
    """Bytes that cannot be read."""


def refuse_others(column: pa.ChunkedArray, name: str) -> None:
    """Raises where values to train on are no images, by their beginnings; this takes no time."""

    def check(place: int) -> None:
        with _opened(_bytes(column, place)):
            pass

    _each(column, name, check, threads=1)


def training_pixels(column: pa.ChunkedArray, name: str, look: Look) -> Pixels:
    """Of shape [rows, size, size, channels], all 0 for a null; Pillow lets threads run beside."""
    out = np.zeros((len(column), *look.shape), dtype=np.uint8)

    def read(place: int) -> None:
        out[place] = _picture(_bytes(column, place), look)

    _each(column, name, read, threads=os.cpu_count() or 1)
    return out


def pixels(column: pa.ChunkedArray, name: str, look: Look, mean: tuple[int, ...]) -> Pixels:
    """The same for rows to answer, with ``mean`` for a null."""
    out = np.zeros((len(column), *look.shape), dtype=np.uint8)
    for place in _present(column):
        value = _bytes(column, place)
        try:
            out[place] = _picture(value, look)
        except _NoImageError as failure:
            # Of all rows there are, those of this batch alone are known here.
            raise PredictionDataError(
                f"the column '{name}' holds what is no image: a value {_known(value)}"
                f" {failure}; leave such rows out"
            ) from None
    fill_nulls(out, column, mean)
    return out


def fill_nulls(found: Pixels, column: pa.ChunkedArray, mean: tuple[int, ...]) -> None:
    """Gives nulls the one colour that a network sees as nothing."""
    found[~np.asarray(column.is_valid())] = np.asarray(mean, dtype=np.uint8)


def example(value: bytes | None) -> str | None:
    """A small image like the one given, as the base64 text that stands for it in JSON."""
    if value is None:
        return None
    with _opened(value) as image:
        shown = _flat(image, "RGB")
    shown.thumbnail((PIXELS_OF_AN_EXAMPLE, PIXELS_OF_AN_EXAMPLE))
    file = io.BytesIO()
    shown.save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode("ascii")


def _each(column: pa.ChunkedArray, name: str, work: Callable[[int], None], threads: int) -> None:
    """Does something with each value that is not null; raises when all were tried."""

    def tried(place: int) -> str:
        try:
            work(place)
        except _NoImageError as failure:
            return str(failure)
        return ""

    places = _present(column)
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(tried, places))
    wrong = [(place, why) for place, why in zip(places, found, strict=True) if why]
    if wrong:
        place, why = wrong[0]
        # Rows have no numbers that a query could name; bytes can be found again.
        raise TrainingDataError(
            f"the column '{name}' has {len(wrong)} of {len(column)} values that are no images; the"
            f" first, {_known(_bytes(column, place))}, {why}; leave such rows out in the query"
        )


def _present(column: pa.ChunkedArray) -> list[int]:
    return [int(place) for place in np.flatnonzero(np.asarray(column.is_valid()))]


def _known(value: bytes) -> str:
    """By what a query finds it."""
    struct = image_structs.found(value)
    held = value if struct is None else struct.data
    what = "whose md5 is" if struct is None else "whose data has the md5"
    return f"{what} '{hashlib.md5(held, usedforsecurity=False).hexdigest()}'"


def _bytes(column: pa.ChunkedArray, place: int) -> bytes:
    return bytes(column[place].as_buffer())


def _opened(value: bytes) -> Any:
    """An image whose pixels are not read yet, where it is a file."""
    struct = image_structs.found(value)
    if struct is not None:
        if why := image_structs.wrong(struct):
            raise _NoImageError(why)
        _few(struct.width, struct.height)
        return image_structs.image(struct)
    try:
        image = Image.open(io.BytesIO(value), formats=FORMATS)
    except Exception:
        raise _NoImageError(
            f"is no whole file of {', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
        ) from None
    _few(*image.size)
    return image


def _few(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _NoImageError(
            f"has {width} x {height} pixels, and {MOST_PIXELS // 1_000_000} million are the most"
        )


def _picture(value: bytes, look: Look) -> Pixels:
    with _opened(value) as image:
        # Of a large JPEG only as much is decoded as the size asks for, twice over.
        image.draft(MODES[look.color], (2 * look.size, 2 * look.size))
        flat = _flat(image, MODES[look.color])
    small = flat.resize((look.size, look.size), Image.Resampling.BILINEAR)
    return np.asarray(small, dtype=np.uint8).reshape(look.shape)


def _flat(image: Any, mode: str) -> Any:
    """The pixels as a camera held them upright, 8 bits each, what is transparent over white."""
    try:
        upright = ImageOps.exif_transpose(image)
        if upright.mode.startswith("I"):
            # Pillow would cut 16 bits off at 255.
            upright = Image.fromarray((np.asarray(upright) >> 8).astype(np.uint8))
        if upright.has_transparency_data:
            clear = upright.convert("RGBA")
            upright = Image.alpha_composite(Image.new("RGBA", clear.size, WHITE), clear)
        return upright.convert(mode)
    except Exception:
        raise _NoImageError("is damaged or ends too early") from None
