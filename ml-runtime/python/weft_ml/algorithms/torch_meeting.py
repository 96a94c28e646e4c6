"""How the workers of a team find each other with PyTorch, on one machine or on several.

PyTorch alone would listen at all addresses of a machine, or choose one by the machine's name.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import torch.distributed as dist

from weft_ml.errors import TrainingFailedError, last_line
from weft_ml.team import Place

TIME_TO_MEET = timedelta(seconds=60)
TIME_TO_ANSWER = timedelta(minutes=2)
BACKEND = "weft_gloo"


@contextlib.contextmanager
def meeting(places: Sequence[Place], rank: int) -> Iterator[None]:
    """Lets this worker send to the others and receive; the first one keeps the addresses."""
    try:
        _meet(places, rank)
    except (OSError, dist.DistError) as failure:
        raise TrainingFailedError(
            f"worker {rank + 1} of {len(places)} at {places[rank].host} could not meet the others"
            f" through {places[0]} ({last_line(failure)}); let the nodes reach each other's ports,"
            " and run it again",
            retryable=True,
        ) from None
    try:
        yield
    finally:
        dist.destroy_process_group()


def _meet(places: Sequence[Place], rank: int) -> None:
    if not hasattr(dist.Backend, BACKEND.upper()):
        dist.Backend.register_backend(BACKEND, _gloo, extended_api=True, devices=["cpu", "cuda"])
    options = dist.ProcessGroupGloo._Options()
    options._devices = [dist.ProcessGroupGloo.create_device(hostname=places[rank].host)]
    options._timeout = TIME_TO_ANSWER
    dist.init_process_group(
        BACKEND,
        store=_store(places[0], rank, len(places)),
        rank=rank,
        world_size=len(places),
        timeout=TIME_TO_ANSWER,
        pg_options=options,
    )


def _gloo(settings: Any, options: Any) -> Any:
    """Gloo at an address that is given: its usual options only name an interface."""
    return dist.ProcessGroupGloo(settings.store, settings.group_rank, settings.group_size, options)


def _store(first: Place, rank: int, workers: int) -> dist.TCPStore:
    given: dict[str, Any] = {}
    if rank == 0:
        # The store closes it.
        given["master_listen_fd"] = socket.create_server((first.host, first.port)).detach()
    return dist.TCPStore(
        first.host, first.port, workers, is_master=rank == 0, timeout=TIME_TO_MEET, **given
    )
