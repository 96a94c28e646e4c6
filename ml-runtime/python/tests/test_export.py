"""The exported file answers as the stored model does, nulls and unseen texts included."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.data import amount, job, late, needs, signature, size, table
from weft_ml import algorithms, importing, store, training
from weft_ml.answers import Answers
from weft_ml.errors import ExportFailedError
from weft_ml.export import files
from weft_ml.signature import Task

TOLERANCE = 1e-9

# XGBoost adds up and answers in single precision.
SINGLE = 1e-5

LABELS: dict[str, tuple[Task, str, Any]] = {
    "boolean": (Task.CLASSIFICATION, "boolean", late),
    "text": (Task.CLASSIFICATION, "string", size),
    "number": (Task.REGRESSION, "double", amount),
}
DECLARED = [
    json.loads(file.read_text())
    for file in sorted(Path(algorithms.__file__).parent.glob("*.json"))
    if file.stem != "common_options"
]
CASES: list[tuple[str, str, dict[str, Any]]] = [
    (declared["name"], label, {})
    for declared in DECLARED
    # Images are tested beside their own algorithm.
    if declared.get("onnx") and "features" not in declared
    for label, (task, _, _) in LABELS.items()
    if task.value in declared["tasks"]
] + [
    ("lightgbm", "boolean", {"boosting": "rf", "bagging_fraction": 0.7, "bagging_freq": 1}),
    ("lightgbm", "number", {"objective": "huber"}),
    ("lightgbm", "text", {"max_cat_to_onehot": 1, "min_data_per_group": 1}),
    ("sklearn_k_neighbors", "text", {"weights": "distance"}),
    ("sklearn_k_neighbors", "number", {"weights": "distance", "p": 1.0}),
    *[
        ("sklearn_svm", label, {"kernel": kernel})
        for kernel in ("linear", "poly", "sigmoid")
        for label in LABELS
    ],
    ("sklearn_mlp", "text", {"activation": "tanh", "hidden_layer_sizes": "8, 4"}),
    ("sklearn_mlp", "number", {"activation": "logistic", "solver": "lbfgs"}),
    ("sklearn_mlp", "boolean", {"activation": "identity", "early_stopping": True}),
    ("torch_mlp", "text", {"activation": "tanh", "hidden_layer_sizes": "7", "epochs": 2}),
    ("torch_mlp", "number", {"activation": "logistic", "hidden_layer_sizes": "", "epochs": 2}),
    ("sklearn_random_forest", "boolean", {"threshold": 0.8, "max_depth": 4}),
    ("xgboost", "text", {"max_cat_to_onehot": 1, "num_parallel_tree": 2, "subsample": 0.7}),
    ("xgboost", "number", {"booster": "dart", "rate_drop": 0.5, "num_boost_round": 7}),
    *[
        ("xgboost", "number", {"objective": objective, "num_boost_round": 20})
        for objective in ("reg:absoluteerror", "reg:pseudohubererror")
    ],
    ("sklearn_bernoulli_naive_bayes", "boolean", {"binarize": 0.3}),
]


def odd_rows() -> pa.Table:
    """Rows with nulls everywhere and a text that training has not seen."""
    rows = table(amount, 300).drop(["y", "__weft_order"])
    none = pa.table(
        {
            "x": pa.array([None, 0.5, None, 1e30, -1.5], pa.float64()),
            "flag": pa.array([True, None, None, False, None]),
            "city": pa.array(["Rom", "Ulm", None, "", None]),
        }
    )
    return pa.concat_tables([rows, none])


def trained(name: str, label: str, options: dict[str, Any], folder: Path) -> store.Model:
    task, ddl, values = LABELS[label]
    folder.mkdir()
    rows = table(values)
    if name == "sklearn_k_neighbors":
        # Those without x are all at one place, and any of them may be the nearest.
        rows = rows.filter(pc.is_valid(rows.column("x")))
    if name == "sklearn_multinomial_naive_bayes":
        rows = rows.set_column(rows.schema.get_field_index("x"), "x", pc.abs(rows.column("x")))
    training.train(job(signature(name, task, ddl), rows, folder, options=options), lambda p: None)
    return store.read(folder)


def feed(rows: pa.Table) -> dict[str, Any]:
    """What a user of the file gives: texts, and doubles with NaN for null."""
    city = np.array([[v or ""] for v in rows.column("city").to_pylist()], dtype=object)
    return {
        "x": np.asarray(rows.column("x").to_numpy(), dtype=np.float64)[:, None],
        "flag": np.asarray(rows.column("flag").cast(pa.float64()).to_numpy())[:, None],
        "city": city,
    }


@pytest.mark.parametrize(
    ("name", "label", "options"),
    [pytest.param(n, t, o, id=f"{n} {t} {' '.join(o)}", marks=needs(n)) for n, t, o in CASES],
)
def test_the_file_answers_as_predict_does(
    name: str, label: str, options: dict[str, Any], tmp_path: Path
) -> None:
    model = trained(name, label, options, tmp_path / "m")
    files.write(tmp_path / "m", "m@1", tmp_path / "out" / "m.onnx")
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["m.onnx"]
    rows = odd_rows()
    if name == "sklearn_k_neighbors":
        # Seen from so far away all training rows are at one distance.
        near = pc.less(pc.abs(rows.column("x")), 100)
        rows = rows.filter(pc.fill_null(near, True))
    expected = Answers(model).answer(rows)
    session = onnxruntime.InferenceSession(tmp_path / "out" / "m.onnx")
    found = session.run(None, feed(rows))
    exact = SINGLE if name == "xgboost" else TOLERANCE
    if model.classes is None:
        np.testing.assert_allclose(found[0], expected.column(0).to_numpy(), rtol=exact, atol=exact)
    else:
        assert found[0].tolist() == expected.column(0).to_pylist()
        np.testing.assert_allclose(found[1], expected.column(1).to_numpy(), rtol=exact, atol=exact)
        probs = [list(dict(row).values()) for row in expected.column(2).to_pylist()]
        np.testing.assert_allclose(found[2], probs, rtol=exact, atol=exact)

    (tmp_path / "again").mkdir()
    taken = importing.take(tmp_path / "out" / "m.onnx", tmp_path / "again")
    assert taken.signature.features == model.signature.features
    again = Answers(store.read(tmp_path / "again")).answer(rows)
    assert again.schema == expected.schema
    assert again.column(0).to_pylist()[:5] == pytest.approx(expected.column(0).to_pylist()[:5])
    if model.classes is not None:
        assert again.column(0).equals(expected.column(0))


def test_linear_trees_are_refused_and_leave_no_file(tmp_path: Path) -> None:
    trained("lightgbm", "number", {"linear_tree": True}, tmp_path / "m")
    target = tmp_path / "m.onnx"
    target.write_bytes(b"the one before")
    with pytest.raises(ExportFailedError, match="linear_tree"):
        files.write(tmp_path / "m", "m@1", target)
    assert target.read_bytes() == b"the one before"
    assert sorted(f.name for f in tmp_path.iterdir()) == ["m", "m.onnx"]


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    trained("sklearn_decision_tree", "text", {}, tmp_path / "m")
    files.write(tmp_path / "m", "m@1", tmp_path / "m.onnx")
    told = {p.key: p.value for p in onnx.load(tmp_path / "m.onnx").metadata_props}
    assert told["weft.model"] == "m@1"
    assert json.loads(told["weft.classes"]) == ["large", "medium", "small"]
