"""Whether scikit-learn's optimisers came to their end, which they tell by a warning."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TypeVar

from sklearn.exceptions import ConvergenceWarning

from weft_ml.algorithms import linear

T = TypeVar("T")


def watched(library: str, fit: Callable[[], T]) -> tuple[T, bool]:
    """Runs a fit as ``linear.run`` does; true where it was stopped before it had converged."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = linear.run(library, fit)
    return found, any(issubclass(w.category, ConvergenceWarning) for w in caught)


def doubts(stopped: bool, when: str = "", advice: str = "a larger max_iter") -> tuple[str, ...]:
    """What to warn of."""
    return (f"training had not converged{when}; set {advice}",) if stopped else ()
