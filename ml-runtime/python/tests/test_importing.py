"""Files of ONNX from elsewhere: what they read and give, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pyarrow as pa
import pytest
from onnx import TensorProto, helper, numpy_helper

from weft_ml import importing, store
from weft_ml.answers import Answers
from weft_ml.errors import ImportFailedError, PredictionFailedError
from weft_ml.signature import Kind, Task

ML = "ai.onnx.ml"


def tensor(name: str, kind: int, *shape: Any) -> Any:
    return helper.make_tensor_value_info(name, kind, list(shape))


def save(
    path: Path, nodes: list[Any], inputs: list[Any], outputs: list[Any], *constants: Any
) -> Path:
    graph = helper.make_graph(nodes, "g", inputs, outputs, list(constants))
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(ML, 3)]
    model = helper.make_model(graph, ir_version=8, opset_imports=opsets, producer_name="other")
    onnx.save(model, path)
    return path


def classifier(path: Path, zip_map: bool) -> Path:
    """As scikit-learn's converter writes a logistic regression of two columns and three classes."""
    nodes = [
        helper.make_node(
            "LinearClassifier",
            ["float_input"],
            ["output_label", "raw"],
            domain=ML,
            coefficients=[1.0, 0.0, 0.0, 1.0, -1.0, -1.0],
            intercepts=[0.0, 0.0, 0.0],
            classlabels_strings=["a", "b", "c"],
            post_transform="SOFTMAX",
        )
    ]
    outputs = [tensor("output_label", TensorProto.STRING, None)]
    if zip_map:
        nodes.append(
            helper.make_node(
                "ZipMap",
                ["raw"],
                ["output_probability"],
                domain=ML,
                classlabels_strings=["a", "b", "c"],
            )
        )
        value = helper.make_map_type_proto(
            TensorProto.STRING, helper.make_tensor_type_proto(TensorProto.FLOAT, [])
        )
        kind = helper.make_sequence_type_proto(value)
        outputs.append(helper.make_value_info("output_probability", kind))
    else:
        outputs.append(tensor("raw", TensorProto.FLOAT, None, 3))
    return save(path, nodes, [tensor("float_input", TensorProto.FLOAT, None, 2)], outputs)


def regression(path: Path, kind: int = TensorProto.FLOAT, rows: Any = None) -> Path:
    """Twice a column."""
    two = numpy_helper.from_array(np.array(2, helper.tensor_dtype_to_np_dtype(kind)), "two")
    nodes = [
        helper.make_node("Mul", ["size", "two"], ["twice"]),
        helper.make_node("Cast", ["twice"], ["variable"], to=TensorProto.FLOAT),
    ]
    outputs = [tensor("variable", TensorProto.FLOAT, rows, 1)]
    return save(path, nodes, [tensor("size", kind, rows, 1)], outputs, two)


def take(file: Path) -> importing.Imported:
    folder = file.parent / "model"
    folder.mkdir()
    return importing.take(file, folder)


@pytest.mark.parametrize("zip_map", [True, False])
def test_a_classifier_is_taken_with_its_classes(zip_map: bool, tmp_path: Path) -> None:
    taken = take(classifier(tmp_path / "c.onnx", zip_map))
    assert taken.signature.task is Task.CLASSIFICATION
    assert [f.name for f in taken.signature.features] == ["float_input_0", "float_input_1"]
    assert (taken.signature.label, taken.signature.label_type) == ("output_label", "string")
    rows = pa.table({"float_input_0": [2.0, -3.0, 0.0], "float_input_1": [1.0, -1.0, 4.0]})
    answers = Answers(store.read(tmp_path / "model")).answer(rows)
    assert answers.schema.names == ["output_label_pred", "output_label_prob", "output_label_probs"]
    assert answers.column(0).to_pylist() == ["a", "c", "b"]
    assert [key for key, _ in answers.column(2)[0].as_py()] == ["a", "b", "c"]
    assert sum(dict(answers.column(2)[0].as_py()).values()) == pytest.approx(1)


def test_a_regression_is_taken(tmp_path: Path) -> None:
    taken = take(regression(tmp_path / "r.onnx"))
    assert taken.signature.task is Task.REGRESSION
    assert taken.signature.features[0].kind is Kind.NUMBER
    assert taken.example == {"size": 0.0}
    model = store.read(tmp_path / "model")
    answers = Answers(model).answer(pa.table({"size": pa.array([1.5, None])}))
    assert answers.column(0)[0].as_py() == 3.0
    assert np.isnan(answers.column(0)[1].as_py())


def test_whole_numbers_take_no_nulls(tmp_path: Path) -> None:
    take(regression(tmp_path / "r.onnx", TensorProto.INT64))
    model = store.read(tmp_path / "model")
    rows = pa.table({"size": pa.array([1.0, None])})
    with pytest.raises(PredictionFailedError, match="'size' is null"):
        Answers(model).answer(rows)


ROWS = tensor("x", TensorProto.FLOAT, None, 2)
BYTES = (tensor(n, TensorProto.UINT8, None, 1) for n in ("x", "y"))
FLOATS = tensor("y", TensorProto.FLOAT, None, 2)
WRONG: dict[str, tuple[Any, list[Any], Any]] = {
    "image": (
        helper.make_node("Flatten", ["x"], ["y"]),
        [tensor("x", TensorProto.FLOAT, None, 3, 4)],
        tensor("y", TensorProto.FLOAT, None, 12),
    ),
    "bytes": (helper.make_node("Identity", ["x"], ["y"]), [next(BYTES)], next(BYTES)),
    "scores": (helper.make_node("Softmax", ["x"], ["y"]), [ROWS], FLOATS),
    "labels": (
        helper.make_node("ArgMax", ["x"], ["y"], axis=1, keepdims=0),
        [ROWS],
        tensor("y", TensorProto.INT64, None),
    ),
    "sum": (
        helper.make_node("ReduceSum", ["x"], ["y"], keepdims=0),
        [ROWS],
        tensor("y", TensorProto.FLOAT),
    ),
    "names": (
        helper.make_node("Add", ["a", "A"], ["y"]),
        [tensor(name, TensorProto.FLOAT, None, 1) for name in ("a", "A")],
        tensor("y", TensorProto.FLOAT, None, 1),
    ),
}


def unknown_operator(path: Path) -> None:
    nodes = [helper.make_node("Nonsense", ["x"], ["y"], domain="com.elsewhere")]
    graph = helper.make_graph(nodes, "g", [ROWS], [FLOATS])
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.elsewhere", 1)]
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=opsets), path)


def wrong(path: Path, what: str) -> Path:
    """A file that is no model for rows of columns."""
    if what in WRONG:
        node, given, output = WRONG[what]
        return save(path, [node], given, [output])
    match what:
        case "fixed":
            regression(path, rows=1)
        case "operator":
            unknown_operator(path)
        case _:
            path.write_text(what)
    return path


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("any text", "no file of ONNX"),
        ("", "no file of ONNX"),
        ("fixed", "exactly 1 rows at a time"),
        ("image", "has 3 dimensions"),
        ("bytes", "which no column holds"),
        ("scores", "several numbers for a row and no label"),
        ("labels", "labels without probabilities"),
        ("sum", "does not give one number for each row"),
        ("operator", "ONNX Runtime cannot load it"),
        ("names", "two of its inputs are called 'a'"),
    ],
)
def test_what_is_no_model_for_rows_is_refused(what: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ImportFailedError, match=said):
        take(wrong(tmp_path / "w.onnx", what))


def test_numbers_in_other_files_are_refused(tmp_path: Path) -> None:
    file = regression(tmp_path / "r.onnx")
    model = onnx.load(file)
    weights = numpy_helper.from_array(np.zeros((400, 1), np.float32), "weights")
    model.graph.initializer.append(weights)
    onnx.save(model, file, save_as_external_data=True, location="elsewhere", size_threshold=0)
    with pytest.raises(ImportFailedError, match="in files of their own"):
        take(file)
