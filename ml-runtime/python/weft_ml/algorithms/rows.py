"""Rows as numbers, and the shares of them that the members of a team have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from weft_ml.errors import TrainingFailedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows as numbers, a matrix or columns of Arrow, with what counts for them."""

    matrix: Any
    target: Any
    weight: Any

    def every(self, rank: int, workers: int) -> Rows:
        """The share of one worker; all have the same number of rows, but for one."""
        return Rows(
            matrix=self._every(rank, workers),
            target=self.target[rank::workers],
            weight=None if self.weight is None else self.weight[rank::workers],
        )

    def _every(self, rank: int, workers: int) -> Any:
        if isinstance(self.matrix, pa.Table):
            return self.matrix.take(pa.array(np.arange(rank, self.matrix.num_rows, workers)))
        return np.ascontiguousarray(self.matrix[rank::workers])


def refuse_few(parts: list[Rows], workers: int) -> None:
    """Raises where a worker would have no row."""
    fewest = min(len(rows.target) for rows in parts)
    if fewest < workers:
        raise TrainingFailedError(
            f"WORKERS {workers} are more than the {fewest} rows to train or to test on"
        )
