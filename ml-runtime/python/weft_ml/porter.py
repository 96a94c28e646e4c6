"""Writes models for others and takes theirs in, in an actor that ends with its one request."""

from __future__ import annotations

from pathlib import Path

import weft_ml_pb2 as pb

from weft_ml import wire
from weft_ml.errors import to_wire


class Porter:
    """Lives for one file: a foreign one must not harm anything else."""

    def export(self, request: bytes) -> bytes:
        """Writes a model as ONNX; a Reply."""
        from weft_ml.export import files

        message = pb.ExportModel.FromString(request)
        try:
            files.write(Path(message.folder), message.name, Path(message.target), message.transform)
        except Exception as failure:
            return pb.Reply(error=to_wire(failure)).SerializeToString()
        return pb.Reply(done=pb.Done()).SerializeToString()

    def take(self, request: bytes) -> bytes:
        """Makes a model of a file; a Reply."""
        from weft_ml import importing

        message = pb.ImportModel.FromString(request)
        try:
            taken = importing.take(Path(message.source), Path(message.folder))
        except Exception as failure:
            return pb.Reply(error=to_wire(failure)).SerializeToString()
        return pb.Reply(imported=wire.imported(taken)).SerializeToString()
