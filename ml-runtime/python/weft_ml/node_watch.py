"""Ends the service when the node of Ray that it belongs to has ended.

Ray itself finds that out late: calls of actors would wait for a minute, each.
"""

from __future__ import annotations

import os
import socket
import sys
import threading

SECONDS_BETWEEN_LOOKS = 2.0
LOOKS = 2
# The JVM shows what follows the name of Weft in the log.
SAID = "weft: the node of Ray on this machine has ended"


class NodeWatch:
    """Looks in a thread of its own whether somebody listens at a socket's file."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._stopped = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """The node may end now."""
        self._stopped.set()

    def _watch(self) -> None:
        missed = 0
        while missed < LOOKS:
            if self._stopped.wait(SECONDS_BETWEEN_LOOKS):
                return
            missed = 0 if listens(self._address) else missed + 1
        sys.stderr.write(f"{SAID}\n")
        sys.stderr.flush()
        os._exit(1)


def listens(address: str) -> bool:
    """Whether there is somebody; one that is busy refuses nobody."""
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(address)
        except (ConnectionRefusedError, FileNotFoundError):
            return False
        except OSError:
            return True
    return True
