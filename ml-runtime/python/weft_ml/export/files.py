"""Writes a stored model as a file of ONNX, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from onnx import TensorProto

from weft_ml import store
from weft_ml.errors import ExportFailedError, WeftError, last_line
from weft_ml.export import inputs, mllib, transforms
from weft_ml.export.graph import Graph, objects
from weft_ml.labels import Classes
from weft_ml.signature import Feature, Kind, Signature, Task

FORMAT = "1"

# Which file here writes what a file of algorithms has fitted.
EXPORTERS = {
    "image_network": "image_network",
    "layers": "layers",
    "lightgbm_trees": "lightgbm_trees",
    "linear": "linear",
    "sklearn_gaussian_mixture": "clusters",
    "sklearn_k_means": "clusters",
    "sklearn_k_neighbors": "neighbours",
    "sklearn_linear_svm": "margins",
    "sklearn_naive_bayes": "naive_bayes",
    "sklearn_svm": "margins",
    "tree_arrays": "ensembles",
    "xgboost_trees": "xgboost_trees",
}


def write(folder: Path, name: str, target: Path, transform: str = "") -> None:
    """Writes the model in a folder to a file, which is replaced if it is there.

    ``transform`` is JSON of what is computed in front of it, empty for nothing.
    """
    draft = target.with_name(f".{target.name}-{uuid4().hex}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(folder, name, draft, transform)
        os.replace(draft, target)
    except WeftError:
        raise
    except OSError as failure:
        raise ExportFailedError(f"'{target}' cannot be written ({failure.strerror})") from None
    except Exception as failure:
        raise ExportFailedError(last_line(failure)) from None
    finally:
        draft.unlink(missing_ok=True)


def _write(folder: Path, name: str, draft: Path, transform: str) -> None:
    imported = folder / "model.onnx"
    if imported.is_file():
        shutil.copyfile(imported, draft)
        return
    content = _content(folder, name, transform).SerializeToString()
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _content(folder: Path, name: str, transform: str) -> Any:
    """The model of ONNX: of one of MLlib, or of one that this runtime has trained."""
    graph = Graph()
    if (folder / mllib.FILE).is_file():
        plain = mllib.read(folder)
        told = Told(mllib.signature(plain), mllib.classes(plain), plain.get("threshold"))
        told = _declare(graph, told, transform)
        found = mllib.answers(graph, plain)
    else:
        stored = store.read(folder)
        told = Told(stored.signature, stored.classes, stored.threshold)
        told = _declare(graph, told, transform)
        found = _answers(graph, stored.fitted)
    _finish(graph, found, told)
    return graph.model(name, _properties(told, name))


def _declare(graph: Graph, told: Told, transform: str) -> Told:
    """The inputs: the features, or what these are computed from."""
    if not transform:
        inputs.declare(graph, told.signature.features)
        return told
    read = json.loads(transform)
    raw = tuple(
        Feature(name=f["name"], type=f["type"], kind=Kind(f["kind"])) for f in read["inputs"]
    )
    inputs.declare(graph, raw)
    texts = {feature.name for feature in raw if feature.kind is Kind.CATEGORY}
    made = [transforms.made(graph, each, texts, raw[0].name) for each in read["features"]]
    graph.call({f.name: tensor for f, tensor in zip(told.signature.features, made, strict=True)})
    return replace(told, signature=replace(told.signature, features=raw))


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a model beside how it answers."""

    signature: Signature
    classes: Classes | None
    threshold: float | None


def _answers(graph: Graph, fitted: Any) -> str:
    """By the file of what was fitted; its library is imported only where it is needed."""
    exporter = EXPORTERS.get(type(fitted).__module__.rpartition(".")[2])
    if exporter is None:
        raise ExportFailedError("models of its algorithm cannot be written as ONNX")
    return str(import_module(f"weft_ml.export.{exporter}").answers(graph, fitted))


def _properties(told: Told, name: str) -> dict[str, str]:
    """What importing the file needs beside the graph."""
    values = None if told.classes is None else list(told.classes.values)
    return {
        "weft.format": FORMAT,
        "weft.model": name,
        "weft.signature": json.dumps(told.signature.to_json(), ensure_ascii=False),
        "weft.classes": json.dumps(values, ensure_ascii=False),
        "weft.threshold": json.dumps(told.threshold),
    }


def _finish(graph: Graph, found: str, told: Told) -> None:
    """The outputs, under the names that PREDICT gives: pred and prob by row, probs by class."""
    label, classes, threshold = told.signature.label, told.classes, told.threshold
    if told.signature.task is Task.CLUSTERING:
        place, distance = graph.several("Split", 2, found, axis=1, num_outputs=2)
        flat = graph.constant([-1])
        cluster = graph.whole(graph.add("Reshape", place, flat))
        graph.output(cluster, "cluster", TensorProto.INT64, ["rows"])
        graph.output(graph.add("Reshape", distance, flat), "distance", TensorProto.DOUBLE, ["rows"])
        return
    if classes is None:
        flat = graph.add("Reshape", found, graph.constant([-1]))
        graph.output(flat, f"{label}_pred", TensorProto.DOUBLE, ["rows"])
        return
    values, kind = _values(classes)
    if threshold is None:
        best = graph.add("ArgMax", found, axis=1, keepdims=0)
    else:
        second = graph.add("Gather", found, graph.constant(1), axis=1)
        best = graph.whole(graph.add("Greater", second, graph.constant(np.float64(threshold))))
    shown = (
        graph.add("Gather", found, graph.constant(1), axis=1)
        if classes.binary
        else graph.add("ReduceMax", found, graph.constant([1]), keepdims=0)
    )
    graph.output(graph.add("Gather", graph.constant(values), best), f"{label}_pred", kind, ["rows"])
    graph.output(shown, f"{label}_prob", TensorProto.DOUBLE, ["rows"])
    graph.output(found, f"{label}_probs", TensorProto.DOUBLE, ["rows", len(classes)])


def _values(classes: Classes) -> tuple[Any, int]:
    first = classes.values[0]
    if isinstance(first, bool):
        return np.asarray(classes.values, dtype=np.bool_), TensorProto.BOOL
    if isinstance(first, int):
        return np.asarray(classes.values, dtype=np.int64), TensorProto.INT64
    if isinstance(first, float):
        return np.asarray(classes.values, dtype=np.float64), TensorProto.DOUBLE
    return objects([str(value) for value in classes.values]), TensorProto.STRING
