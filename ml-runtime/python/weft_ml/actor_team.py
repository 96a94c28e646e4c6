"""Actors that train, alone or together."""

from __future__ import annotations

from typing import Any

import ray
from ray.exceptions import RayActorError, RayError

from weft_ml.actor_calls import why_it_died
from weft_ml.actor_class import actor
from weft_ml.errors import TrainingFailedError, last_line
from weft_ml.team import Done, Member, Report, Share
from weft_ml.trainer import Trainer

MemberActor = actor(Member)

SECONDS_BETWEEN_LOOKS = 0.05
SECONDS_TO_NOTICE_A_LOSS = 3.0


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
                f"one of the {self.size} workers was lost: {why_it_died(failure)}", retryable=True
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


TrainerActor = actor(TeamTrainer)
