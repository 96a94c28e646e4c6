"""The edge to Ray, and the only file that imports it: starting it, actors, and why they died."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import ray
from ray.exceptions import GetTimeoutError, RayActorError, RayError, RayTaskError

from weft_ml import listeners
from weft_ml.cluster import LOOPBACK, check, host, init_arguments
from weft_ml.coordinator import Block, Coordinator, DataSet
from weft_ml.errors import (
    PythonFailedError,
    RuntimeFailedError,
    TrainingFailedError,
    WeftError,
    last_line,
)
from weft_ml.gateway import Gateway
from weft_ml.porter import Porter
from weft_ml.predictor import Predictor
from weft_ml.python_worker import PythonWorker
from weft_ml.settings import HOST, Settings
from weft_ml.staging import Key
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
SECONDS_TO_NOTICE_A_LOSS = 3.0
SECONDS_TO_MEET = 5.0
SECONDS_BETWEEN_SWEEPS = 1.0
MOST_BLOCKS_AT_ONCE = 32
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
            return self._gathered(members, streams, report)
        except RayActorError as failure:
            raise TrainingFailedError(
                f"one of the {self.size} workers was lost: {_why_it_died(failure)}", retryable=True
            ) from None
        finally:
            for member in members:
                ray.kill(member)

    def _gathered(self, members: list[Any], streams: list[Any], report: Report) -> list[Any]:
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
                        _tell_of_a_loss(members)
                        raise event.failure
                    given[place] = event.value
                    del open_streams[place]
                elif place == 0:
                    report(event)
        return given


def _tell_of_a_loss(members: list[Any]) -> None:
    """Raises what killed a member: where one is gone, others fail for want of it."""
    answers = [member.pid.remote() for member in members]
    ready, _ = ray.wait(answers, num_returns=len(answers), timeout=SECONDS_TO_NOTICE_A_LOSS)
    ray.get(ready)


class TeamTrainer(Trainer):
    """A trainer that can have a team."""

    def team(self, workers: int) -> ActorTeam:
        """Actors beside this one."""
        return ActorTeam(workers)

    def fetch(self, reference: Any) -> Any:
        """The rows of a block, where they are as far as they are here."""
        try:
            return ray.get(reference)
        except RayError as failure:
            raise TrainingFailedError(
                f"uploaded rows were lost ({last_line(failure)}); run it again", retryable=True
            ) from None


class ActorCoordinator(Coordinator):
    """Owns what it has fetched: Ray keeps the answer of a method for whoever has called it."""

    def __init__(self) -> None:
        super().__init__()
        threading.Thread(target=self._sweep, daemon=True).start()

    def pid(self) -> int:
        """Its process id."""
        return os.getpid()

    def take(self, gateway: Any, upload: str, key: Key, number: int, ticket: str) -> None:
        """Fetches a block; it is in the object store when this returns."""
        self.renew(upload)
        reference = gateway.block.remote(ticket)
        table = ray.get(reference, timeout=SECONDS_TO_ANSWER)
        self.keep(upload, key, number, Block(reference, table.num_rows, table.nbytes))

    def _sweep(self) -> None:
        while True:
            time.sleep(SECONDS_BETWEEN_SWEEPS)
            self.sweep()


class ActorKeeper:
    """The coordinator as a gateway sees it."""

    def __init__(self, coordinator: Any, gateway: Any) -> None:
        self._coordinator = coordinator
        self._gateway = gateway

    def take(self, upload: str, key: Key, number: int, ticket: str) -> None:
        """Lets it fetch a block."""
        _told(self._coordinator.take.remote(self._gateway, upload, key, number, ticket))

    def end(self, upload: str, key: Key, rows: int, schema: bytes) -> None:
        """Says that an attempt is whole."""
        _told(self._coordinator.end.remote(upload, key, rows, schema))

    def forget(self, upload: str, key: Key) -> None:
        """Says that an attempt was given up; nothing hangs on the answer."""
        self._coordinator.forget.remote(upload, key)


class ActorGateway(Gateway):
    """A gateway whose blocks a coordinator fetches."""

    def __init__(self, token: str, coordinator: Any, host: str = HOST) -> None:
        own = ray.get_runtime_context().current_actor
        super().__init__(token, ActorKeeper(coordinator, own), host)


class NodeGateway(ActorGateway):
    """A gateway that others reach at the address of its node."""

    def __init__(self, token: str, coordinator: Any) -> None:
        super().__init__(token, coordinator, ray.util.get_node_ip_address())


TrainerActor = ray.remote(TeamTrainer)
CoordinatorActor = ray.remote(ActorCoordinator)
GatewayActor = ray.remote(ActorGateway)
NodeGatewayActor = ray.remote(NodeGateway)


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

    def coordinator(self) -> CoordinatorHandle:
        """A new actor that owns uploaded rows; returns at once."""
        self.wait()
        options = {"num_cpus": 0, "max_concurrency": MOST_BLOCKS_AT_ONCE}
        return CoordinatorHandle(CoordinatorActor.options(**options).remote())

    def gateway(self, token: str, coordinator: CoordinatorHandle) -> GatewayHandle:
        """A new actor that takes rows."""
        self.wait()
        kind = NodeGatewayActor if self._settings.ray_address else GatewayActor
        actor = kind.options(num_cpus=0).remote(token, coordinator.actor)
        handle = GatewayHandle(actor, self._is_here())
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
            # LightGBM's workers listen everywhere for the moment in which they meet.
            time.sleep(SECONDS_TO_MEET)
            found = sorted({*found} & {*listeners.exposed(os.getpid())})
        if found:
            raise RuntimeFailedError(
                f"would be reachable from other machines at {', '.join(found)} and was stopped"
            )


class TrainerHandle:
    """A trainer as the service sees it."""

    def __init__(self, actor: Any, gpus: float) -> None:
        self._actor = actor
        self.gpus = gpus
        self.pid = 0

    def prepare(self, algorithm: str) -> None:
        """Lets it import a library while rows are on their way."""
        self._actor.prepare.remote(algorithm)

    def learn_pid(self) -> None:
        """Asks for its process id, which it cannot tell while it trains."""
        self.pid = _get(self._actor.pid.remote())

    def train(self, request: bytes, sets: dict[str, DataSet], store_bytes: int) -> Iterator[bytes]:
        """Events as they come; an actor that dies is TRAINING_FAILED."""
        try:
            method = self._actor.train.options(num_returns="streaming")
            for event in method.remote(request, sets, store_bytes):
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


class CoordinatorHandle:
    """The coordinator as the service sees it."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor

    def begin(self, upload: str, seconds: float) -> None:
        """Makes room for an upload."""
        _told(self.actor.begin.remote(upload, seconds))

    def renew(self, upload: str) -> None:
        """Its driver lives."""
        _told(self.actor.renew.remote(upload))

    def commit(self, upload: str, dataset: str, counts: dict[Key, int]) -> DataSet:
        """What was chosen."""
        found: DataSet = _told(self.actor.commit.remote(upload, dataset, counts))
        return found

    def committed(self, upload: str) -> dict[str, DataSet]:
        """What was committed, by name."""
        found: dict[str, DataSet] = _told(self.actor.committed.remote(upload))
        return found

    def drop(self, upload: str) -> None:
        """Forgets an upload, soon."""
        self.actor.drop.remote(upload)

    def held(self) -> tuple[int, int, int]:
        """How many uploads, blocks and bytes it has."""
        found: tuple[int, int, int] = _told(self.actor.held.remote())
        return found

    def pid(self) -> int:
        """Its process id."""
        found: int = _get(self.actor.pid.remote())
        return found

    def alive(self) -> bool:
        """Whether it answers."""
        return _alive(self.actor)


class GatewayHandle:
    """A gateway as the service sees it."""

    def __init__(self, actor: Any, here: bool) -> None:
        self._actor = actor
        self._here = here
        self.host, self.port, self.pid = _get(actor.place.remote())

    def alive(self) -> bool:
        """Whether it answers."""
        return _alive(self._actor)

    def kill(self) -> None:
        """Ends it at once; Ray alone would wait for one that is stopped."""
        ray.kill(self._actor)
        if self._here:
            with contextlib.suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)


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


def _told(reference: Any) -> Any:
    """What the coordinator answers; its own errors come as they are."""
    try:
        return ray.get(reference, timeout=SECONDS_TO_ANSWER)
    except RayTaskError as failure:
        cause = failure.cause
        if isinstance(cause, WeftError) and not isinstance(cause, RayError):
            raise cause from None
        raise TrainingFailedError(
            f"rows could not be kept ({last_line(failure)}); run it again", retryable=True
        ) from None
    except GetTimeoutError:
        raise TrainingFailedError(
            f"Ray's object store took no rows within {SECONDS_TO_ANSWER:.0f} s; run it again",
            retryable=True,
        ) from None
    except RayError as failure:
        raise TrainingFailedError(
            f"the uploaded rows were lost: {_why_it_died(failure)}", retryable=True
        ) from None


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
