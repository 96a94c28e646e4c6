"""Actors that train, answer and run users' code, as the service sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ray
from ray.exceptions import OutOfMemoryError, RayActorError, RayError

from weft_ml.actor_calls import alive, answer_of, end, idle, lost, why_it_died
from weft_ml.actor_placing import Placing
from weft_ml.coordinator import DataSet
from weft_ml.errors import PythonFailedError, TrainingFailedError, last_line


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
        self.pid = answer_of(self._actor.pid.remote())

    def train(
        self,
        request: bytes,
        sets: dict[str, DataSet],
        store_bytes: int,
        placing: Placing | None = None,
    ) -> Iterator[bytes]:
        """Events as they come; an actor that dies is TRAINING_FAILED."""
        try:
            method = self._actor.train.options(num_returns="streaming")
            for event in method.remote(request, sets, store_bytes, placing):
                yield ray.get(event)
        except (RayActorError, OutOfMemoryError) as failure:
            raise TrainingFailedError(why_it_died(failure), retryable=True) from None
        except RayError as failure:
            raise TrainingFailedError(f"Ray failed: {last_line(failure)}") from None

    def alive(self) -> bool:
        """Whether it answers."""
        return alive(self._actor)

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
        answer: bytes = answer_of(self._actor.load.remote(request))
        self._known_pid = self.pid()
        return answer

    def pid(self) -> int:
        """Its process id."""
        found: int = answer_of(self._actor.pid.remote())
        return found

    def idle(self) -> bool:
        """Whether no stream is open, or it is dead."""
        return idle(self._actor)

    def alive(self) -> bool:
        """Whether it answers."""
        return alive(self._actor)

    def lost(self) -> str | None:
        """Why it does not answer; None where it does."""
        return lost(self._actor)

    def kill(self) -> None:
        """Ends it at once."""
        end(self._actor, self._known_pid if self._here else None)


class PythonHandle:
    """A worker as the service sees it."""

    def __init__(self, actor: Any) -> None:
        self._actor = actor

    def host(self) -> str:
        """The address where it listens."""
        found: str = answer_of(self._actor.host.remote())
        return found

    def port(self) -> int:
        """Where it listens."""
        found: int = answer_of(self._actor.port.remote())
        return found

    def run(self, request: bytes) -> Iterator[bytes]:
        """Events as they come; an actor that dies is PYTHON_FAILED."""
        try:
            for event in self._actor.run.options(num_returns="streaming").remote(request):
                yield ray.get(event)
        except (RayActorError, OutOfMemoryError) as failure:
            raise PythonFailedError(why_it_died(failure)) from None
        except RayError as failure:
            raise PythonFailedError(f"Ray failed: {last_line(failure)}") from None

    def idle(self) -> bool:
        """Whether nothing runs in it, or it is dead."""
        return idle(self._actor)

    def alive(self) -> bool:
        """Whether it answers."""
        return alive(self._actor)

    def lost(self) -> str | None:
        """Why it does not answer; None where it does."""
        return lost(self._actor)

    def kill(self) -> None:
        """Ends it at once."""
        ray.kill(self._actor)
