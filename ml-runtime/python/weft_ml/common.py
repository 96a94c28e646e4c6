"""The options that every algorithm has: how rows are split and weighed, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from weft_ml.algorithms.base import Options
from weft_ml.arrays import Floats, Ints
from weft_ml.errors import TrainingDataError
from weft_ml.labels import Classes

NAMES = (
    "split_method",
    "group_column",
    "time_column",
    "weight_column",
    "class_weight",
    "cv_folds",
    "threshold",
)
WEIGHT = "__weft_weight"
GROUP = "__weft_group"
TIME = "__weft_time"
EXTRA = (WEIGHT, GROUP, TIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """The values of these options."""

    method: str
    class_weight: str
    folds: int
    threshold: float | None

    @staticmethod
    def of(options: Options) -> Common:
        """Takes them out of all options; a column that is named says how to split."""
        implied = "grouped" if "group_column" in options else "random"
        implied = "time" if "time_column" in options else implied
        return Common(
            method=str(options.get("split_method", implied)),
            class_weight=str(options.get("class_weight", "")),
            folds=int(options.get("cv_folds", 0)),
            threshold=options.get("threshold"),
        )

    def refuse(self, classification: bool) -> None:
        """Says what does not go with the task."""
        wrong = ""
        if not classification and self.class_weight:
            wrong = "class_weight is for classification; leave it out, or use weight_column"
        elif not classification and self.method == "stratified":
            wrong = "split_method 'stratified' is for classification; write 'random'"
        elif not classification and self.threshold is not None:
            wrong = "threshold is for a label with two values; leave it out"
        elif self.folds == 1:
            wrong = "cv_folds is 1, and cross-validation takes at least 2; leave it out for none"
        if wrong:
            raise TrainingDataError(wrong)

    def refuse_classes(self, classes: Classes | None) -> None:
        """Says what does not go with the label's values."""
        if self.threshold is not None and classes is not None and not classes.binary:
            raise TrainingDataError("threshold is for a label with two values; leave it out")


def own(options: Options) -> dict[str, Any]:
    """The options that the algorithm itself knows."""
    return {name: value for name, value in options.items() if name not in NAMES}


def shared(options: Options) -> dict[str, Any]:
    """The others, as they were given."""
    return {name: value for name, value in options.items() if name in NAMES}


def weights(table: pa.Table, target: Ints | Floats, classes: Classes | None, text: str) -> Any:
    """One weight per row from its column and its class; None where all count the same."""
    found: Floats | None = None
    if WEIGHT in table.column_names:
        column = table.column(WEIGHT)
        found = np.asarray(pc.fill_null(column, -1.0).to_numpy(), dtype=np.float64)
        bad = int(np.sum(~(np.isfinite(found) & (found >= 0))))
        if bad or not found.sum() > 0:
            raise TrainingDataError(
                f"the weight_column has {bad} values that are null, negative or not finite"
                if bad
                else "the weight_column is 0 in all rows"
            )
    if text and classes is not None:
        each = _of_classes(classes, target.astype(np.int64), text)[target.astype(np.int64)]
        found = each if found is None else found * each
    return found


def _of_classes(classes: Classes, codes: Ints, text: str) -> Floats:
    """``balanced``, or weights by label as in ``yes: 5, no: 1``; a label left out counts 1."""
    if text == "balanced":
        counts = np.bincount(codes, minlength=len(classes))
        return np.asarray(len(codes) / (len(classes) * np.maximum(counts, 1)), dtype=np.float64)
    known = classes.texts()
    found = np.ones(len(classes))
    for part in text.split(","):
        label, colon, number = (piece.strip() for piece in part.rpartition(":"))
        if label not in known or not colon:
            raise TrainingDataError(
                f"class_weight has '{part.strip()}'; write balanced, or label: weight for some of"
                f" the labels {', '.join(known[:20])}"
            )
        try:
            found[known.index(label)] = float(number)
        except ValueError:
            raise TrainingDataError(f"class_weight has no number for '{label}'") from None
    if not (np.all(np.isfinite(found)) and np.all(found >= 0) and found.sum() > 0):
        raise TrainingDataError("class_weight takes numbers from 0, and not 0 for all labels")
    return found
