"""The edge to Ray, and the only file that imports it: starting it, actors, and why they died."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import threading
from collections.abc import Iterator
from typing import Any

import ray
from ray.exceptions import GetTimeoutError, RayActorError, RayError

from weft_ml import listeners
from weft_ml.cluster import LOOPBACK, check, host, init_arguments
from weft_ml.errors import (
    PythonFailedError,
    RuntimeFailedError,
    TrainingFailedError,
    last_line,
)
from weft_ml.porter import Porter
from weft_ml.predictor import Predictor
from weft_ml.python_worker import PythonWorker
from weft_ml.settings import Settings
from weft_ml.start_failure import explained
from weft_ml.team import Done, Member, Report, Share
from weft_ml.trainer import Trainer


class NodePredictor(Predictor):
    """A predictor that others reach at the address of its node."""

    def __init__(self, token: str) -> None:
        super().__init__(token, ray.util.get_node_ip_address())


class NodePythonWorker(PythonWorker):
    """A worker that others reach at the address of its node."""

    def __init__(self, token: str, code: bytes) -> None:
        super().__init__(token, code, ray.util.get_node_ip_address())


MemberActor = ray.remote(Member)
PorterActor = ray.remote(Porter)
PredictorActor = ray.remote(Predictor)
NodePredictorActor = ray.remote(NodePredictor)
PythonActor = ray.remote(PythonWorker)
NodePythonActor = ray.remote(NodePythonWorker)

SECONDS_TO_START = 60.0
SECONDS_TO_ANSWER = 60.0
# An actor's own methods are quick; one that is stopped or hangs is replaced.
SECONDS_TO_SHOW_LIFE = 10.0
SECONDS_TO_PORT = 600.0
SECONDS_BETWEEN_LOOKS = 0.05
GUESSES = re.compile("common causes|potential root causes")


class ActorTeam:
    """Members that live for one function; they end with it, and with the actor that has them."""

    def __init__(self, size: int) -> None:
        self.size = size

    def work(self, function: Share, parts: list[Any], report: Report) -> list[Any]:
        """What the function gives for each part; a member that dies fails all."""
        members: list[Any] = [MemberActor.options(num_cpus=0).remote() for _ in parts]
        try:
            streams = [
                member.work.options(num_returns="streaming").remote(function, part)
                for member, part in zip(members, parts, strict=True)
            ]
            return _gathered(streams, report)
        except RayActorError as failure:
            raise TrainingFailedError(
                f"one of the {self.size} workers was lost: {_why_it_died(failure)}", retryable=True
            ) from None
        finally:
            for member in members:
                ray.kill(member)


def _gathered(streams: list[Any], report: Report) -> list[Any]:
    """Takes events as they come, so that the first loss is noticed whoever it is."""
    given: list[Any] = [None] * len(streams)
    open_streams = dict(enumerate(streams))
    while open_streams:
        for place, stream in list(open_streams.items()):
            ready, _ = ray.wait([stream], timeout=SECONDS_BETWEEN_LOOKS, fetch_local=False)
            if not ready:
                continue
            event = ray.get(next(stream))
            if isinstance(event, Done):
                if event.failure is not None:
                    raise event.failure
                given[place] = event.value
                del open_streams[place]
            elif place == 0:
                report(event)
    return given


class TeamTrainer(Trainer):
    """A trainer that can have a team."""

    def team(self, workers: int) -> ActorTeam:
        """Actors beside this one."""
        return ActorTeam(workers)


class NodeTrainer(TeamTrainer):
    """A trainer that others reach at the address of its node."""

    def __init__(self, token: str) -> None:
        super().__init__(token, ray.util.get_node_ip_address())


TrainerActor = ray.remote(TeamTrainer)
NodeTrainerActor = ray.remote(NodeTrainer)


class Cluster:
    """Ray on this machine, or one that runs already; joined by the main thread only."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._done = threading.Event()
        self._failure: RuntimeFailedError | None = None

    def start(self) -> None:
        """Starts Ray, or joins it. Processes die with the thread that starts them: use main's."""
        try:
            if self._settings.ray_address:
                check(self._settings)
            ray.init(**init_arguments(self._settings))
            self._check_listeners()
        except RuntimeFailedError as failure:
            self._failure = failure
            ray.shutdown()
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
        ray.shutdown()

    def trainer(self, token: str, gpus: float) -> TrainerHandle:
        """A new actor that trains."""
        self.wait()
        there = ray.cluster_resources().get("GPU", 0.0)
        if gpus > there:
            raise TrainingFailedError(
                f"USING GPU {gpus:g} asks for more than the {there:g} this machine has"
            )
        kind = NodeTrainerActor if self._settings.ray_address else TrainerActor
        handle = TrainerHandle(kind.options(num_cpus=0, num_gpus=gpus).remote(token), gpus)
        self._check_listeners()
        return handle

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
        actor: Any = PorterActor.options(num_cpus=0).remote()
        try:
            answer: bytes = _get(getattr(actor, method).remote(request), SECONDS_TO_PORT)
            return answer
        finally:
            ray.kill(actor)

    def python(self, token: str, code: bytes) -> PythonHandle:
        """A new actor that runs a program; returns at once."""
        self.wait()
        kind = NodePythonActor if self._settings.ray_address else PythonActor
        return PythonHandle(kind.options(num_cpus=0).remote(token, code))

    def _check_listeners(self) -> None:
        if self._settings.ray_address and host(self._settings.ray_address) not in LOOPBACK:
            # Whoever runs that Ray has decided who reaches it.
            return
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
        self.host: str = _get(actor.host.remote())
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

    def __init__(self, actor: Any, here: bool) -> None:
        self._actor = actor
        self._here = here
        self._known_pid: int | None = None

    def load(self, request: bytes) -> bytes:
        """Loads a model; a Reply."""
        answer: bytes = _get(self._actor.load.remote(request))
        self._known_pid = self.pid()
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
        """Ends it at once; Ray alone would wait for one that is stopped."""
        ray.kill(self._actor)
        if self._here and self._known_pid is not None:
            with contextlib.suppress(OSError):
                os.kill(self._known_pid, signal.SIGKILL)


class PythonHandle:
    """A worker as the service sees it."""

    def __init__(self, actor: Any) -> None:
        self._actor = actor

    def host(self) -> str:
        """The address where it listens."""
        found: str = _get(self._actor.host.remote())
        return found

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
        ray.get(actor.pid.remote(), timeout=SECONDS_TO_SHOW_LIFE)
    except RayError:
        return False
    return True


def _get(reference: Any, seconds: float = SECONDS_TO_ANSWER) -> Any:
    try:
        return ray.get(reference, timeout=seconds)
    except GetTimeoutError:
        raise RuntimeFailedError(f"had no actor within {seconds:.0f} s") from None
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
