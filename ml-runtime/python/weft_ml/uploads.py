"""Where training rows are: one coordinator and one gateway for all uploads of a runtime."""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING

import weft_ml_pb2 as pb

from weft_ml import replacing
from weft_ml.coordinator import LEASE_SECONDS, MOST_LEASE_SECONDS, DataSet
from weft_ml.errors import TrainingFailedError
from weft_ml.staging import Key

if TYPE_CHECKING:
    from weft_ml.actor_uploads import CoordinatorHandle, GatewayHandle
    from weft_ml.actors import Cluster


class Uploads:
    """Starts the two actors on first need, and replaces those that have died."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._token = secrets.token_hex(32)
        self._lock = threading.Lock()
        self._coordinator: CoordinatorHandle | None = None
        self._gateway: GatewayHandle | None = None

    def begin(self, upload: str, seconds: int) -> pb.Endpoint:
        """Where to send the rows of an upload now."""
        coordinator, gateway = replacing.asked(self._living)
        coordinator.begin(upload, min(seconds or LEASE_SECONDS, MOST_LEASE_SECONDS))
        return pb.Endpoint(host=gateway.host, port=gateway.port, token=self._token)

    def _living(self) -> tuple[CoordinatorHandle, GatewayHandle]:
        with self._lock:
            coordinator = self._living_coordinator()
            return coordinator, self._living_gateway(coordinator)

    def renew(self, upload: str) -> None:
        """The driver of an upload lives."""
        self._known().renew(upload)

    def commit(self, request: pb.CommitUpload) -> pb.Reply:
        """The attempts that count."""
        name = request.dataset
        counts = {Key(name, r.partition, r.attempt): int(r.rows) for r in request.receipts}
        data = self._known().commit(request.upload, name, counts)
        return pb.Reply(
            committed=pb.Committed(rows=data.rows, bytes=data.bytes, blocks=len(data.blocks))
        )

    def sets(self, upload: str) -> dict[str, DataSet]:
        """What was committed of an upload."""
        return self._known().committed(upload)

    def drop(self, upload: str) -> None:
        """Forgets an upload; unknown ones are no error."""
        with self._lock:
            coordinator = self._coordinator
        if coordinator is not None:
            coordinator.drop(upload)

    def stats(self) -> pb.Stats:
        """The two actors and what they hold."""
        with self._lock:
            coordinator, gateway = self._coordinator, self._gateway
        held = (0, 0, 0)
        actors = []
        if coordinator is not None and coordinator.alive():
            held = coordinator.held()
            pid = coordinator.pid()
            actors.append(pb.Stats.Actor(role="coordinator", name="uploads", pid=pid))
        if gateway is not None and gateway.alive():
            actors.append(pb.Stats.Actor(role="gateway", name="uploads", pid=gateway.pid))
        uploads, blocks, size = held
        return pb.Stats(actors=actors, uploads=uploads, blocks=blocks, bytes=size)

    def _known(self) -> CoordinatorHandle:
        with self._lock:
            if self._coordinator is None:
                raise TrainingFailedError("there is no upload; run it again")
            return self._coordinator

    def _living_coordinator(self) -> CoordinatorHandle:
        if self._coordinator is None or not self._coordinator.alive():
            # Its blocks are lost with it, and the gateway knows no other.
            self._end_gateway()
            self._coordinator = self._cluster.coordinator()
        return self._coordinator

    def _living_gateway(self, coordinator: CoordinatorHandle) -> GatewayHandle:
        if self._gateway is None or not self._gateway.alive():
            self._end_gateway()
            self._gateway = self._cluster.gateway(self._token, coordinator)
        return self._gateway

    def _end_gateway(self) -> None:
        if self._gateway is not None:
            self._gateway.kill()
            self._gateway = None
