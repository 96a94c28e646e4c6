"""Predictions as the columns that PREDICT adds."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa

from weft_ml.arrays import Floats
from weft_ml.labels import Classes
from weft_ml.metrics import chosen
from weft_ml.signature import Task
from weft_ml.spark_types import arrow_type
from weft_ml.store import Model


class Answers:
    """Turns a table of features into a batch of answers with as many rows."""

    def __init__(self, model: Model) -> None:
        self._model = model
        label = model.signature.label
        if model.signature.task is Task.CLUSTERING:
            self.schema = pa.schema([("cluster", pa.int32()), ("distance", pa.float64())])
            return
        if model.classes is None:
            self.schema = pa.schema([(f"{label}_pred", pa.float64())])
            return
        kind = arrow_type(model.signature.label_type)
        self._values = _values(model.classes, kind)
        self.schema = pa.schema(
            [
                (f"{label}_pred", kind),
                (f"{label}_prob", pa.float64()),
                (f"{label}_probs", pa.map_(kind, pa.float64())),
            ]
        )

    def answer(self, table: pa.Table) -> pa.RecordBatch:
        """The answers, in the order of the rows."""
        if table.num_rows == 0:
            return pa.RecordBatch.from_pylist([], schema=self.schema)
        found = self._model.fitted.predict(table)
        return pa.RecordBatch.from_arrays(self._columns(found), schema=self.schema)

    def _columns(self, found: Floats) -> list[pa.Array]:
        if self._model.signature.task is Task.CLUSTERING:
            return [pa.array(found[:, 0].astype(np.int32)), pa.array(found[:, 1])]
        return [pa.array(found)] if self._model.classes is None else self._classified(found)

    def _classified(self, probs: Floats) -> list[pa.Array]:
        rows, count = probs.shape
        best = chosen(probs, self._model.threshold)
        shown = probs[:, 1] if count == 2 else probs[np.arange(rows), best]
        offsets = pa.array(np.arange(0, (rows + 1) * count, count, dtype=np.int32))
        keys = self._values.take(pa.array(np.tile(np.arange(count), rows)))
        maps = pa.MapArray.from_arrays(offsets, keys, pa.array(probs.reshape(-1)))
        return [self._values.take(pa.array(best)), pa.array(shown), maps]


def _values(classes: Classes, kind: pa.DataType) -> pa.Array:
    if pa.types.is_decimal(kind):
        return pa.array([Decimal(str(v)) for v in classes.values]).cast(kind)
    return pa.array(classes.values).cast(kind)
