"""An imported file of ONNX, answered by ONNX Runtime; nothing here trains one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pyarrow as pa

from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError, PredictionFailedError, TrainingFailedError, last_line
from weft_ml.signature import Signature

FILE = "model.onnx"

# What stands for a null text, which ONNX has not: in files from elsewhere and in those that Weft
# has written, which take any text that training has not seen for a null.
NULL = ""
OWN_NULL = "\0"

DISTANCE = "distance"

KINDS: dict[str, type[Any]] = {
    "tensor(double)": np.float64,
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(bool)": np.bool_,
    "tensor(string)": np.object_,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input of the file: the features that it takes, in order, flat or as a matrix."""

    name: str
    kind: str
    flat: bool
    features: tuple[str, ...]
    null: str = NULL

    def value(self, table: pa.Table) -> Any:
        """The array for some rows."""
        columns = [self._column(table.column(feature), feature) for feature in self.features]
        return columns[0] if self.flat else np.column_stack(columns)

    def _column(self, column: pa.ChunkedArray, feature: str) -> Any:
        kind = KINDS[self.kind]
        if kind is np.object_:
            return np.array(
                [self.null if v is None else v for v in column.to_pylist()], dtype=object
            )
        numbers = np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)
        if not issubclass(kind, np.floating) and np.isnan(numbers).any():
            raise PredictionFailedError(
                f"the feature '{feature}' is null, and the model takes no nulls there; fill them in"
                " the query"
            )
        return numbers.astype(kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a file is asked: its inputs, the output that counts, and how its answers are shaped.

    ``form`` is ``numbers``, ``matrix`` (one probability per class), ``second`` (that of the second
    of two classes), ``maps`` (class to probability) or ``clusters`` (as a file of Weft's tells
    them: the cluster, and in an output of its own the distance).
    """

    inputs: tuple[Input, ...]
    output: str
    form: str

    def to_json(self) -> Json:
        """The form in ``model.json``."""
        inputs = [
            {
                "name": i.name,
                "kind": i.kind,
                "flat": i.flat,
                "features": list(i.features),
                "null": i.null,
            }
            for i in self.inputs
        ]
        return {"inputs": inputs, "output": self.output, "form": self.form}

    @staticmethod
    def from_json(value: Json) -> Plan:
        """Reads the form in ``model.json``."""
        inputs = tuple(
            Input(
                name=i["name"],
                kind=i["kind"],
                flat=i["flat"],
                features=tuple(i["features"]),
                null=i["null"],
            )
            for i in value["inputs"]
        )
        return Plan(inputs=inputs, output=value["output"], form=value["form"])


class OnnxModel:
    """A session of ONNX Runtime with one thread, since streams run side by side."""

    def __init__(self, content: bytes, plan: Plan) -> None:
        self._content = content
        self._plan = plan
        self._session = session(content)

    def predict(self, table: pa.Table) -> Floats:
        """Probabilities, one column per class, or one number per row."""
        feed = {i.name: i.value(table) for i in self._plan.inputs}
        try:
            found = asked(self._session, self._plan, feed)
        except Exception as failure:
            raise PredictionFailedError(f"ONNX Runtime could not answer: {_why(failure)}") from None
        answers = shaped(found, self._plan.form)
        if len(answers) != table.num_rows:
            raise PredictionFailedError(
                f"the model answered {table.num_rows} rows with {len(answers)}"
            )
        return answers

    def write(self, folder: Path) -> Json:
        """Writes the file as it came."""
        (folder / FILE).write_bytes(self._content)
        return {"file": FILE, "plan": self._plan.to_json()}


def session(content: bytes) -> Any:
    """A session over the bytes of a file."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _why(failure: Exception) -> str:
    """What ended the run; a node that refuses rows has a sentence as its name."""
    line = last_line(failure)
    refusal = re.search(r" Name:'(\S+ [^']+)' Status Message:", line)
    return line if refusal is None else refusal.group(1)


def asked(runtime: Any, plan: Plan, feed: dict[str, Any]) -> Any:
    """The output that counts; of clusters both, side by side."""
    if plan.form != "clusters":
        return runtime.run([plan.output], feed)[0]
    places, distances = runtime.run([plan.output, DISTANCE], feed)
    return np.column_stack([places, distances])


def shaped(found: Any, form: str) -> Floats:
    """An output as probabilities or numbers."""
    if form == "maps":
        # ONNX Runtime keeps the order of the classes in each map.
        return np.array([list(row.values()) for row in found], dtype=np.float64)
    values = np.asarray(found, dtype=np.float64)
    if form in ("matrix", "clusters"):
        return values
    flat = values.reshape(-1)
    return np.column_stack([1 - flat, flat]) if form == "second" else flat


class OnnxFile:
    """The algorithm of imported models."""

    name = "onnx"

    def fit(self, job: FitJob) -> Outcome:
        """Fails: such a model was trained elsewhere."""
        raise TrainingFailedError("models of ONNX are imported, not trained; write IMPORT MODEL")

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads the file."""
        content = (folder / part["file"]).read_bytes()
        try:
            return OnnxModel(content, Plan.from_json(part["plan"]))
        except Exception as failure:
            raise ModelCorruptError(
                f"'{part['file']}' is no whole model of ONNX ({last_line(failure)})"
            ) from None
