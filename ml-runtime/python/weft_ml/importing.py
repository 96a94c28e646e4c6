"""Takes a file of ONNX in: what it reads and gives becomes a signature, after a trial."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import onnx
import pyarrow as pa

from weft_ml import store
from weft_ml.algorithms.onnx_model import (
    KINDS,
    NULL,
    OWN_NULL,
    Input,
    OnnxModel,
    Plan,
    session,
    shaped,
)
from weft_ml.errors import ImportFailedError, WeftError, last_line
from weft_ml.labels import Class, Classes
from weft_ml.outputs import Found, outputs
from weft_ml.signature import Feature, Kind, Signature, Task

MOST_FEATURES = 10_000
TRIAL_ROWS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A model that was taken in; ``example`` is a row that it has answered."""

    signature: Signature
    classes: Classes | None
    example: dict[str, Any]
    versions: dict[str, str]


def take(source: Path, folder: Path) -> Imported:
    """Checks a file and writes it into an empty folder as a model."""
    try:
        return _take(source.read_bytes(), folder)
    except WeftError:
        raise
    except OSError as failure:
        raise ImportFailedError(f"it cannot be read ({failure.strerror})") from None
    except Exception as failure:
        raise ImportFailedError(last_line(failure)) from None


def _take(content: bytes, folder: Path) -> Imported:
    proto = _parsed(content)
    try:
        runtime = session(content)
    except Exception as failure:
        raise ImportFailedError(f"ONNX Runtime cannot load it ({last_line(failure)})") from None
    own = {p.key: p.value for p in proto.metadata_props}
    inputs, features = _inputs(runtime, own)
    trial = _trial(features, own)
    answers = _answered(runtime, inputs, trial)
    found = _own(own) or outputs(proto, runtime, answers, TRIAL_ROWS)
    signature, classes, threshold = _signature(own, features, found)
    plan = Plan(inputs=inputs, output=found.output, form=found.form)
    model = store.Model(
        signature=signature,
        classes=classes,
        fitted=OnnxModel(content, plan),
        threshold=threshold,
    )
    columns = shaped(answers[found.output], found.form)
    if classes is not None and columns.shape[1:] != (len(classes),):
        raise ImportFailedError("its probabilities are not one for each class")
    store.write(model, folder)
    return Imported(
        signature=signature,
        classes=classes,
        example={f.name: trial.column(f.name)[0].as_py() for f in features},
        versions={"onnxruntime": version("onnxruntime"), **_producer(proto)},
    )


def _parsed(content: bytes) -> Any:
    try:
        proto = onnx.load_model_from_string(content)
    except Exception:
        raise ImportFailedError("it is no file of ONNX") from None
    if not proto.graph.output:
        raise ImportFailedError("it is no file of ONNX")
    # Their places may lead anywhere on this machine.
    if any(t.data_location == onnx.TensorProto.EXTERNAL for t in proto.graph.initializer):
        raise ImportFailedError(
            "it keeps its numbers in files of their own; write it again as one file"
        )
    return proto


def _producer(proto: Any) -> dict[str, str]:
    return {proto.producer_name: proto.producer_version} if proto.producer_version else {}


def _inputs(runtime: Any, own: dict[str, str]) -> tuple[tuple[Input, ...], tuple[Feature, ...]]:
    _refuse_own(own)
    null = OWN_NULL if "weft.signature" in own else NULL
    inputs: list[Input] = []
    features: list[Feature] = []
    for given in runtime.get_inputs():
        width, flat = _width(given)
        names = [given.name] if width == 1 else [f"{given.name}_{i}" for i in range(width)]
        inputs.append(
            Input(name=given.name, kind=given.type, flat=flat, features=tuple(names), null=null)
        )
        features += [_feature(name, given.type) for name in names]
    if not features or len(features) > MOST_FEATURES:
        raise ImportFailedError(
            f"it has {len(features)} inputs; a model needs one, and at most {MOST_FEATURES}"
        )
    folded = [feature.name.lower() for feature in features]
    for place, name in enumerate(folded):
        if name in folded[:place]:
            raise ImportFailedError(
                f"two of its inputs are called '{name}', and columns differ by more than case"
            )
    if "weft.signature" in own:
        signature = Signature.from_json(json.loads(own["weft.signature"]))
        if [f.name for f in signature.features] != [f.name for f in features]:
            raise ImportFailedError("its inputs are not those that its own description names")
        return tuple(inputs), signature.features
    return tuple(inputs), tuple(features)


def _refuse_own(own: dict[str, str]) -> None:
    """Says how to take what Weft has written of images otherwise."""
    if "weft.signature" in own:
        told = Signature.from_json(json.loads(own["weft.signature"]))
        if any(feature.kind is Kind.IMAGE for feature in told.features):
            raise ImportFailedError(
                "it takes pixels of images; write EXPORT MODEL … FORMAT weft, and import the folder"
                " that this makes"
            )


def _width(given: Any) -> tuple[int, bool]:
    """How many columns an input takes, and whether it has no dimension for them."""
    if given.type not in KINDS:
        raise ImportFailedError(
            f"its input '{given.name}' takes {given.type}, which no column holds; it can take"
            f" {', '.join(sorted(k[7:-1] for k in KINDS))}"
        )
    shape = given.shape
    if not 1 <= len(shape) <= 2:
        raise ImportFailedError(
            f"its input '{given.name}' has {len(shape)} dimensions; rows of columns have 1 or 2"
        )
    if isinstance(shape[0], int):
        raise ImportFailedError(
            f"its input '{given.name}' takes exactly {shape[0]} rows at a time; write it with a"
            " number of rows that is left open"
        )
    if len(shape) == 1:
        return 1, True
    if not isinstance(shape[1], int):
        raise ImportFailedError(f"its input '{given.name}' does not say how many columns it takes")
    return shape[1], False


def _feature(name: str, kind: str) -> Feature:
    match kind:
        case "tensor(string)":
            return Feature(name=name, type="string", kind=Kind.CATEGORY)
        case "tensor(bool)":
            return Feature(name=name, type="boolean", kind=Kind.BOOLEAN)
        case "tensor(int64)" | "tensor(int32)":
            return Feature(name=name, type="bigint", kind=Kind.NUMBER)
    return Feature(name=name, type="double", kind=Kind.NUMBER)


def _trial(features: tuple[Feature, ...], own: dict[str, str]) -> pa.Table:
    values: dict[Kind, Any] = {Kind.CATEGORY: "", Kind.BOOLEAN: False}
    # Where clusters are told apart by angles, rows of zeros are refused.
    number = 1.0 if _task(own, None) is Task.CLUSTERING else 0.0
    return pa.table(
        {
            f.name: pa.array([values.get(f.kind, number)] * TRIAL_ROWS, type=f.kind.arrow)
            for f in features
        }
    )


def _answered(runtime: Any, inputs: tuple[Input, ...], trial: pa.Table) -> dict[str, Any]:
    try:
        answers = runtime.run(None, {i.name: i.value(trial) for i in inputs})
    except Exception as failure:
        raise ImportFailedError(
            f"it does not answer rows of zeros ({last_line(failure)})"
        ) from None
    names = [given.name for given in runtime.get_outputs()]
    return dict(zip(names, answers, strict=True))


def _own(own: dict[str, str]) -> Found | None:
    """The output of a file that Weft has written."""
    if "weft.signature" not in own:
        return None
    told = Signature.from_json(json.loads(own["weft.signature"]))
    if told.task is Task.CLUSTERING:
        return Found(output="cluster", form="clusters", label="", classes=None)
    numbers = json.loads(own.get("weft.classes", "null")) is None
    return Found(
        output=f"{told.label}_pred" if numbers else f"{told.label}_probs",
        form="numbers" if numbers else "matrix",
        label=told.label,
        classes=None,
    )


def _signature(
    own: dict[str, str], features: tuple[Feature, ...], found: Found
) -> tuple[Signature, Classes | None, float | None]:
    if "weft.signature" in own:
        told = Signature.from_json(json.loads(own["weft.signature"]))
        values = json.loads(own.get("weft.classes", "null"))
        threshold = json.loads(own.get("weft.threshold", "null"))
        classes = None if values is None else Classes(tuple(values))
        label, label_type = told.label, told.label_type
    else:
        classes = None if found.classes is None else Classes(found.classes)
        threshold = None
        label, label_type = found.label, _type(found.classes)
    signature = Signature(
        algorithm="onnx",
        task=_task(own, classes),
        features=features,
        label=label,
        label_type=label_type,
    )
    return signature, classes, threshold


def _task(own: dict[str, str], classes: Classes | None) -> Task:
    if "weft.signature" in own:
        return Signature.from_json(json.loads(own["weft.signature"])).task
    return Task.REGRESSION if classes is None else Task.CLASSIFICATION


def _type(classes: tuple[Class, ...] | None) -> str:
    if classes is None:
        return "double"
    kinds: dict[type[Any], str] = {bool: "boolean", int: "bigint", float: "double"}
    return kinds.get(type(classes[0]), "string")
