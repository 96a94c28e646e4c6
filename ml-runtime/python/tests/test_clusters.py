"""Clusters are scikit-learn's, and are measured as MLlib's are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from sklearn.mixture import GaussianMixture

from tests.data import FEATURES, job
from tests.problems import odd, problem
from weft_ml import cluster_metrics, importing, store, training
from weft_ml.answers import Answers
from weft_ml.common import WEIGHT
from weft_ml.errors import (
    ModelCorruptError,
    TrainingDataError,
    TrainingFailedError,
)
from weft_ml.export import files
from weft_ml.order import ordered
from weft_ml.signature import Kind, Signature, Task

NAMES = ("sklearn_k_means", "sklearn_gaussian_mixture")


def signature(name: str) -> Signature:
    return Signature(
        algorithm=name, task=Task.CLUSTERING, features=FEATURES, label="", label_type=""
    )


def rows(seed: int) -> pa.Table:
    return problem(seed, 0).rows.drop_columns(["y"])


def trained(name: str, given: pa.Table, folder: Path, **others: Any) -> training.Report:
    folder.mkdir(exist_ok=True)
    own = job(signature(name), given, folder, **{"split": 0.0, "seed": 7, **others})
    return training.train(own, lambda progress: None)


@pytest.mark.parametrize("seed", range(6))
def test_k_means_is_that_of_the_library(seed: int, tmp_path: Path) -> None:
    given = rows(seed)
    options: dict[str, Any] = {"n_clusters": 2 + seed % 4}
    options |= {"init": "random", "n_init": 3} if seed % 2 else {"algorithm": "elkan"}
    report = trained("sklearn_k_means", given, tmp_path, options=options)
    fitted: Any = store.read(tmp_path).fitted
    weight = ordered(given).column(WEIGHT).to_numpy() if WEIGHT in given.column_names else None
    library = KMeans(**{"n_init": "auto", **options}, random_state=7)
    library.fit(fitted.matrix(ordered(given)), sample_weight=weight)
    # Seen from very far away all centres are at one distance.
    near = odd().filter(pc.fill_null(pc.less(odd().column("x"), 100), True))
    asked = pa.concat_tables([given.select(["x", "flag", "city"]), near])
    matrix = fitted.matrix(asked)
    answers = fitted.predict(asked)
    assert answers[:, 0].tolist() == library.predict(matrix).tolist()
    np.testing.assert_allclose(answers[:, 1], library.transform(matrix).min(axis=1))
    assert report.metrics[1].name == "cost"
    if weight is None:
        assert report.metrics[1].value == pytest.approx(library.inertia_)


@pytest.mark.parametrize("form", ["full", "tied", "diag", "spherical"])
def test_mixtures_are_those_of_the_library(form: str, tmp_path: Path) -> None:
    given = rows(len(form))
    options: dict[str, Any] = {"n_components": 3, "covariance_type": form, "max_iter": 500}
    trained("sklearn_gaussian_mixture", given, tmp_path, options=options)
    fitted: Any = store.read(tmp_path).fitted
    library = GaussianMixture(**options, random_state=7).fit(fitted.matrix(ordered(given)))
    asked = pa.concat_tables([given.select(["x", "flag", "city"]), odd()])
    matrix = fitted.matrix(asked)
    answers = fitted.predict(asked)
    assert answers[:, 0].tolist() == library.predict(matrix).tolist()
    means = library.means_[library.predict(matrix)]
    np.testing.assert_allclose(answers[:, 1], np.linalg.norm(matrix - means, axis=1))


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_are_a_cluster_and_a_distance(name: str, tmp_path: Path) -> None:
    given = rows(3)
    report = trained(name, given, tmp_path, split=0.25, options={})
    assert [(m.data, m.name) for m in report.metrics] == [
        (data, name)
        for data in ("train", "test")
        for name in ("silhouette", "cost", "mean_distance", "clusters")
    ]
    assert (report.classes, report.guess, report.dropped) == ((), (), 0)
    answers = Answers(store.read(tmp_path)).answer(odd())
    assert answers.schema == pa.schema([("cluster", pa.int32()), ("distance", pa.float64())])
    assert answers.num_rows == odd().num_rows
    empty = Answers(store.read(tmp_path)).answer(odd().slice(0, 0))
    assert empty.schema == answers.schema


@pytest.mark.parametrize("name", NAMES)
def test_the_same_rows_in_another_order_give_the_same_files(name: str, tmp_path: Path) -> None:
    given = rows(5)
    other = given.take(np.random.default_rng(1).permutation(given.num_rows))
    trained(name, given, tmp_path / "a", options={})
    trained(name, other, tmp_path / "b", options={})
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


@pytest.mark.parametrize("seed", range(4))
def test_the_silhouette_is_that_of_squared_distances(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_metrics, "MOST_CELLS", 64)
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(90, 3)) + 100
    codes = rng.integers(0, 4, 90)
    # One row alone in its cluster.
    codes[0] = 4
    expected = silhouette_score(matrix, codes, metric="sqeuclidean")
    assert cluster_metrics.silhouette(matrix, codes, 5) == pytest.approx(expected)


def test_one_cluster_has_no_silhouette() -> None:
    assert np.isnan(cluster_metrics.silhouette(np.zeros((3, 1)), np.zeros(3, dtype=np.int64), 1))
    same = cluster_metrics.silhouette(np.zeros((4, 1)), np.array([0, 0, 1, 1]), 2)
    assert same == 0


def test_clusters_without_rows_are_told(tmp_path: Path) -> None:
    same = pa.table(
        {
            "x": pa.array([0.0, 1.0] * 40),
            "flag": pa.array([True] * 80),
            "city": pa.array(["Ulm"] * 80),
            "__weft_order": pa.array(range(80)),
        }
    )
    report = trained("sklearn_k_means", same, tmp_path, options={"n_clusters": 5})
    told = "only 2 of 5 clusters have rows; there are not more different ones"
    assert told in report.warnings


def test_more_clusters_than_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingFailedError, match="scikit-learn could not train"):
        trained("sklearn_k_means", rows(1).slice(0, 5), tmp_path, options={"n_clusters": 6})


def test_no_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="no rows to train on"):
        trained("sklearn_k_means", rows(1).slice(0, 0), tmp_path, options={})
    with pytest.raises(TrainingDataError, match="none to hold out; it needs more rows"):
        trained("sklearn_k_means", rows(1).slice(0, 5), tmp_path, options={}, split=0.01)
    none = rows(1).slice(0, 0)
    with pytest.raises(TrainingDataError, match="no row of VALIDATE ON is there"):
        trained("sklearn_k_means", rows(1), tmp_path, options={}, validation=none)


def test_an_algorithm_that_gives_no_clusters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingFailedError, match="'sklearn_ridge' gives no clusters"):
        trained("sklearn_ridge", rows(1), tmp_path, options={})


def test_centres_of_another_width_are_refused(tmp_path: Path) -> None:
    trained("sklearn_k_means", rows(1), tmp_path, options={"n_clusters": 2})
    file = tmp_path / "model.json"
    content = json.loads(file.read_text())
    content["model"]["centres"] = [[1.0, 2.0]]
    file.write_text(json.dumps(content))
    with pytest.raises(ModelCorruptError, match="centres have the wrong shape"):
        store.read(tmp_path)


def test_distributions_of_another_form_are_refused(tmp_path: Path) -> None:
    trained("sklearn_gaussian_mixture", rows(1), tmp_path, options={"n_components": 2})
    file = tmp_path / "model.json"
    content = json.loads(file.read_text())
    content["model"]["covariance_type"] = "diag"
    file.write_text(json.dumps(content))
    with pytest.raises(ModelCorruptError, match="arrays of the wrong shape"):
        store.read(tmp_path)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("sklearn_k_means", {"n_clusters": 4}),
        ("sklearn_k_means", {"n_clusters": 1}),
        *[
            ("sklearn_gaussian_mixture", {"n_components": 3, "covariance_type": form})
            for form in ("full", "tied", "diag", "spherical")
        ],
    ],
)
def test_the_file_of_onnx_places_rows_alike(
    name: str, options: dict[str, Any], tmp_path: Path
) -> None:
    trained(name, rows(1), tmp_path / "m", options=options)
    files.write(tmp_path / "m", "m@1", tmp_path / "m.onnx")
    columns = [feature.name for feature in FEATURES]
    given = pa.concat_tables([rows(2).select(columns), odd()])
    expected = Answers(store.read(tmp_path / "m")).answer(given)
    feed = {
        feature.name: np.array([[v or ""] for v in given.column(feature.name).to_pylist()], object)
        if feature.kind is Kind.CATEGORY
        else np.asarray(given.column(feature.name).cast(pa.float64()).to_numpy())[:, None]
        for feature in FEATURES
    }
    session = onnxruntime.InferenceSession(tmp_path / "m.onnx")
    assert [output.name for output in session.get_outputs()] == ["cluster", "distance"]
    cluster, distance = session.run(None, feed)
    assert cluster.tolist() == expected.column("cluster").to_pylist()
    np.testing.assert_allclose(distance, expected.column("distance").to_numpy(), rtol=1e-7)
    (tmp_path / "again").mkdir()
    taken = importing.take(tmp_path / "m.onnx", tmp_path / "again")
    assert (taken.signature.task, taken.signature.label) == (Task.CLUSTERING, "")
    again = Answers(store.read(tmp_path / "again")).answer(given)
    assert again.column("cluster") == expected.column("cluster")
    np.testing.assert_allclose(again.column("distance"), expected.column("distance"), rtol=1e-7)
