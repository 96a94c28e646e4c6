"""Machines that each tell two of several classes apart, and what they say together."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from weft_ml.arrays import Floats, Ints


def pair_weights(dual: Floats, counts: Ints) -> Floats:
    """What each vector adds to the sum of each pair of classes, of shape [vectors, pairs].

    libsvm sorts its vectors by class, ``counts`` of each, and keeps for each vector one number
    for every other class: ``dual`` has the shape [classes - 1, vectors].
    """
    ends = np.concatenate([[0], np.cumsum(counts)])
    found = np.zeros((dual.shape[1], len(counts) * (len(counts) - 1) // 2))
    for place, (first, second) in enumerate(combinations(range(len(counts)), 2)):
        own = slice(ends[first], ends[first + 1])
        found[own, place] = dual[second - 1, own]
        other = slice(ends[second], ends[second + 1])
        found[other, place] = dual[first, other]
    return found


def sides(classes: int) -> tuple[Floats, Floats]:
    """Which class a pair's sum speaks for above 0 and below it, each of shape [pairs, classes]."""
    pairs = np.array(list(combinations(range(classes), 2)), dtype=np.int64)
    each = np.eye(classes)
    return each[pairs[:, 0]], each[pairs[:, 1]]


def one_against_one(sums: Floats, classes: int) -> Floats:
    """A value a class: how many pairs it wins, and between equals by how much (scikit-learn's)."""
    above, below = sides(classes)
    won = np.asarray(sums >= 0, dtype=np.float64)
    votes = won @ above + (1 - won) @ below
    margin = sums @ (above - below)
    return np.asarray(votes + margin / (3 * (np.abs(margin) + 1)))
