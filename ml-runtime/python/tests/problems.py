"""Random problems on which a model here must answer as its library does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from tests.data import job, signature
from weft_ml import store, training
from weft_ml.algorithms.base import Progress
from weft_ml.common import WEIGHT
from weft_ml.order import ordered
from weft_ml.signature import Task


@dataclass(frozen=True)
class Problem:
    """Rows with nulls, a label of so many classes (0 for numbers), perhaps weights."""

    rows: pa.Table
    classes: int
    weight: Any

    @property
    def task(self) -> Task:
        return Task.CLASSIFICATION if self.classes else Task.REGRESSION

    def target(self) -> Any:
        """Codes or numbers, in the order in which training sees the rows."""
        values = ordered(self.rows).column("y").to_pylist()
        if not self.classes:
            return np.array(values)
        known = sorted(set(values))
        return np.array([known.index(value) for value in values])


def problem(seed: int, classes: int) -> Problem:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(60, 200))
    x, spread = rng.normal(size=count), float(rng.choice([0.01, 1, 1000]))
    city = rng.choice(["Bonn", "Kiel", "Ulm"], count)
    score = 2 * x + (city == "Ulm") + rng.normal(size=count) * 0.5
    label: Any = score * spread + 50 * spread
    if classes:
        # Ranks in equal parts, so that each class has enough rows to calibrate on.
        ranks = np.argsort(np.argsort(score)) * classes // count
        label = [f"c{int(rank)}" for rank in ranks]
    weighted = bool(rng.random() < 0.5)
    columns = {
        "x": pa.array(x * spread, mask=rng.random(count) < 0.1),
        "flag": pa.array(rng.random(count) > 0.5, mask=rng.random(count) < 0.1),
        "city": pa.array(city, mask=rng.random(count) < 0.1),
        "y": pa.array(label),
        "__weft_order": pa.array(rng.integers(-(2**62), 2**62, count)),
    }
    if weighted:
        columns[WEIGHT] = pa.array(rng.random(count) + 0.1)
    rows = pa.table(columns)
    weight = ordered(rows).column(WEIGHT).to_numpy() if weighted else None
    return Problem(rows, classes, weight)


@dataclass(frozen=True)
class Answered:
    """What a stored model says, and the matrices that its library takes."""

    answers: Any
    train: Any
    asked: Any
    events: list[Progress]
    report: training.Report


def answered(name: str, given: Problem, options: dict[str, Any], folder: Path) -> Answered:
    """Trains, reads the model again and asks it about odd rows."""
    sig = signature(name, given.task, "string" if given.classes else "double")
    events: list[Progress] = []
    own = job(sig, given.rows, folder, split=0.0, options=options, seed=7)
    report = training.train(own, events.append)
    fitted: Any = store.read(folder).fitted
    features = fitted.inner.features if hasattr(fitted, "inner") else fitted.features
    asked = pa.concat_tables([given.rows.select(["x", "flag", "city"]), odd()])
    return Answered(
        answers=fitted.predict(asked),
        train=features.matrix(ordered(given.rows)),
        asked=features.matrix(asked),
        events=events,
        report=report,
    )


def odd() -> pa.Table:
    """Nulls everywhere, texts not seen, numbers far away."""
    return pa.table(
        {
            "x": pa.array([None, 0.5, None, 1e30, float("nan")], pa.float64()),
            "flag": pa.array([True, None, None, False, None]),
            "city": pa.array(["Rom", "Ulm", None, "", None]),
        }
    )
