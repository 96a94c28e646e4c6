"""The gateway: a Flight server that takes training rows and hands them over block by block.

It holds no more than a block or two of each stream: while the coordinator takes one, nothing is
read from the network, and Spark's task waits.
"""

from __future__ import annotations

import os
import threading
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.flight as flight
import weft_ml_pb2 as pb

from weft_ml import frames
from weft_ml.errors import TrainingFailedError, WeftError, to_wire
from weft_ml.flight_auth import guarded
from weft_ml.settings import HOST
from weft_ml.staging import Key

BLOCK_BYTES = 16 << 20


class Keeper(Protocol):
    """Who takes what the gateway got."""

    def take(self, upload: str, key: Key, number: int, ticket: str) -> None:
        """Fetches a block from the gateway; returns when it has it."""

    def end(self, upload: str, key: Key, rows: int, schema: bytes) -> None:
        """An attempt is whole."""

    def forget(self, upload: str, key: Key) -> None:
        """An attempt was given up."""


class Gateway:
    """Takes rows; lives in an actor of its own."""

    def __init__(self, token: str, keeper: Keeper, host: str = HOST) -> None:
        self._host = host
        self._lock = threading.Lock()
        self._ready: dict[str, pa.Table] = {}
        self._server = GatewayServer(token, keeper, self, host)

    def place(self) -> tuple[str, int, int]:
        """The address where it takes rows, and its process id."""
        return self._host, int(self._server.port), os.getpid()

    def pid(self) -> int:
        """Its process id."""
        return os.getpid()

    def block(self, ticket: str) -> pa.Table:
        """Gives a block away, once."""
        with self._lock:
            table = self._ready.pop(ticket, None)
        if table is None:
            raise TrainingFailedError("a block of rows is not there any more", retryable=True)
        return table

    def lay_out(self, ticket: str, table: pa.Table) -> None:
        """Makes a block ready to be fetched."""
        with self._lock:
            self._ready[ticket] = table

    def clear(self, ticket: str) -> None:
        """Drops a block that was not fetched."""
        with self._lock:
            self._ready.pop(ticket, None)


class GatewayServer(flight.FlightServerBase):
    """Takes DoPut streams of partitions."""

    def __init__(self, token: str, keeper: Keeper, gateway: Gateway, host: str = HOST) -> None:
        super().__init__(f"grpc://{host}:0", middleware=guarded(token))
        self._keeper = keeper
        self._gateway = gateway

    def do_put(self, context: Any, descriptor: Any, reader: Any, writer: Any) -> None:
        """Hands over a stream that ends with its counts; a cut one is forgotten."""
        put = pb.PutPartition.FromString(descriptor.command)
        stream = _Stream(self._keeper, self._gateway, put)
        try:
            receipt = stream.run(reader)
        except WeftError as failure:
            stream.give_up()
            writer.write(pb.PutReply(error=to_wire(failure)).SerializeToString())
        except BaseException:
            stream.give_up()
            raise
        else:
            writer.write(pb.PutReply(receipt=receipt).SerializeToString())


class _Stream:
    """One attempt at one partition."""

    def __init__(self, keeper: Keeper, gateway: Gateway, put: pb.PutPartition) -> None:
        self._keeper = keeper
        self._gateway = gateway
        self._upload = put.upload
        self._key = Key(put.dataset, put.partition, put.attempt)
        self._blocks = 0

    def run(self, reader: Any) -> pb.Receipt:
        """Takes everything; what it was."""
        held: list[pa.RecordBatch] = []
        count = rows = size = 0
        for batch in frames.batches(reader):
            held.append(batch)
            count += 1
            rows += batch.num_rows
            size += batch.nbytes
            if size >= BLOCK_BYTES:
                self._hand_over(held)
                held, size = [], 0
        if held:
            self._hand_over(held)
        self._keeper.end(self._upload, self._key, rows, reader.schema.serialize().to_pybytes())
        return pb.Receipt(
            partition=self._key.partition, attempt=self._key.attempt, rows=rows, batches=count
        )

    def give_up(self) -> None:
        """Forgets what was handed over."""
        self._keeper.forget(self._upload, self._key)

    def _hand_over(self, batches: list[pa.RecordBatch]) -> None:
        key = self._key
        ticket = f"{self._upload}/{key.dataset}/{key.partition}/{key.attempt}/{self._blocks}"
        self._gateway.lay_out(ticket, pa.Table.from_batches(batches))
        try:
            self._keeper.take(self._upload, key, self._blocks, ticket)
        finally:
            self._gateway.clear(ticket)
        self._blocks += 1
