"""Trees as plain arrays: what the scikit-learn trees here are stored as and answer with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from weft_ml import model_arrays
from weft_ml.algorithms.base import Json
from weft_ml.arrays import Floats, Ints
from weft_ml.errors import ModelCorruptError
from weft_ml.features import TreeFeatures
from weft_ml.signature import Signature

FILE = f"trees{model_arrays.SUFFIX}"
LEAF = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One tree: children by place, ``LEAF`` as the feature of a leaf, one value row per node."""

    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    missing_left: Ints
    value: Floats

    def answers(self, matrix: Floats) -> Floats:
        """The value row of the leaf that each row ends in."""
        place = np.zeros(len(matrix), dtype=np.int64)
        moving = np.flatnonzero(self.feature[place] != LEAF)
        while len(moving):
            node = place[moving]
            cell = matrix[moving, self.feature[node]]
            left = np.where(
                np.isnan(cell), self.missing_left[node] == 1, cell <= self.threshold[node]
            )
            place[moving] = np.where(left, self.left[node], self.right[node])
            moving = moving[self.feature[place[moving]] != LEAF]
        return np.asarray(self.value[place], dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """Trees and how their values become answers.

    ``outputs`` tells which score each tree adds to, or is empty when all trees give whole answers
    whose mean counts; ``single`` says that the library compares in single precision.
    """

    features: TreeFeatures
    trees: tuple[Tree, ...]
    outputs: tuple[int, ...]
    baseline: tuple[float, ...]
    classes: int
    single: bool

    def predict(self, table: pa.Table) -> Floats:
        """Probabilities, one column per class, or numbers."""
        matrix = self.features.matrix(table)
        if self.single:
            matrix = matrix.astype(np.float32).astype(np.float64)
        if self.outputs:
            return self._boosted(matrix)
        mean = sum((tree.answers(matrix) for tree in self.trees), np.zeros(1)) / len(self.trees)
        return np.asarray(mean if self.classes else mean[:, 0])

    def _boosted(self, matrix: Floats) -> Floats:
        scores = np.tile(np.asarray(self.baseline), (len(matrix), 1))
        for tree, output in zip(self.trees, self.outputs, strict=True):
            scores[:, output] += tree.answers(matrix)[:, 0]
        if self.classes == 0:
            return np.asarray(scores[:, 0])
        if self.classes == 2:
            scores = np.hstack([np.zeros_like(scores), scores])
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def write(self, folder: Path) -> Json:
        """Writes the arrays, those of all trees one behind the other."""
        sizes = [len(tree.feature) for tree in self.trees]
        model_arrays.write(
            folder / FILE,
            sizes=np.asarray(sizes, dtype=np.int64),
            feature=np.concatenate([tree.feature for tree in self.trees]).astype(np.int32),
            threshold=np.concatenate([tree.threshold for tree in self.trees]),
            left=np.concatenate([tree.left for tree in self.trees]).astype(np.int32),
            right=np.concatenate([tree.right for tree in self.trees]).astype(np.int32),
            missing_left=np.concatenate([t.missing_left for t in self.trees]).astype(np.int8),
            value=np.concatenate([tree.value for tree in self.trees]),
        )
        return {
            "file": FILE,
            "featuriser": self.features.to_json(),
            "outputs": list(self.outputs),
            "baseline": list(self.baseline),
            "single": self.single,
        }


def load(folder: Path, signature: Signature, classes: int, part: Json) -> Ensemble:
    """Reads what ``write`` wrote and checks that no tree leads out of itself."""
    found = model_arrays.read(folder / part["file"])
    ends = np.cumsum(found["sizes"])
    if len(ends) == 0 or any(len(found[name]) != ends[-1] for name in found if name != "sizes"):
        raise ModelCorruptError(f"'{part['file']}' has arrays of different lengths")
    trees = []
    for start, end in zip(ends - found["sizes"], ends, strict=True):
        tree = Tree(
            feature=found["feature"][start:end].astype(np.int64),
            threshold=found["threshold"][start:end],
            left=found["left"][start:end].astype(np.int64),
            right=found["right"][start:end].astype(np.int64),
            missing_left=found["missing_left"][start:end].astype(np.int64),
            value=found["value"][start:end],
        )
        _check(tree, len(signature.features), part["file"])
        trees.append(tree)
    return Ensemble(
        features=TreeFeatures.from_json(signature.features, part["featuriser"]),
        trees=tuple(trees),
        outputs=tuple(part["outputs"]),
        baseline=tuple(part["baseline"]),
        classes=classes,
        single=bool(part["single"]),
    )


def _check(tree: Tree, features: int, file: str) -> None:
    inner = np.flatnonzero(tree.feature != LEAF)
    # Children stand behind their parents, so a walk down always ends.
    forward = all(
        np.all(child[inner] > inner) and np.all(child[inner] < len(tree.feature))
        for child in (tree.left, tree.right)
    )
    if not forward or np.any(tree.feature[inner] >= features) or np.any(tree.feature < LEAF):
        raise ModelCorruptError(f"'{file}' is not a whole set of trees")
