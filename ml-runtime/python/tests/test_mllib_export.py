"""Models of MLlib as the JVM writes them, against their own arithmetic."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto

from weft_ml.errors import ExportFailedError
from weft_ml.export import files, normal
from weft_ml.export.graph import Graph

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
    folder: Path,
    model: dict[str, Any],
    task: str,
    threshold: float | None = None,
    slots: list[dict[str, Any]] = SLOTS,
    feed: dict[str, Any] = FEED,
) -> list[Any]:
    """What the file answers."""
    features = [each for each in SIGNATURE["features"] if each["name"] in feed]
    content = {
        "signature": {**SIGNATURE, "features": features, "task": task},
        "classes": [False, True] if task == "classification" else [],
        "slots": slots,
        "model": model,
        **({} if threshold is None else {"threshold": threshold}),
    }
    (folder / "mllib.json").write_text(json.dumps(content))
    files.write(folder, "m@1", folder / "m.onnx")
    found: list[Any] = onnxruntime.InferenceSession(folder / "m.onnx").run(None, feed)
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


def linked(link: str, family: str = "gaussian", power: float = 1.0) -> dict[str, Any]:
    return {
        "kind": "linked",
        "family": family,
        "link": link,
        "power": power,
        "coefficients": [(np.arange(7) / 10).tolist()],
        "intercepts": [0.1],
    }


LINE = MATRIX @ (np.arange(7) / 10) + 0.1


@pytest.mark.parametrize(
    ("link", "power", "expected"),
    [
        ("identity", 1.0, LINE),
        ("log", 1.0, np.exp(LINE)),
        ("logit", 1.0, 1 / (1 + np.exp(-LINE))),
        ("inverse", 1.0, 1 / LINE),
        ("sqrt", 1.0, LINE**2),
        ("cloglog", 1.0, 1 - np.exp(-np.exp(LINE))),
        ("probit", 1.0, [NormalDist().cdf(number) for number in LINE]),
        ("power", 0.0, np.exp(LINE)),
        ("power", 1.0, LINE),
        ("power", -0.5, LINE**-2.0),
        ("power", 3.0, np.cbrt(LINE)),
    ],
)
def test_links(link: str, power: float, expected: Any, tmp_path: Path) -> None:
    (pred,) = answers(tmp_path, linked(link, power=power), "regression")
    np.testing.assert_allclose(pred, expected, rtol=1e-12)


def test_answers_stay_where_the_family_has_them(tmp_path: Path) -> None:
    def found(model: dict[str, Any]) -> Any:
        return answers(tmp_path, {**model, "intercepts": [-100.0]}, "regression")[0]

    assert (found(linked("identity")) < -90).all()
    assert found(linked("identity", "poisson")).tolist() == [1e-16] * 3
    assert found(linked("probit", "binomial")).tolist() == [1e-16] * 3
    # No number has this root.
    assert np.isnan(found(linked("power", "tweedie", 0.4))).all()


def test_the_normal_distribution_is_exact() -> None:
    line = np.concatenate([np.linspace(-12, 12, 4001), [-np.inf, np.inf, -1e300, 0.0]])
    graph = Graph()
    graph.output(normal.below(graph, graph.input("x", False)), "y", TensorProto.DOUBLE, ["rows", 1])
    session = onnxruntime.InferenceSession(graph.model("m", {}).SerializeToString())
    (found,) = session.run(None, {"x": line[:, None]})
    expected = [NormalDist().cdf(number) for number in line]
    np.testing.assert_allclose(found[:, 0], expected, rtol=0, atol=3e-16)


def test_a_link_that_is_not_known(tmp_path: Path) -> None:
    with pytest.raises(ExportFailedError, match="the link arcsine has no ONNX"):
        answers(tmp_path, linked("arcsine"), "regression")


def bayes(kind: str, theta: Any, sigma: Any = ()) -> dict[str, Any]:
    given = {"pi": [-0.5, -1.0], "theta": np.asarray(theta).tolist(), "sigma": list(sigma)}
    return {"kind": "bayes", "type": kind, **given}


def softmax(sums: Any) -> Any:
    shares = np.exp(sums - sums.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def test_naive_bayes(tmp_path: Path) -> None:
    theta = np.log(np.arange(1, 15).reshape(2, 7) / 20)
    pi = np.array([-0.5, -1.0])
    flags = {**FEED, "x": np.array([[1.0], [0.0], [1.0]])}
    zeros = MATRIX.copy()
    zeros[:, 6] = flags["x"][:, 0]
    absent = np.log(1 - np.exp(theta))
    sigma = np.arange(1, 15).reshape(2, 7) / 10.0
    away = ((MATRIX[:, None, :] - theta[None]) ** 2 / sigma).sum(axis=2)
    expected = {
        "multinomial": softmax(MATRIX @ theta.T + pi),
        "complement": softmax(MATRIX @ theta.T),
        "bernoulli": softmax(zeros @ theta.T + (1 - zeros) @ absent.T + pi),
        "gaussian": softmax(pi - (away + np.log(sigma).sum(axis=1)) / 2),
    }
    for kind, shares in expected.items():
        feed = flags if kind == "bernoulli" else FEED
        found = answers(tmp_path, bayes(kind, theta, sigma.tolist()), "classification", feed=feed)
        np.testing.assert_allclose(found[2], shares, rtol=1e-12)
        assert found[0].tolist() == (shares[:, 1] > shares[:, 0]).tolist()


@pytest.mark.parametrize(
    ("kind", "number", "why"),
    [
        ("multinomial", -1.0, "takes no numbers below 0"),
        ("complement", -1.0, "takes no numbers below 0"),
        ("bernoulli", 2.0, "takes 0 and 1"),
    ],
)
def test_naive_bayes_refuses_what_it_refuses_in_spark(
    kind: str, number: float, why: str, tmp_path: Path
) -> None:
    feed = {**FEED, "x": np.array([[0.0], [1.0], [number]])}
    with pytest.raises(Exception, match=why):
        answers(tmp_path, bayes(kind, np.full((2, 7), -1.0)), "classification", feed=feed)


def test_a_class_without_rows_has_no_share(tmp_path: Path) -> None:
    model = {**bayes("multinomial", np.full((1, 7), -1.0)), "pi": [0.0]}
    assert answers(tmp_path, model, "classification")[2].tolist() == [[1.0, 0.0]] * 3


NUMBER = [{"feature": 0, "fill": 2.0}]


def steps(folder: Path, bounds: list[float], values: list[float], asked: Any) -> Any:
    feed = {"x": np.asarray(asked, dtype=np.float64)[:, None]}
    model = {"kind": "steps", "boundaries": bounds, "values": values}
    return answers(folder, model, "regression", slots=NUMBER, feed=feed)[0]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 9, 1000])
def test_steps(count: int, tmp_path: Path) -> None:
    rng = np.random.default_rng(count)
    bounds = np.sort(rng.normal(size=count))
    values = np.sort(rng.normal(size=count))
    asked = np.concatenate([rng.normal(size=200) * 2, bounds, [np.inf, -np.inf, 0.0]])
    found = steps(tmp_path, bounds.tolist(), values.tolist(), asked)
    np.testing.assert_allclose(found, np.interp(asked, bounds, values), rtol=1e-12, atol=1e-15)
    assert steps(tmp_path, [1.0, 3.0], [0.0, 1.0], [np.nan]).tolist() == [0.5]


def clusters(folder: Path, model: dict[str, Any], rows: Any = None) -> list[Any]:
    feed = FEED if rows is None else {"x": np.asarray(rows, dtype=np.float64)[:, None]}
    slots = SLOTS if rows is None else NUMBER
    return answers(folder, model, "clustering", slots=slots, feed=feed)


def test_centres(tmp_path: Path) -> None:
    centres = np.random.default_rng(1).normal(size=(5, 7))
    model = {"kind": "centres", "cosine": False, "angles": False, "centres": centres.tolist()}
    away = np.linalg.norm(MATRIX[:, None, :] - centres[None], axis=2)
    cluster, distance = clusters(tmp_path, model)
    assert cluster.tolist() == away.argmin(axis=1).tolist()
    np.testing.assert_allclose(distance, away.min(axis=1))
    cluster, distance = clusters(tmp_path, {**model, "cosine": True, "angles": True})
    lengths = np.linalg.norm(MATRIX, axis=1)[:, None] * np.linalg.norm(centres, axis=1)
    angles = 1 - MATRIX @ centres.T / lengths
    assert cluster.tolist() == angles.argmin(axis=1).tolist()
    np.testing.assert_allclose(distance, angles.min(axis=1))


def test_rows_that_lie_close_together(tmp_path: Path) -> None:
    # Differences of squares of this size have lost all that tells the centres apart.
    model = {"kind": "centres", "cosine": False, "angles": False, "centres": [[1e9], [1e9 + 4]]}
    cluster, distance = clusters(tmp_path, model, [1e9 + 1, 1e9 + 3, 1e9 + 2])
    assert (cluster.tolist(), distance.tolist()) == ([0, 1, 0], [1.0, 1.0, 2.0])


def test_a_row_of_zeros_has_no_angle(tmp_path: Path) -> None:
    model = {"kind": "centres", "cosine": True, "angles": True, "centres": [[1.0], [-1.0]]}
    assert clusters(tmp_path, model, [-3.0])[0].tolist() == [1]
    with pytest.raises(Exception, match="a row of zeros has no angle"):
        clusters(tmp_path, model, [1.0, 0.0])
    cluster, distance = clusters(tmp_path, {**model, "angles": False}, [2.0, 0.0])
    assert (cluster.tolist(), distance.tolist()) == ([0, 0], [0.0, 1.0])


def test_a_tree_of_centres_is_walked_down(tmp_path: Path) -> None:
    # The nearest leaf of 2.4 is the one at 3, which lies behind the farther child of the root.
    model = {
        "kind": "tree of centres",
        "cosine": False,
        "angles": False,
        "nodes": [[3.0], [1.0], [5.0], [3.0], [7.0]],
        "left": [1, 1, 3, 3, 4],
        "right": [2, 1, 4, 3, 4],
        "cluster": [-1, 0, -2, 1, 2],
        "centres": [[1.0], [3.0], [7.0]],
    }
    cluster, distance = clusters(tmp_path, model, [2.4, 3.2, 6.0, 9.0, 3.0])
    assert cluster.tolist() == [0, 1, 2, 2, 0]
    np.testing.assert_allclose(distance, [1.4, 0.2, 1.0, 2.0, 2.0])
    alone = {**model, "nodes": [[3.0]], "left": [0], "right": [0], "cluster": [0]}
    assert clusters(tmp_path, {**alone, "centres": [[3.0]]}, [1.0, 2.0])[0].tolist() == [0, 0]


def test_mixtures(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    means, roots = rng.normal(size=(3, 7)), rng.normal(size=(3, 7, 7)) / 3
    weights, shifts = np.array([0.2, 0.5, 0.3]), np.array([-1.0, 0.5, 0.0])
    model = {
        "kind": "mixture",
        "weights": weights.tolist(),
        "means": means.tolist(),
        "roots": roots.tolist(),
        "shifts": shifts.tolist(),
    }
    apart = np.einsum("kij,rkj->rki", roots, MATRIX[:, None, :] - means[None])
    shares = weights * np.exp(shifts - (apart**2).sum(axis=2) / 2)
    cluster, distance = clusters(tmp_path, model)
    best = shares.argmax(axis=1)
    assert cluster.tolist() == best.tolist()
    np.testing.assert_allclose(distance, np.linalg.norm(MATRIX - means[best], axis=1))
    # From very far away no distribution is likelier than another, and MLlib takes the first.
    far = {**FEED, "x": np.full((3, 1), 1e6)}
    assert answers(tmp_path, model, "clustering", feed=far)[0].tolist() == [0, 0, 0]


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
