"""What LOAD image gives is read as the same pixels in a file are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.pictures import file, noise
from weft_ml import images
from weft_ml.errors import PredictionDataError, TrainingDataError
from weft_ml.images import Look

RGB = Look(size=8, color="rgb")
GRAY = Look(size=8, color="gray")
MEAN = (9, 8, 7)


def value(height: int, width: int, channels: int, mode: int, data: bytes) -> bytes:
    """As the JVM writes them."""
    return f"weft pixels {height} {width} {channels} {mode} ".encode() + data


def read(*values: bytes | None, look: Look = RGB) -> Any:
    column = pa.chunked_array([pa.array(values, pa.binary())])
    return images.pixels(column, "photo", look, MEAN[: look.channels])


@pytest.mark.parametrize("look", [RGB, GRAY])
def test_colours_come_in_the_order_of_opencv(look: Look) -> None:
    pixels = noise(1, 5, 11)
    own = value(5, 11, 3, 16, pixels[:, :, ::-1].tobytes())
    np.testing.assert_array_equal(read(own, look=look), read(file(pixels), look=look))


def test_gray_and_clear_pixels() -> None:
    gray = noise(2, 9, 4)[:, :, 0]
    np.testing.assert_array_equal(read(value(9, 4, 1, 0, gray.tobytes())), read(file(gray)))
    clear = np.dstack([noise(3, 6, 6), noise(4, 6, 6)[:, :, 0]])
    own = value(6, 6, 4, 24, clear[:, :, [2, 1, 0, 3]].tobytes())
    np.testing.assert_array_equal(read(own), read(file(clear)))


def test_a_blank_within_the_pixels_is_one_of_them() -> None:
    blank = np.full((2, 2), 32, dtype=np.uint8)
    assert (read(value(2, 2, 1, 0, blank.tobytes())) == 32).all()


def test_a_null_is_the_mean() -> None:
    assert (read(None) == MEAN).all()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (value(-1, -1, -1, -1, b""), "is of a file that LOAD image could not read"),
        (value(2, 2, 3, 16, b"123"), "has 3 bytes for 2 x 2 pixels of 3 channels"),
        (value(0, 2, 1, 0, b""), "has 0 bytes for 2 x 0 pixels of 1 channels"),
        (value(-1, -4, 1, 0, b"1234"), "has 4 bytes for -4 x -1 pixels of 1 channels"),
        (value(1, 1, 3, 0, b"123"), "has 3 channels and the mode 0, and 1, 3 and 4"),
        (value(1, 1, 3, 21, b"123456789012"), "has 3 channels and the mode 21"),
        (b"weft pixels 1 2", "is no whole file of PNG"),
        (b"weft pixels 1 2 x 0 ", "is no whole file of PNG"),
    ],
)
def test_what_is_no_image_is_told(wrong: bytes, why: str) -> None:
    with pytest.raises(PredictionDataError, match=why):
        read(wrong)
    column = pa.chunked_array([pa.array([None, wrong], pa.binary())])
    for learn in (
        lambda: images.refuse_others(column, "photo"),
        lambda: images.training_pixels(column, "photo", RGB),
    ):
        with pytest.raises(TrainingDataError, match="has 1 of 2 values that are no images") as told:
            learn()
        assert why in str(told.value)


def test_it_is_found_by_its_data() -> None:
    # The md5 of 123.
    with pytest.raises(
        PredictionDataError, match="whose data has the md5 '202cb962ac59075b964b07152d234b70'"
    ):
        read(value(2, 2, 3, 16, b"123"))


def test_too_many_pixels_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MOST_PIXELS", 3)
    with pytest.raises(PredictionDataError, match="has 2 x 2 pixels"):
        read(value(2, 2, 1, 0, b"1234"))


def test_the_example_is_a_file() -> None:
    shown = images.example(value(30, 40, 3, 16, noise(5, 30, 40)[:, :, ::-1].tobytes()))
    assert shown is not None
    assert shown.startswith("iVBOR")
