"""A numeric label in units of its spread, for algorithms whose options count in such units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weft_ml.arrays import Floats, Ints


@dataclass(frozen=True, slots=True)
class Scale:
    """The mean and the standard deviation of a label; 1 for one that does not vary."""

    mean: float
    spread: float

    @staticmethod
    def learn(target: Floats | Ints) -> Scale:
        """Those of a training part."""
        return Scale(float(target.mean()), float(target.std()) or 1.0)

    def scaled(self, target: Floats | Ints) -> Floats:
        """What an algorithm learns; its answers times ``spread`` plus ``mean`` are the label's."""
        return np.asarray((target - self.mean) / self.spread, dtype=np.float64)
