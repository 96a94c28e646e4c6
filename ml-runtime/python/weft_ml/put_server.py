"""A Flight server that keeps the rows it takes, in the actor that works on them."""

from __future__ import annotations

from typing import Any

import pyarrow.flight as flight
import weft_ml_pb2 as pb

from weft_ml import frames
from weft_ml.errors import WeftError, to_wire
from weft_ml.flight_auth import guarded
from weft_ml.settings import HOST
from weft_ml.staging import Key, Staged, Staging


class PutServer(flight.FlightServerBase):
    """Takes DoPut streams of partitions."""

    def __init__(self, token: str, staging: Staging, host: str = HOST) -> None:
        super().__init__(f"grpc://{host}:0", middleware=guarded(token))
        self._staging = staging

    def do_put(self, context: Any, descriptor: Any, reader: Any, writer: Any) -> None:
        """Stages a stream that ends with its counts; a cut one is forgotten."""
        put = pb.PutPartition.FromString(descriptor.command)
        try:
            batches = tuple(frames.batches(reader))
        except WeftError as failure:
            writer.write(pb.PutReply(error=to_wire(failure)).SerializeToString())
            return
        staged = Staged(reader.schema, batches)
        self._staging.put(Key(put.dataset, put.partition, put.attempt), staged)
        receipt = pb.Receipt(
            partition=put.partition,
            attempt=put.attempt,
            rows=staged.rows,
            batches=len(staged.batches),
        )
        writer.write(pb.PutReply(receipt=receipt).SerializeToString())
