"""Actors that train, alone or together."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Any

import ray
from ray.exceptions import (
    ActorUnschedulableError,
    OutOfMemoryError,
    RayActorError,
    RayError,
)

from weft_ml.actor_calls import why_it_died
from weft_ml.actor_class import actor
from weft_ml.actor_placing import Placing
from weft_ml.errors import TrainingFailedError, WorkerLostError, last_line
from weft_ml.team import Done, Member, Place, Share, Team, Tell
from weft_ml.trainer import Trainer

SECONDS_TO_START = 60.0
SECONDS_BETWEEN_LOOKS = 0.05
SECONDS_BETWEEN_LOOKS_AT_PLACES = 1.0
SECONDS_TO_NOTICE_A_LOSS = 3.0


class NodeMember(Member):
    """A member that others reach at the address of its node."""

    def meet(self) -> Place:
        """Where that is."""
        return self.place(ray.util.get_node_ip_address())


MemberActor = actor(NodeMember)
# How Ray calls its process.
MEMBER_TITLE = f"ray::{NodeMember.__name__}"


class ActorTeam:
    """Members that live for one function; they end with it, and with the actor that has them."""

    def __init__(self, size: int, placing: Placing) -> None:
        self.size = size
        self.warnings: list[str] = []
        self._placing = placing
        self._members: list[Any] = []

    @property
    def host(self) -> str:
        """The address of this actor's node."""
        return str(ray.util.get_node_ip_address())

    def places(self) -> list[Place]:
        """Starts the members and asks them."""
        with self._losses():
            self._start()
            return list(ray.get([member.meet.remote() for member in self._members]))

    def work(self, function: Share, parts: list[Any], tell: Tell) -> list[Any]:
        """What the function gives for each part; a member that dies fails all."""
        try:
            with self._losses():
                self._start()
                streams = [
                    member.work.options(num_returns="streaming").remote(function, part)
                    for member, part in zip(self._members, parts, strict=True)
                ]
                return self._gathered(self._members, streams, tell)
        finally:
            self.end()

    def end(self) -> None:
        """Ends the members that there are."""
        members, self._members = self._members, []
        for member in members:
            ray.kill(member)

    def _start(self) -> None:
        while not self._members:
            self._placing.wait()
            options = [self._placing.options(rank) for rank in range(self.size)]
            self._members = [MemberActor.options(**given).remote() for given in options]
            if not self._started():
                self.end()

    def _started(self) -> bool:
        """Once all members are there; False where a place of theirs turns out to be gone.

        For some seconds Ray takes a node that has died for one that lives, and then waits for ever.
        """
        answers = [member.pid.remote() for member in self._members]
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            ready, missing = ray.wait(
                answers, num_returns=len(answers), timeout=SECONDS_BETWEEN_LOOKS_AT_PLACES
            )
            if self._placing.is_gone():
                return False
            ray.get(ready)
            if not missing:
                return True
        raise TrainingFailedError(
            f"the {self.size} workers did not start within {SECONDS_TO_START:.0f} s; see"
            " whether the nodes of Ray have memory and processes left, and run it again",
            retryable=True,
        )

    @contextlib.contextmanager
    def _losses(self) -> Iterator[None]:
        """Those who are left after a loss are of no use to the next ones."""
        try:
            yield
        except (RayActorError, OutOfMemoryError, ActorUnschedulableError) as failure:
            self.end()
            raise WorkerLostError(self.size, why_it_died(failure)) from None

    def _gathered(self, members: list[Any], streams: list[Any], tell: Tell) -> list[Any]:
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
                    tell(event)
        return given


def _tell_of_a_loss(members: list[Any]) -> None:
    """Raises what killed a member: where one is gone, others fail for want of it."""
    answers = [member.pid.remote() for member in members]
    ready, _ = ray.wait(answers, num_returns=len(answers), timeout=SECONDS_TO_NOTICE_A_LOSS)
    ray.get(ready)


class TeamTrainer(Trainer):
    """A trainer that can have a team."""

    @contextlib.contextmanager
    def team(self, workers: int, placing: Placing) -> Iterator[Team]:
        """Actors beside this one."""
        members = ActorTeam(workers, placing)
        try:
            yield members
        finally:
            members.end()

    def fetch(self, reference: Any) -> Any:
        """The rows of a block, where they are as far as they are here."""
        try:
            return ray.get(reference)
        except RayError as failure:
            raise TrainingFailedError(
                f"uploaded rows were lost ({last_line(failure)}); run it again", retryable=True
            ) from None


TrainerActor = actor(TeamTrainer)
