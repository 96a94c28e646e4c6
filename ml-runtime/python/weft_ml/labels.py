"""Labels: classes in sorted order, or plain numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from weft_ml.arrays import Floats, Ints
from weft_ml.errors import TrainingDataError

Class = str | bool | int | float

MOST_CLASSES = 1000


@dataclass(frozen=True, slots=True)
class Classes:
    """The values a label can have, sorted; a value's code is its place."""

    values: tuple[Class, ...]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def binary(self) -> bool:
        """Whether there are exactly two."""
        return len(self.values) == 2

    def texts(self) -> list[str]:
        """The values as text."""
        return [as_text(v) for v in self.values]

    def codes(self, column: pa.ChunkedArray) -> Ints:
        """The code of each value, -1 for a value that is none of these."""
        found = pc.index_in(column, value_set=pa.array(self.values, column.type))
        return np.asarray(pc.fill_null(found, -1).to_numpy(), dtype=np.int64)


def as_text(value: Class) -> str:
    """A value as SQL writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def learn_classes(name: str, column: pa.ChunkedArray) -> Classes:
    """The classes of a training part; fewer than two cannot be learnt."""
    _finite(name, column)
    values = sorted(pc.unique(column).to_pylist())
    if len(values) < 2:
        only = f"only the value '{as_text(values[0])}'" if values else "no value"
        raise TrainingDataError(
            f"the label '{name}' has {only} in the rows to train on; it needs at least two"
        )
    if len(values) > MOST_CLASSES:
        raise TrainingDataError(
            f"the label '{name}' has {len(values)} different values, and classification takes at"
            f" most {MOST_CLASSES}; for a number to predict write task = 'regression'"
        )
    return Classes(tuple(values))


def numbers(name: str, column: pa.ChunkedArray) -> Floats:
    """The label of a regression."""
    _finite(name, column)
    return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)


def _finite(name: str, column: pa.ChunkedArray) -> None:
    if pa.types.is_floating(column.type):
        bad = len(column) - (pc.sum(pc.is_finite(column)).as_py() or 0)
        if bad:
            raise TrainingDataError(
                f"the label '{name}' is infinite or not a number in {bad} rows; filter these out"
            )
