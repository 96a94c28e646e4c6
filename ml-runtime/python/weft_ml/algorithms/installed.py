"""Algorithms of the user's own: entry points of the group ``weft.algorithms``."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from weft_ml import entries
from weft_ml.algorithms.base import Algorithm, FitJob, Fitted, Json, Outcome
from weft_ml.arrays import Floats
from weft_ml.errors import PredictionFailedError, TrainingFailedError, WeftError, last_line
from weft_ml.signature import Signature


def find(name: str) -> Algorithm | None:
    """The installed algorithm of a name; None where no package has it."""
    point = entries.find(name)
    return None if point is None else Installed(name, entries.package(point), _made(point))


def _made(point: EntryPoint) -> Any:
    try:
        return point.load()()
    except Exception as failure:
        raise TrainingFailedError(
            f"the algorithm '{point.name}' of the package '{entries.package(point)}' cannot be"
            f" loaded: {_told(failure)}"
        ) from None


def _told(failure: BaseException) -> str:
    """The error and where in the user's own code it came from."""
    ours = str(Path(__file__).parent.parent)
    places = [
        frame
        for frame in traceback.extract_tb(failure.__traceback__)
        if not frame.filename.startswith((ours, "<"))
    ]
    where = f" ({places[-1].filename}, line {places[-1].lineno})" if places else ""
    return f"{type(failure).__name__}: {last_line(failure)}{where}"


@dataclass(frozen=True, slots=True)
class Installed:
    """A user's algorithm, whose errors and answers are looked at."""

    name: str
    package: str
    inner: Any

    def fit(self, job: FitJob) -> Outcome:
        """Fits; what goes wrong points to the user's code."""
        try:
            outcome: Outcome = self.inner.fit(job)
        except WeftError:
            raise
        except Exception as failure:
            raise TrainingFailedError(f"{self._who()} failed: {_told(failure)}") from None
        if not isinstance(outcome, Outcome):
            raise TrainingFailedError(
                f"{self._who()} gave {type(outcome).__name__} from fit, and not an Outcome"
            )
        importances = outcome.importances
        if importances and len(importances) != len(job.signature.features):
            raise TrainingFailedError(
                f"{self._who()} gave {len(importances)} importances for"
                f" {len(job.signature.features)} features"
            )
        return Outcome(
            fitted=Answering(self._who(), outcome.fitted, job.classes),
            parameters=outcome.parameters,
            warnings=outcome.warnings,
            importances=importances,
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads what the user's ``write`` wrote."""
        return Answering(self._who(), self.inner.load(folder, signature, classes, part), classes)

    def _who(self) -> str:
        return f"the algorithm '{self.name}' of the package '{self.package}'"


@dataclass(frozen=True, slots=True)
class Answering:
    """A user's model."""

    who: str
    inner: Fitted
    classes: int

    def predict(self, table: pa.Table) -> Floats:
        """Answers of the promised shape, or an error that says which shape that is."""
        try:
            found = np.asarray(self.inner.predict(table), dtype=np.float64)
        except WeftError:
            raise
        except Exception as failure:
            raise PredictionFailedError(f"{self.who} failed: {_told(failure)}") from None
        wanted = (table.num_rows, self.classes) if self.classes else (table.num_rows,)
        if found.shape != wanted:
            raise PredictionFailedError(
                f"{self.who} gave an array of shape {found.shape} from predict, and not {wanted}"
            )
        return found

    def write(self, folder: Path) -> Json:
        """As the user writes it."""
        try:
            return self.inner.write(folder)
        except Exception as failure:
            raise TrainingFailedError(f"{self.who} failed: {_told(failure)}") from None
