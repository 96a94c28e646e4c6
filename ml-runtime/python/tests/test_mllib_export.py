"""Models of MLlib as the JVM writes them, against their own arithmetic."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from weft_ml.errors import ExportFailedError
from weft_ml.export import files

SIGNATURE: dict[str, Any] = {
    "algorithm": "logistic_regression",
    "task": "classification",
    "features": [
        {"name": "x", "type": "double", "kind": "number"},
        {"name": "flag", "type": "boolean", "kind": "boolean"},
        {"name": "city", "type": "string", "kind": "category"},
    ],
    "label": "y",
    "label_type": "boolean",
}
SLOTS: list[dict[str, Any]] = [
    {"feature": 2, "texts": ["Ulm", "Kiel"]},
    {"feature": 1, "texts": ["true", "false"]},
    {"feature": 0, "fill": 2.0},
]
FEED = {
    "x": np.array([[1.0], [np.nan], [3.0]]),
    "flag": np.array([[1.0], [0.0], [np.nan]]),
    "city": np.array([["Kiel"], ["Rom"], ["Ulm"]], dtype=object),
}
# Two columns for the cities and one for others, the same for the flag, then x.
MATRIX = np.array(
    [
        [0, 1, 0, 1, 0, 0, 1.0],
        [0, 0, 1, 0, 1, 0, 2.0],
        [1, 0, 0, 0, 0, 1, 3.0],
    ]
)


def answers(
    folder: Path, model: dict[str, Any], task: str, threshold: float | None = None
) -> list[Any]:
    content = {
        "signature": {**SIGNATURE, "task": task},
        "classes": [False, True] if task == "classification" else [],
        "slots": SLOTS,
        "model": model,
        **({} if threshold is None else {"threshold": threshold}),
    }
    (folder / "mllib.json").write_text(json.dumps(content))
    files.write(folder, "m@1", folder / "m.onnx")
    found: list[Any] = onnxruntime.InferenceSession(folder / "m.onnx").run(None, FEED)
    return found


def test_linear_models(tmp_path: Path) -> None:
    weights = np.arange(7) / 10
    model = {"kind": "linear", "coefficients": [weights.tolist()], "intercepts": [-0.5]}
    pred, prob, probs = answers(tmp_path, model, "classification")
    expected = 1 / (1 + np.exp(-(MATRIX @ weights - 0.5)))
    np.testing.assert_allclose(prob, expected, atol=1e-12)
    np.testing.assert_allclose(probs.sum(axis=1), 1)
    assert pred.tolist() == (expected > 0.5).tolist()
    (pred,) = answers(tmp_path, model, "regression")
    np.testing.assert_allclose(pred, MATRIX @ weights - 0.5, atol=1e-12)


def test_links(tmp_path: Path) -> None:
    weights = np.arange(7) / 10
    line = MATRIX @ weights + 0.1
    inverses: dict[str, Any] = {
        "identity": line,
        "log": np.exp(line),
        "logit": 1 / (1 + np.exp(-line)),
        "inverse": 1 / line,
        "sqrt": line**2,
        "cloglog": 1 - np.exp(-np.exp(line)),
    }
    for link, expected in inverses.items():
        model = {
            "kind": "linked",
            "link": link,
            "coefficients": [weights.tolist()],
            "intercepts": [0.1],
        }
        (pred,) = answers(tmp_path, model, "regression")
        np.testing.assert_allclose(pred, expected, rtol=1e-12)
    # ONNX Runtime has no error function of doubles.
    for link in ("of tweedie", "probit"):
        with pytest.raises(ExportFailedError, match=f"the link {link} has no ONNX"):
            answers(tmp_path, {**model, "link": link}, "regression")


def test_boosted_trees(tmp_path: Path) -> None:
    split = {
        "feature": [6, -1, -1],
        "threshold": [1.5, 0, 0],
        "left": [1, -1, -1],
        "right": [2, -1, -1],
        "value": [[0.0], [-1.0], [1.0]],
    }
    model = {"kind": "boosting", "trees": [split, split], "weights": [1.0, 0.5]}
    (pred,) = answers(tmp_path, model, "regression")
    assert pred.tolist() == [-1.5, 1.5, 1.5]
    found, prob, probs = answers(tmp_path, model, "classification")
    expected = 1 / (1 + np.exp(-2 * np.array([-1.5, 1.5, 1.5])))
    np.testing.assert_allclose(prob, expected, rtol=1e-12)
    np.testing.assert_allclose(probs.sum(axis=1), 1)
    assert found.tolist() == [False, True, True]


def test_the_threshold_that_was_chosen(tmp_path: Path) -> None:
    weights = np.zeros(7)
    model = {"kind": "linear", "coefficients": [weights.tolist()], "intercepts": [0.0]}
    assert answers(tmp_path, model, "classification")[0].tolist() == [False] * 3
    assert answers(tmp_path, model, "classification", 0.4)[0].tolist() == [True] * 3


def test_forests(tmp_path: Path) -> None:
    split = {
        "feature": [6, -1, 0, -1, -1],
        "threshold": [1.5, 0, 0.5, 0, 0],
        "left": [1, -1, 3, -1, -1],
        "right": [2, -1, 4, -1, -1],
        "value": [[0.0], [1.0], [0.0], [10.0], [100.0]],
    }
    leaf = {"feature": [-1], "threshold": [0], "left": [-1], "right": [-1], "value": [[2.0]]}
    (pred,) = answers(tmp_path, {"kind": "forest", "trees": [split, leaf]}, "regression")
    assert pred.tolist() == [1.5, 6.0, 51.0]
