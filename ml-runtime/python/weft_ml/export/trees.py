"""Trees as the operator of ONNX that evaluates them in double precision."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from onnx import numpy_helper

from weft_ml.export.graph import ML, Graph

AT_MOST = 0
MEMBER = 6
SUM = 1


@dataclass
class Nodes:
    """Inner nodes and leaves of many trees, as the operator lists them."""

    roots: list[int] = field(default_factory=list)
    features: list[int] = field(default_factory=list)
    splits: list[float] = field(default_factory=list)
    modes: list[int] = field(default_factory=list)
    children: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    leaves: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    missing: list[int] = field(default_factory=list)
    members: list[float] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def inner(self, feature: int, split: float, missing: bool) -> int:
        """A node whose left side holds the numbers up to a split, and NaN where ``missing``."""
        self.features.append(feature)
        self.splits.append(split)
        self.modes.append(AT_MOST)
        self.missing.append(int(missing))
        for side in (0, 1):
            self.children[side].append(0)
            self.leaves[side].append(0)
        return len(self.features) - 1

    def among(self, feature: int, members: list[float], missing: bool = False) -> int:
        """A node whose left side holds the members of a set, and NaN where ``missing``."""
        place = self.inner(feature, 0.0, missing)
        self.modes[place] = MEMBER
        self.members += [*members, float("nan")]
        return place

    def leaf(self, target: int, weight: float) -> int:
        """A leaf that adds its weight to a target."""
        self.targets.append(target)
        self.weights.append(weight)
        return len(self.targets) - 1

    def link(self, node: int, side: int, child: int, leaf: bool) -> None:
        """Puts a node or leaf on the left (0) or right (1) of a node."""
        self.children[side][node] = child
        self.leaves[side][node] = int(leaf)

    def lone(self, leaf: int) -> None:
        """A tree that is nothing but a leaf, behind a node whose sides are the same."""
        node = self.inner(0, 0.0, False)
        self.roots.append(node)
        for side in (0, 1):
            self.link(node, side, leaf, True)

    def sums(self, graph: Graph, matrix: str, targets: int) -> str:
        """The sums of the weights of the leaves that each row ends in, one column per target."""
        attributes = {"membership_values": _doubles(self.members)} if self.members else {}
        return graph.add(
            "TreeEnsemble",
            matrix,
            domain=ML,
            n_targets=targets,
            aggregate_function=SUM,
            post_transform=0,
            tree_roots=self.roots,
            nodes_featureids=self.features,
            nodes_splits=_doubles(self.splits),
            nodes_modes=numpy_helper.from_array(np.asarray(self.modes, dtype=np.uint8)),
            nodes_truenodeids=self.children[0],
            nodes_trueleafs=self.leaves[0],
            nodes_falsenodeids=self.children[1],
            nodes_falseleafs=self.leaves[1],
            nodes_missing_value_tracks_true=self.missing,
            leaf_targetids=self.targets,
            leaf_weights=_doubles(self.weights),
            **attributes,
        )


def _doubles(values: list[float]) -> object:
    return numpy_helper.from_array(np.asarray(values, dtype=np.float64))
