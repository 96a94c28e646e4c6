"""The service: takes control messages from one JVM and ends when that JVM does."""

from __future__ import annotations

import base64
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.flight as flight
import weft_ml_pb2 as pb

from weft_ml import reaper
from weft_ml.cluster import prepare_environment
from weft_ml.errors import RuntimeFailedError, to_wire
from weft_ml.flight_auth import guarded
from weft_ml.settings import HOST, PROTOCOL, Settings
from weft_ml.versions import versions

if TYPE_CHECKING:
    from weft_ml.fleet import Fleet
    from weft_ml.python_fleet import PythonFleet

SECONDS_TO_STOP = 5.0


class ControlServer(flight.FlightServerBase):
    """Answers the actions of ``weft_ml.proto``; errors are answers too."""

    def __init__(
        self, token: str, fleet: Fleet, python: PythonFleet, ended: threading.Event
    ) -> None:
        super().__init__(f"grpc://{HOST}:0", middleware=guarded(token))
        self._fleet = fleet
        self._python = python
        self._ended = ended
        self._versions = versions()
        self._actions: dict[str, Callable[[bytes], pb.Reply]] = {
            "handshake": lambda body: self._handshake(pb.Handshake.FromString(body)),
            "begin_upload": lambda body: fleet.begin_upload(pb.BeginUpload.FromString(body)),
            "renew": lambda body: fleet.renew(pb.Renew.FromString(body)),
            "commit_upload": lambda body: fleet.commit_upload(pb.CommitUpload.FromString(body)),
            "cancel": lambda body: fleet.cancel(pb.Cancel.FromString(body)),
            "open_model": lambda body: fleet.open_model(pb.OpenModel.FromString(body)),
            "export_model": lambda body: fleet.export_model(pb.ExportModel.FromString(body)),
            "import_model": lambda body: fleet.import_model(pb.ImportModel.FromString(body)),
            "stats": lambda body: fleet.stats(),
        }

    def do_action(self, context: Any, action: Any) -> Iterator[flight.Result]:
        """One reply, or the events of a training."""
        try:
            for reply in self._replies(action.type, action.body.to_pybytes()):
                yield flight.Result(reply)
        except Exception as failure:
            yield flight.Result(pb.Reply(error=to_wire(failure)).SerializeToString())

    def _replies(self, name: str, body: bytes) -> Iterator[bytes]:
        python = self._python.replies(name, body)
        if python is not None:
            yield from python
        elif name == "train":
            yield from self._fleet.train(pb.Train.FromString(body))
        elif name in self._actions:
            yield self._actions[name](body).SerializeToString()
        else:
            raise RuntimeFailedError(f"does not know the action '{name}'")

    def _handshake(self, request: pb.Handshake) -> pb.Reply:
        if request.protocol != PROTOCOL:
            raise RuntimeFailedError(
                f"speaks protocol {PROTOCOL}, and Weft speaks {request.protocol}; build both anew"
            )
        if self._ended.is_set():
            raise RuntimeFailedError("is ending")
        return pb.Reply(hello=pb.Hello(protocol=PROTOCOL, versions=self._versions))


def main() -> None:
    """Reads its settings, says where it listens, starts Ray, and waits for its end."""
    ended = threading.Event()
    settings = _settings(sys.stdin.readline())
    # A group of its own, so that Ctrl-C in a terminal cancels a statement and not the runtime.
    if os.getpgid(0) != os.getpid():
        os.setsid()
    reaping = reaper.start(settings.folder)
    prepare_environment(settings)
    # Ray reads its environment when it is imported.
    from weft_ml.actors import Cluster
    from weft_ml.fleet import Fleet
    from weft_ml.python_fleet import PythonFleet

    cluster = Cluster(settings)
    server = ControlServer(settings.token, Fleet(cluster), PythonFleet(cluster), ended)
    _announce(server.port)
    threading.Thread(target=_watch_input, args=(ended,), daemon=True).start()
    cluster.start()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    ended.wait()
    _end_after(SECONDS_TO_STOP)
    cluster.stop()
    # The end of this process closes the reaper's input.
    reaping.poll()
    os._exit(0)


def _settings(line: str) -> Settings:
    start = pb.Start.FromString(base64.b64decode(line))
    if start.protocol != PROTOCOL:
        sys.exit(f"the service speaks protocol {PROTOCOL}, and Weft speaks {start.protocol}")
    return Settings(
        token=start.token,
        folder=Path(start.folder),
        object_store_bytes=start.object_store_bytes,
        ray_address=start.ray_address,
        ray_token_file=start.ray_token_file,
    )


def _announce(port: int) -> None:
    ready = pb.Ready(protocol=PROTOCOL, port=port).SerializeToString()
    sys.stdout.write(f"ready {base64.b64encode(ready).decode()}\n")
    sys.stdout.flush()
    # Whatever prints from here on belongs into the log; nobody reads our standard output any more.
    os.dup2(2, 1)


def _watch_input(ended: threading.Event) -> None:
    while sys.stdin.readline():
        pass
    ended.set()
    _end_after(2 * SECONDS_TO_STOP)


def _end_after(seconds: float) -> None:
    """Ends even when Ray hangs; the reaper ends Ray then."""
    timer = threading.Timer(seconds, os._exit, args=(0,))
    timer.daemon = True
    timer.start()


if __name__ == "__main__":
    main()
