"""Work that several processes do together: what an algorithm asks of them."""

from __future__ import annotations

import os
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from weft_ml.progress import Progress


@dataclass(frozen=True, slots=True)
class Kept:
    """Where new members can go on: how many epochs are over, and what the first of them needs."""

    done: int
    state: bytes


Report = Callable[[Progress], None]
Tell = Callable[[Progress | Kept], None]
Share = Callable[[Any, Tell], Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a process can be reached: the address of its machine and a port that is free there."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class Team(Protocol):
    """Runs one function in processes of their own, which may be on several machines.

    ``warnings`` is what the user is told at the end.
    """

    warnings: list[str]

    @property
    def size(self) -> int:
        """How many processes."""

    @property
    def host(self) -> str:
        """The address of this machine, as the processes reach it."""

    def places(self) -> list[Place]:
        """Where each of the processes that will work next can be reached by the others."""

    def work(self, function: Share, parts: list[Any], tell: Tell) -> list[Any]:
        """What the function gives for each part, all at once; a lost process fails all.

        Of the first part is passed on how far it is, and what it keeps; the processes end with it.
        """


@dataclass(frozen=True, slots=True)
class Done:
    """What a member gave, or what it failed with."""

    value: Any
    failure: BaseException | None = None


def free_place(host: str) -> Place:
    """A port that is free at an address of this machine."""
    with socket.socket() as found:
        found.bind((host, 0))
        return Place(host, int(found.getsockname()[1]))


class Member:
    """One process of a team; lives in an actor of its own."""

    def pid(self) -> int:
        """Its process id."""
        return os.getpid()

    def place(self, host: str) -> Place:
        """Where the others can reach it."""
        return free_place(host)

    def work(self, function: Share, part: Any) -> Iterator[Progress | Kept | Done]:
        """What it tells as it comes, Done at the end."""
        events: queue.Queue[Progress | Kept | Done] = queue.Queue()

        def run() -> None:
            try:
                events.put(Done(function(part, events.put)))
            except BaseException as failure:
                events.put(Done(None, failure))

        threading.Thread(target=run, daemon=True).start()
        while not isinstance(event := events.get(), Done):
            yield event
        yield event
