"""The predictor: a Flight server that answers batches with one model."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.flight as flight
import weft_ml_pb2 as pb

from weft_ml import store, wire
from weft_ml.answers import Answers
from weft_ml.errors import ModelCorruptError, PredictionFailedError, WeftError, last_line, to_wire
from weft_ml.flight_auth import guarded
from weft_ml.settings import HOST
from weft_ml.shared_memory import SharedBatches
from weft_ml.signature import Signature


class Predictor:
    """Loads one model version and answers with it; lives in an actor of its own."""

    def __init__(self, token: str, host: str = HOST) -> None:
        self._token = token
        self._host = host
        self._server: PredictorServer | None = None

    def load(self, request: bytes) -> bytes:
        """Loads the model; a Reply with the endpoint or an error."""
        try:
            message = pb.OpenModel.FromString(request)
            model = store.read(Path(message.folder))
            if model.signature != wire.signature(message.signature):
                raise ModelCorruptError("its files belong to another signature")
            self._server = PredictorServer(self._token, Answers(model), model.signature, self._host)
        except WeftError as failure:
            return pb.Reply(error=to_wire(failure)).SerializeToString()
        endpoint = pb.Endpoint(host=self._host, port=self._server.port, token=self._token)
        return pb.Reply(endpoints=pb.Endpoints(endpoints=[endpoint])).SerializeToString()

    def streams(self) -> int:
        """How many streams are open."""
        return 0 if self._server is None else self._server.streams

    def pid(self) -> int:
        """Its process id."""
        return os.getpid()


class PredictorServer(flight.FlightServerBase):
    """Answers DoExchange streams, batch by batch, in order."""

    def __init__(
        self, token: str, answers: Answers, signature: Signature, host: str = HOST
    ) -> None:
        super().__init__(f"grpc://{host}:0", middleware=guarded(token))
        self._answers = answers
        # Roughly right is enough: only a model without any is ended for another one.
        self.streams = 0
        self._types = {f.name: f.kind.arrow for f in signature.features}

    def do_exchange(self, context: Any, descriptor: Any, reader: Any, writer: Any) -> None:
        """One answer per batch with as many rows; an error is said and ends the stream."""
        writer.begin(self._answers.schema)
        self.streams += 1
        try:
            shared = SharedBatches()
            for sequence, chunk in enumerate(reader):
                try:
                    answer = self._answer(chunk, sequence, shared, reader.schema)
                except Exception as failure:
                    said = pb.Answer(sequence=sequence, error=_prediction_error(failure))
                    writer.write_metadata(said.SerializeToString())
                    return
                sharing, elsewhere = shared.answer(answer)
                said = pb.Answer(sequence=sequence, rows=answer.num_rows, sharing=sharing)
                if elsewhere:
                    writer.write_metadata(said.SerializeToString())
                else:
                    writer.write_with_metadata(answer, said.SerializeToString())
        finally:
            self.streams -= 1

    def _answer(
        self, chunk: Any, sequence: int, shared: SharedBatches, schema: pa.Schema
    ) -> pa.RecordBatch:
        frame = pb.Frame.FromString(chunk.app_metadata.to_pybytes())
        batch = shared.received(frame, chunk, schema)
        if frame.sequence != sequence or batch is None or frame.rows != batch.num_rows:
            raise PredictionFailedError("a batch was lost or came twice", retryable=True)
        table = pa.Table.from_batches([batch])
        for name, kind in self._types.items():
            if name not in table.column_names:
                raise PredictionFailedError(f"the rows lack the feature '{name}'")
            if table.schema.field(name).type != kind:
                raise PredictionFailedError(
                    f"the feature '{name}' came as {table.schema.field(name).type}, not {kind}"
                )
        return self._answers.answer(table)


def _prediction_error(failure: Exception) -> pb.Error:
    if isinstance(failure, WeftError):
        return to_wire(failure)
    return to_wire(PredictionFailedError(f"the model could not answer: {last_line(failure)}"))
