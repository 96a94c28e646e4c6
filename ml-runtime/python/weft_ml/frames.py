"""The frames of a DoPut: numbered batches, then their counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import weft_ml_pb2 as pb

from weft_ml.errors import TrainingFailedError

MOST_BATCH_BYTES = 512 << 20


def batches(reader: Any) -> Iterator[pa.RecordBatch]:
    """The batches in order; what is lost, doubled, cut or too large is an error."""
    rows = 0
    for count, chunk in enumerate(reader):
        if chunk.app_metadata is None:
            raise TrainingFailedError("a batch came without its number")
        frame = pb.Frame.FromString(chunk.app_metadata.to_pybytes())
        if frame.last:
            if (frame.batches, frame.rows) != (count, rows):
                raise TrainingFailedError(
                    f"{frame.rows} rows were sent and {rows} arrived", retryable=True
                )
            return
        if frame.sequence != count or frame.rows != chunk.data.num_rows:
            raise TrainingFailedError("a batch was lost or came twice", retryable=True)
        if chunk.data.nbytes > MOST_BATCH_BYTES:
            raise TrainingFailedError(
                f"a batch of {chunk.data.nbytes >> 20} MB is larger than the"
                f" {MOST_BATCH_BYTES >> 20} MB that one may have"
            )
        rows += chunk.data.num_rows
        yield chunk.data
    raise TrainingFailedError("a stream of rows was cut before its end", retryable=True)
