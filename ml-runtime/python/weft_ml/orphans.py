"""Ends a process whose parent has ended.

The parent of an actor's process is its node. Ray ends actors when their job ends, by way of the
node and the head; an actor that is busy in a library's own code when these die would work on.
"""

from __future__ import annotations

import os
import threading
import time

SECONDS_BETWEEN_LOOKS = 1.0


def end_with_parent() -> None:
    """Watches from a thread of its own for as long as the process lives."""
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    # Nobody is left to be told, and a library's threads would not listen.
    os._exit(1)
