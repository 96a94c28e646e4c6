"""The edge to Ray: starting it, and the actors in it. Only this module and actor_*.py import it."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from typing import Any

import ray

from weft_ml import listeners
from weft_ml.actor_calls import answer_of
from weft_ml.actor_class import actor
from weft_ml.actor_handles import PredictorHandle, PythonHandle, TrainerHandle
from weft_ml.actor_placing import Placing
from weft_ml.actor_team import MEMBER_TITLE, TrainerActor
from weft_ml.actor_uploads import (
    MOST_BLOCKS_AT_ONCE,
    CoordinatorActor,
    CoordinatorHandle,
    GatewayActor,
    GatewayHandle,
    NodeGatewayActor,
)
from weft_ml.cluster import LOOPBACK, check, host, init_arguments
from weft_ml.errors import RuntimeFailedError, TrainingFailedError, last_line
from weft_ml.node_watch import NodeWatch
from weft_ml.porter import Porter
from weft_ml.predictor import Predictor
from weft_ml.python_worker import PythonWorker
from weft_ml.settings import Settings
from weft_ml.start_failure import explained

SECONDS_TO_START = 60.0
SECONDS_TO_PORT = 600.0


class NodePredictor(Predictor):
    """A predictor that others reach at the address of its node."""

    def __init__(self, token: str) -> None:
        super().__init__(token, ray.util.get_node_ip_address())


class NodePythonWorker(PythonWorker):
    """A worker that others reach at the address of its node."""

    def __init__(self, token: str, code: bytes) -> None:
        super().__init__(token, code, ray.util.get_node_ip_address())


PorterActor = actor(Porter)
PredictorActor = actor(Predictor)
NodePredictorActor = actor(NodePredictor)
PythonActor = actor(PythonWorker)
NodePythonActor = actor(NodePythonWorker)


class Cluster:
    """Ray on this machine, or one that runs already; joined by the main thread only."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._done = threading.Event()
        self._failure: RuntimeFailedError | None = None
        self._watch: NodeWatch | None = None

    def start(self) -> None:
        """Starts Ray, or joins it. Processes die with the thread that starts them: use main's."""
        try:
            if self._settings.ray_address:
                check(self._settings)
            ray.init(**init_arguments(self._settings))
            node: Any = ray._private.worker._global_node
            self._watch = NodeWatch(node.raylet_socket_name)
            self._check_listeners()
        except RuntimeFailedError as failure:
            self._failure = failure
            self.stop()
        except Exception as failure:
            self._failure = self._explained(failure)
        finally:
            self._done.set()

    def wait(self) -> None:
        """Returns once Ray is there."""
        if not self._done.wait(SECONDS_TO_START):
            slow = TimeoutError(f"it took longer than {SECONDS_TO_START:.0f} s")
            raise self._explained(slow)
        if self._failure is not None:
            raise self._failure

    def _explained(self, failure: Exception) -> RuntimeFailedError:
        address = self._settings.ray_address
        if not address:
            return explained(failure, self._settings.folder)
        return RuntimeFailedError(
            f"could not join the Ray at '{address}' ({last_line(failure)}); it needs a node of that"
            " Ray on this machine, the same versions of Ray and Python, and its token in the file"
            " that WEFT_RAY_TOKEN_FILE names"
        )

    def stop(self) -> None:
        """Ends our Ray and all its processes, or our part in another's."""
        self._stop_watching()
        ray.shutdown()

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.stop()

    def check_gpus(self, gpus: float) -> None:
        """Refuses more than there are."""
        self.wait()
        there = ray.cluster_resources().get("GPU", 0.0)
        if gpus > there:
            raise TrainingFailedError(
                f"USING GPU {gpus:g} asks for more than the {there:g} this machine has"
            )

    def trainer(self, gpus: float) -> TrainerHandle:
        """A new actor that trains; returns at once."""
        self.check_gpus(gpus)
        return TrainerHandle(TrainerActor.options(num_cpus=0, num_gpus=gpus).remote(), gpus)

    @contextlib.contextmanager
    def placing(self, workers: int, gpus: float) -> Iterator[Placing | None]:
        """Where several workers run; held here, since of a trainer that dies Ray would keep it."""
        placing = Placing(workers, gpus) if workers > 1 else None
        try:
            yield placing
        finally:
            if placing is not None:
                placing.end()

    def coordinator(self) -> CoordinatorHandle:
        """A new actor that owns uploaded rows; returns at once."""
        self.wait()
        options = {"num_cpus": 0, "max_concurrency": MOST_BLOCKS_AT_ONCE}
        return CoordinatorHandle(CoordinatorActor.options(**options).remote())

    def gateway(self, token: str, coordinator: CoordinatorHandle) -> GatewayHandle:
        """A new actor that takes rows."""
        self.wait()
        kind = NodeGatewayActor if self._settings.ray_address else GatewayActor
        gateway = kind.options(num_cpus=0).remote(token, coordinator.actor)
        handle = GatewayHandle(gateway, self._is_here())
        self._check_listeners()
        return handle

    def store_bytes(self) -> int:
        """What the object store holds."""
        return int(ray.cluster_resources().get("object_store_memory", 0))

    def predictor(self, token: str) -> PredictorHandle:
        """A new actor that answers; returns at once."""
        self.wait()
        kind = NodePredictorActor if self._settings.ray_address else PredictorActor
        return PredictorHandle(kind.options(num_cpus=0).remote(token), self._is_here())

    def _is_here(self) -> bool:
        return not self._settings.ray_address

    def port(self, method: str, request: bytes) -> bytes:
        """Lets an actor of its own write a model for others or take one in; a Reply."""
        self.wait()
        porter: Any = PorterActor.options(num_cpus=0).remote()
        try:
            answer: bytes = answer_of(getattr(porter, method).remote(request), SECONDS_TO_PORT)
            return answer
        finally:
            ray.kill(porter)

    def python(self, token: str, code: bytes) -> PythonHandle:
        """A new actor that runs a program; returns at once."""
        self.wait()
        kind = NodePythonActor if self._settings.ray_address else PythonActor
        return PythonHandle(kind.options(num_cpus=0).remote(token, code))

    def _check_listeners(self) -> None:
        if self._settings.ray_address and host(self._settings.ray_address) not in LOOPBACK:
            # Whoever runs that Ray has decided who reaches it.
            return
        # LightGBM's workers listen everywhere while they meet, XGBoost's as long as they train.
        found = listeners.exposed(os.getpid(), besides=MEMBER_TITLE)
        if found:
            raise RuntimeFailedError(
                f"would be reachable from other machines at {', '.join(found)} and was stopped"
            )
