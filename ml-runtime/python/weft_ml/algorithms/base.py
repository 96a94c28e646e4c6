"""What an algorithm is: it fits a training part and gives something that predicts and is stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import pyarrow as pa

from weft_ml.arrays import Floats, Ints
from weft_ml.errors import TrainingFailedError
from weft_ml.progress import Progress as Progress
from weft_ml.signature import Signature
from weft_ml.team import Team

Options = Mapping[str, Any]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows and their targets: codes of classes, or numbers; without ``weight`` all count 1.

    For clustering the targets say nothing and are 0.
    """

    table: pa.Table
    target: Ints | Floats
    weight: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FitJob:
    """What to fit; ``classes`` is 0 for regression, ``options`` are what the user set.

    ``team`` is there when USING WORKERS asks for several, and only for algorithms that name
    ``"distributed": true`` in their declaration.
    """

    signature: Signature
    train: Part
    held_out: Part | None
    classes: int
    options: Options
    seed: int
    report: Callable[[Progress], None]
    team: Team | None = None


class Fitted(Protocol):
    """A model in memory."""

    def predict(self, table: pa.Table) -> Floats:
        """Probabilities, one column per class, or one number per row."""

    def write(self, folder: Path) -> Json:
        """Writes files of its own and returns its part of ``model.json``; never a pickle."""


@runtime_checkable
class Clustering(Fitted, Protocol):
    """A model of clusters: ``predict`` gives each row's cluster, from 0, and its distance."""

    def matrix(self, table: pa.Table) -> Floats:
        """Rows as the numbers between which distances are measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What fitting gave; ``importances`` is one number per feature, or empty.

    ``trained`` is what it answers for the rows it was trained on, where fitting knows that anyway,
    ``tested`` the same for those held out.
    """

    fitted: Fitted
    parameters: Json
    warnings: tuple[str, ...] = ()
    importances: tuple[float, ...] = ()
    trained: Floats | None = None
    tested: Floats | None = None


class Algorithm(Protocol):
    """One algorithm; its options are declared in the JSON file of its name."""

    @property
    def name(self) -> str:
        """The canonical name."""

    def fit(self, job: FitJob) -> Outcome:
        """Fits a training part."""

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads what ``write`` wrote."""


def defaults(name: str) -> Json:
    """The declared defaults of an algorithm, without those that the library decides."""
    declared = json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))
    return {o["name"]: o["default"] for o in declared["options"] if o["default"] is not None}


def task_options(
    name: str, job: FitJob, of_classes: tuple[str, ...], of_numbers: tuple[str, ...]
) -> Json:
    """The declared defaults and what the user set, as the task at hand takes them.

    An option that belongs to the other task has no default here, and is refused where it is set.
    """
    others, task = (of_numbers, "regression") if job.classes else (of_classes, "classification")
    for option in others:
        if option in job.options:
            raise TrainingFailedError(f"{option} of {name} is for {task}; leave it out")
    shown = {**defaults(name), **job.options}
    return {option: value for option, value in shown.items() if option not in others}
