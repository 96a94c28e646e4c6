"""The actors that run users' code: some for each program, one for each run over whole tables."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator

import weft_ml_pb2 as pb

from weft_ml import replacing
from weft_ml.actor_handles import PythonHandle
from weft_ml.actors import Cluster
from weft_ml.errors import RuntimeFailedError, WeftError, to_wire

MOST_IDLE_PROGRAMS = 4
# What was opened just now may be waiting for its first task.
SECONDS_TO_BE_USED = 60.0


class PythonFleet:
    """Gives out actors, keeps warm ones and ends those that nobody needs."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._token = secrets.token_hex(32)
        self._lock = threading.Lock()
        self._programs: OrderedDict[str, list[PythonHandle]] = OrderedDict()
        self._held: set[str] = set()
        self._opened: dict[str, float] = {}
        self._opening: dict[str, threading.Lock] = {}
        self._lost: dict[str, str] = {}

    def replies(self, name: str, body: bytes) -> Iterator[bytes] | None:
        """The replies to an action for Python; None for another action."""
        match name:
            case "open_python":
                return self._one(lambda: self._open(pb.OpenPython.FromString(body)))
            case "run_python":
                return self._run(pb.RunPython.FromString(body))
            case "release_python":
                return self._one(lambda: self._release(pb.ReleasePython.FromString(body)))
        return None

    def _one(self, work: Callable[[], pb.PythonReply]) -> Iterator[bytes]:
        try:
            yield work().SerializeToString()
        except WeftError as failure:
            yield pb.PythonReply(error=to_wire(failure)).SerializeToString()

    def _open(self, request: pb.OpenPython) -> pb.PythonReply:
        key = request.key
        with self._lock:
            opening = self._opening.setdefault(key, threading.Lock())
        with opening:
            with self._lock:
                known = self._programs.pop(key, [])
            states = [(handle, handle.lost()) for handle in known]
            alive = [handle for handle, lost in states if lost is None]
            self._lost[key] = next((lost for _, lost in states if lost), self._lost.get(key, ""))
            lacking = max(1, request.workers) - len(alive)
            code = request.code.SerializeToString()

            def start() -> PythonHandle:
                return self._cluster.python(self._token, code)

            handles = [*alive, *(start() for _ in range(lacking))]
            found = [replacing.used(handle, start, self._endpoint) for handle in handles]
            with self._lock:
                self._programs[key] = [handle for handle, _ in found]
                self._opened[key] = time.monotonic()
        self._end_idle(key)
        endpoints = [replacing.told(endpoint, self._lost.get(key, "")) for _, endpoint in found]
        return pb.PythonReply(endpoints=pb.Endpoints(endpoints=endpoints))

    def _endpoint(self, handle: PythonHandle) -> pb.Endpoint:
        return pb.Endpoint(host=handle.host(), port=handle.port(), token=self._token)

    def _run(self, request: pb.RunPython) -> Iterator[bytes]:
        with self._lock:
            handles = self._programs.get(request.key, [])
            self._held.add(request.key)
        try:
            if not handles:
                raise RuntimeFailedError(f"has no program '{request.key}'")
            yield from handles[0].run(request.SerializeToString())
        except WeftError as failure:
            yield pb.PythonReply(error=to_wire(failure)).SerializeToString()

    def _release(self, request: pb.ReleasePython) -> pb.PythonReply:
        with self._lock:
            handles = self._programs.pop(request.key, [])
            self._held.discard(request.key)
            self._opened.pop(request.key, None)
            self._opening.pop(request.key, None)
            self._lost.pop(request.key, None)
        for handle in handles:
            handle.kill()
        return pb.PythonReply(done=pb.Done())

    def _end_idle(self, but: str) -> None:
        """Of the programs that hold no rows, a few stay warm."""
        with self._lock:
            long_ago = time.monotonic() - SECONDS_TO_BE_USED
            free = [
                key
                for key in self._programs
                if key not in self._held and key != but and self._opened[key] < long_ago
            ]
            old = {key: self._programs[key] for key in free[:-MOST_IDLE_PROGRAMS]}
        for key, handles in old.items():
            if all(handle.idle() for handle in handles):
                with self._lock:
                    self._programs.pop(key, None)
                    self._opened.pop(key, None)
                    self._lost.pop(key, None)
                for handle in handles:
                    handle.kill()
