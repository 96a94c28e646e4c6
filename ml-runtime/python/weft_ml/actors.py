"""The edge to Ray, and the only file that imports it: starting it, actors, and why they died."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from typing import Any

import ray
from ray.exceptions import GetTimeoutError, RayActorError, RayError

from weft_ml import listeners
from weft_ml.cluster import init_arguments
from weft_ml.errors import (
    PythonFailedError,
    RuntimeFailedError,
    TrainingFailedError,
    last_line,
)
from weft_ml.predictor import Predictor
from weft_ml.python_worker import PythonWorker
from weft_ml.settings import Settings
from weft_ml.start_failure import explained
from weft_ml.trainer import Trainer

TrainerActor = ray.remote(Trainer)
PredictorActor = ray.remote(Predictor)
PythonActor = ray.remote(PythonWorker)

SECONDS_TO_START = 60.0
SECONDS_TO_ANSWER = 60.0
GUESSES = re.compile("common causes|potential root causes")


class Cluster:
    """Ray on this machine; started by the main thread, waited for by others."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._done = threading.Event()
        self._failure: RuntimeFailedError | None = None

    def start(self) -> None:
        """Starts Ray. Its processes die with the thread that starts them: call this on main."""
        try:
            ray.init(**init_arguments(self._settings))
            self._check_listeners()
        except RuntimeFailedError as failure:
            self._failure = failure
            ray.shutdown()
        except Exception as failure:
            self._failure = explained(failure, self._settings.folder)
        finally:
            self._done.set()

    def wait(self) -> None:
        """Returns once Ray is there."""
        if not self._done.wait(SECONDS_TO_START):
            slow = TimeoutError(f"it took longer than {SECONDS_TO_START:.0f} s")
            raise explained(slow, self._settings.folder)
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Ends Ray and all its processes."""
        ray.shutdown()

    def trainer(self, token: str, gpus: float) -> TrainerHandle:
        """A new actor that trains."""
        self.wait()
        there = ray.cluster_resources().get("GPU", 0.0)
        if gpus > there:
            raise TrainingFailedError(
                f"USING GPU {gpus:g} asks for more than the {there:g} this machine has"
            )
        actor = TrainerActor.options(num_cpus=0, num_gpus=gpus).remote(token)
        handle = TrainerHandle(actor, gpus)
        self._check_listeners()
        return handle

    def predictor(self, token: str) -> PredictorHandle:
        """A new actor that answers; returns at once."""
        self.wait()
        return PredictorHandle(PredictorActor.options(num_cpus=0).remote(token))

    def python(self, token: str, code: bytes) -> PythonHandle:
        """A new actor that runs a program; returns at once."""
        self.wait()
        return PythonHandle(PythonActor.options(num_cpus=0).remote(token, code))

    def _check_listeners(self) -> None:
        found = listeners.exposed(os.getpid())
        if found:
            raise RuntimeFailedError(
                f"would be reachable from other machines at {', '.join(found)} and was stopped"
            )


class TrainerHandle:
    """A trainer as the service sees it."""

    def __init__(self, actor: Any, gpus: float) -> None:
        self._actor = actor
        self.gpus = gpus
        self.port: int = _get(actor.port.remote())
        self.pid: int = _get(actor.pid.remote())

    def prepare(self, algorithm: str) -> None:
        """Lets it import a library while rows are on their way."""
        self._actor.prepare.remote(algorithm)

    def train(self, request: bytes) -> Iterator[bytes]:
        """Events as they come; an actor that dies is TRAINING_FAILED."""
        try:
            for event in self._actor.train.options(num_returns="streaming").remote(request):
                yield ray.get(event)
        except RayActorError as failure:
            raise TrainingFailedError(_why_it_died(failure), retryable=True) from None
        except RayError as failure:
            raise TrainingFailedError(f"Ray failed: {last_line(failure)}") from None

    def alive(self) -> bool:
        """Whether it answers."""
        return _alive(self._actor)

    def kill(self) -> None:
        """Ends it at once."""
        ray.kill(self._actor)


class PredictorHandle:
    """A predictor as the service sees it."""

    def __init__(self, actor: Any) -> None:
        self._actor = actor

    def load(self, request: bytes) -> bytes:
        """Loads a model; a Reply."""
        answer: bytes = _get(self._actor.load.remote(request))
        return answer

    def pid(self) -> int:
        """Its process id."""
        found: int = _get(self._actor.pid.remote())
        return found

    def idle(self) -> bool:
        """Whether no stream is open, or it is dead."""
        return _idle(self._actor)

    def alive(self) -> bool:
        """Whether it answers."""
        return _alive(self._actor)

    def kill(self) -> None:
        """Ends it at once."""
        ray.kill(self._actor)


class PythonHandle:
    """A worker as the service sees it."""

    def __init__(self, actor: Any) -> None:
        self._actor = actor

    def port(self) -> int:
        """Where it listens."""
        found: int = _get(self._actor.port.remote())
        return found

    def run(self, request: bytes) -> Iterator[bytes]:
        """Events as they come; an actor that dies is PYTHON_FAILED."""
        try:
            for event in self._actor.run.options(num_returns="streaming").remote(request):
                yield ray.get(event)
        except RayActorError as failure:
            raise PythonFailedError(_why_it_died(failure)) from None
        except RayError as failure:
            raise PythonFailedError(f"Ray failed: {last_line(failure)}") from None

    def idle(self) -> bool:
        """Whether nothing runs in it, or it is dead."""
        return _idle(self._actor)

    def alive(self) -> bool:
        """Whether it answers."""
        return _alive(self._actor)

    def kill(self) -> None:
        """Ends it at once."""
        ray.kill(self._actor)


def _idle(actor: Any) -> bool:
    try:
        return bool(ray.get(actor.streams.remote(), timeout=2) == 0)
    except RayActorError:
        return True
    except RayError:
        return False


def _alive(actor: Any) -> bool:
    try:
        ray.get(actor.pid.remote(), timeout=SECONDS_TO_ANSWER)
    except RayError:
        return False
    return True


def _get(reference: Any) -> Any:
    try:
        return ray.get(reference, timeout=SECONDS_TO_ANSWER)
    except GetTimeoutError:
        raise RuntimeFailedError(f"had no actor within {SECONDS_TO_ANSWER:.0f} s") from None
    except RayError as failure:
        raise RuntimeFailedError(f"lost an actor: {_why_it_died(failure)}") from None


def _why_it_died(failure: RayError) -> str:
    # Ray lists what may have been, the system's lack of memory among it, where it does not know.
    known, *guesses = GUESSES.split(str(failure))
    if "OOM" in known or "memory monitor" in known or "out of memory" in known.lower():
        return (
            "the actor was ended because the machine ran out of memory; use fewer rows or columns,"
            " or give Spark less memory"
        )
    if guesses or "SIGKILL" in known:
        return "the actor was killed (SIGKILL), by somebody or for lack of memory; run it again"
    return "the actor died; run it again, and see the runtime's log if it dies again"
