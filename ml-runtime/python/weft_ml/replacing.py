"""Using a new actor, and another one where it is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import weft_ml_pb2 as pb

from weft_ml.errors import ActorLostError

# A node that has died is given actors until Ray knows; the first of them tells it.
TRIES = 3
OUT_OF_MEMORY = (
    "the actor was ended because the machine ran out of memory; use fewer rows or columns,"
    " or give Spark less memory"
)

Handle = TypeVar("Handle")
Found = TypeVar("Found")


def asked(ask: Callable[[], Found]) -> Found:
    """What asking gives of actors that are replaced where they do not live."""
    for _ in range(TRIES - 1):
        try:
            return ask()
        except ActorLostError:
            continue
    return ask()


def used(
    handle: Handle, start: Callable[[], Handle], use: Callable[[Handle], Found]
) -> tuple[Handle, Found]:
    """The actor that could be used, and what using it gave."""
    for _ in range(TRIES - 1):
        try:
            return handle, use(handle)
        except ActorLostError:
            handle = start()
    return handle, use(handle)


def told(endpoint: pb.Endpoint, lost: str) -> pb.Endpoint:
    """An endpoint that says why the actor before it ended."""
    return pb.Endpoint(
        host=endpoint.host,
        port=endpoint.port,
        token=endpoint.token,
        lost=lost,
        out_of_memory=lost == OUT_OF_MEMORY,
    )
