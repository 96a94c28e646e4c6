"""Rows and jobs that several tests share."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from weft_ml.signature import Feature, Kind, Signature, Task
from weft_ml.training import Job

FEATURES = (
    Feature(name="x", type="double", kind=Kind.NUMBER),
    Feature(name="flag", type="boolean", kind=Kind.BOOLEAN),
    Feature(name="city", type="string", kind=Kind.CATEGORY),
)


def signature(algorithm: str, task: Task, label_type: str) -> Signature:
    """A signature over the shared features with the label ``y``."""
    return Signature(
        algorithm=algorithm, task=task, features=FEATURES, label="y", label_type=label_type
    )


def table(label: Any, count: int = 600) -> pa.Table:
    """Rows; ``label`` gives an array from x and city."""
    rng = np.random.default_rng(11)
    x = rng.normal(size=count)
    city = rng.choice(["Bonn", "Kiel", "Ulm"], count)
    return pa.table(
        {
            "x": pa.array(x, mask=rng.random(count) < 0.05),
            "flag": pa.array(rng.random(count) > 0.5),
            "city": pa.array(city, mask=rng.random(count) < 0.05),
            "y": label(x, city),
            "__weft_order": pa.array(rng.integers(-(2**62), 2**62, count)),
        }
    )


def late(x: Any, city: Any) -> pa.Array:
    """A boolean label."""
    return pa.array(x + (city == "Ulm") > 0.3)


def size(x: Any, city: Any) -> pa.Array:
    """A label of three texts."""
    return pa.array(np.where(x > 0.5, "large", np.where(x < -0.5, "small", "medium")))


def amount(x: Any, city: Any) -> pa.Array:
    """A numeric label."""
    return pa.array(3 * x + (city == "Kiel"))


def job(sig: Signature, data: pa.Table, folder: Path, **others: Any) -> Job:
    """A job with a quarter held out unless told otherwise."""
    return Job(**{"signature": sig, "data": data, "folder": folder, "split": 0.25, **others})


def needs(algorithm: str) -> pytest.MarkDecorator:
    """Leaves out what needs an extra that is not installed."""
    missing = algorithm.startswith("torch_") and find_spec("torch") is None
    return pytest.mark.skipif(missing, reason="needs ./weft deps torch")
