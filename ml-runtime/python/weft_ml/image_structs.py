"""Images as Spark's LOAD image gives them: pixels without a file, in the bytes that Weft makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PIL import Image

# The JVM's ImageStructs writes it before height, width, channels and mode, each with a blank.
MARK = b"weft pixels "
# OpenCV's numbers for 8 bits of 1, 3 and 4 channels: what they become, and the order of bytes.
MODES = {0: ("L", "L", 1), 16: ("RGB", "BGR", 3), 24: ("RGBA", "BGRA", 4)}
UNREAD = -1


@dataclass(frozen=True, slots=True)
class Struct:
    """The fields that count."""

    height: int
    width: int
    channels: int
    mode: int
    data: bytes


def found(value: bytes) -> Struct | None:
    """None where the bytes are those of a file."""
    if not value.startswith(MARK):
        return None
    parts = value[len(MARK) :].split(b" ", 4)
    try:
        height, width, channels, mode = (int(part) for part in parts[:4])
        return Struct(height, width, channels, mode, parts[4])
    except (ValueError, IndexError):
        return None


def wrong(struct: Struct) -> str:
    """What keeps it from being an image; empty where nothing does."""
    if struct.mode == UNREAD:
        return "is of a file that LOAD image could not read"
    _, _, channels = MODES.get(struct.mode, ("", "", 0))
    if channels != struct.channels:
        return (
            f"has {struct.channels} channels and the mode {struct.mode}, and 1, 3 and 4 channels"
            " with the modes 0, 16 and 24 are read"
        )
    size = struct.height * struct.width * channels
    if struct.height < 1 or struct.width < 1 or len(struct.data) != size:
        return (
            f"has {len(struct.data)} bytes for {struct.width} x {struct.height} pixels of"
            f" {channels} channels"
        )
    return ""


def image(struct: Struct) -> Any:
    """The same as an image of Pillow's, colours in its order."""
    mode, order, _ = MODES[struct.mode]
    return Image.frombytes(mode, (struct.width, struct.height), struct.data, "raw", order)
