"""Actors that take and own uploaded rows, and how the service sees them."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

import ray

from weft_ml.actor_calls import SECONDS_TO_ANSWER, alive, answer_of, end, told
from weft_ml.actor_class import actor
from weft_ml.coordinator import Block, Coordinator, DataSet
from weft_ml.gateway import Gateway
from weft_ml.settings import HOST
from weft_ml.staging import Key

SECONDS_BETWEEN_SWEEPS = 1.0
MOST_BLOCKS_AT_ONCE = 32


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
        told(self._coordinator.take.remote(self._gateway, upload, key, number, ticket))

    def end(self, upload: str, key: Key, rows: int, schema: bytes) -> None:
        """Says that an attempt is whole."""
        told(self._coordinator.end.remote(upload, key, rows, schema))

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


CoordinatorActor = actor(ActorCoordinator)
GatewayActor = actor(ActorGateway)
NodeGatewayActor = actor(NodeGateway)


class CoordinatorHandle:
    """The coordinator as the service sees it."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor

    def begin(self, upload: str, seconds: float) -> None:
        """Makes room for an upload."""
        told(self.actor.begin.remote(upload, seconds))

    def renew(self, upload: str) -> None:
        """Its driver lives."""
        told(self.actor.renew.remote(upload))

    def commit(self, upload: str, dataset: str, counts: dict[Key, int]) -> DataSet:
        """What was chosen."""
        found: DataSet = told(self.actor.commit.remote(upload, dataset, counts))
        return found

    def committed(self, upload: str) -> dict[str, DataSet]:
        """What was committed, by name."""
        found: dict[str, DataSet] = told(self.actor.committed.remote(upload))
        return found

    def drop(self, upload: str) -> None:
        """Forgets an upload, soon."""
        self.actor.drop.remote(upload)

    def held(self) -> tuple[int, int, int]:
        """How many uploads, blocks and bytes it has."""
        found: tuple[int, int, int] = told(self.actor.held.remote())
        return found

    def pid(self) -> int:
        """Its process id."""
        found: int = answer_of(self.actor.pid.remote())
        return found

    def alive(self) -> bool:
        """Whether it answers."""
        return alive(self.actor)


class GatewayHandle:
    """A gateway as the service sees it."""

    def __init__(self, actor: Any, here: bool) -> None:
        self._actor = actor
        self._here = here
        self.host, self.port, self.pid = answer_of(actor.place.remote())

    def alive(self) -> bool:
        """Whether it answers."""
        return alive(self._actor)

    def kill(self) -> None:
        """Ends it at once."""
        end(self._actor, self.pid if self._here else None)
