"""What a model reads and gives, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

import pyarrow as pa


class Task(Enum):
    """What a model is for."""

    CLASSIFICATION = "classification"
    REGRESSION = "regression"
    CLUSTERING = "clustering"


class Kind(Enum):
    """How a feature's values enter a model."""

    NUMBER = "number"
    BOOLEAN = "boolean"
    CATEGORY = "category"
    DATETIME = "datetime"
    IMAGE = "image"

    @property
    def arrow(self) -> pa.DataType:
        """The type its batches have."""
        return _ARROW.get(self, pa.float64())


_ARROW = {
    Kind.BOOLEAN: pa.bool_(),
    Kind.CATEGORY: pa.string(),
    # The bytes of a whole file.
    Kind.IMAGE: pa.binary(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One input of a model; ``type`` is the Spark type seen at training."""

    name: str
    type: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Algorithm, task, features in training order and the label with its Spark type.

    Clustering has no label; both are empty then.
    """

    algorithm: str
    task: Task
    features: tuple[Feature, ...]
    label: str
    label_type: str

    @property
    def classification(self) -> bool:
        """Whether answers are classes."""
        return self.task is Task.CLASSIFICATION

    def to_json(self) -> dict[str, Any]:
        """The form in ``model.json``."""
        return {
            "algorithm": self.algorithm,
            "task": self.task.value,
            "features": [
                {"name": f.name, "type": f.type, "kind": f.kind.value} for f in self.features
            ],
            "label": self.label,
            "label_type": self.label_type,
        }

    @staticmethod
    def from_json(value: dict[str, Any]) -> Signature:
        """Reads the form in ``model.json``."""
        return Signature(
            algorithm=value["algorithm"],
            task=Task(value["task"]),
            features=tuple(
                Feature(name=f["name"], type=f["type"], kind=Kind(f["kind"]))
                for f in value["features"]
            ),
            label=value["label"],
            label_type=value["label_type"],
        )
