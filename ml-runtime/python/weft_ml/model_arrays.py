"""Arrays of models on disk, as safetensors: names, types and shapes, then plain bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file

from weft_ml.errors import ModelCorruptError

SUFFIX = ".safetensors"
# What earlier builds wrote; read for as long as their models may be there.
OLDER_SUFFIX = ".npz"


def write(file: Path, **arrays: npt.NDArray[Any]) -> None:
    """Writes arrays of numbers by name; the same arrays give the same bytes."""
    # safetensors takes what lies in memory, so a transposed array would come back as another.
    save_file({name: np.asarray(array, order="C") for name, array in arrays.items()}, file)


def read(file: Path) -> dict[str, npt.NDArray[Any]]:
    """The arrays of a file, in memory of their own; nothing in a file is ever run.

    Raises FileNotFoundError, and what its library does where a file is not whole.
    """
    if file.suffix == OLDER_SUFFIX:
        with np.load(file, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    # Its library tells of a missing file without the name.
    file.stat()
    # Not mapped: a mapped file that is cut short ends the process that reads it.
    return {name: np.asarray(array) for name, array in load_file(file, backend="pread").items()}


def named(file: Path, *names: str) -> tuple[npt.NDArray[Any], ...]:
    """Arrays that must be there.

    Raises ModelCorruptError with the name of the first that is not.
    """
    found = read(file)
    for name in names:
        if name not in found:
            raise ModelCorruptError(f"'{file.name}' has no array '{name}'")
    return tuple(found[name] for name in names)
