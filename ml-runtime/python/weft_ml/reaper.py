"""Ends what a service leaves behind: a process of its own that waits for the service's end.

Ray's agents outlive a raylet that was killed by a minute; all of Ray's processes are in the
service's session. Imports nothing but the standard library, to stay small.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

PROC = Path("/proc")
TRIES = 50
SECONDS_BETWEEN_TRIES = 0.1


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Starts it for this process, which has to keep the answer: its end is the sign."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", __file__, str(os.getsid(0)), str(folder)],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def main(session: int, folder: str) -> None:
    """Waits for the end of standard input, then ends the session's processes."""
    sys.stdin.buffer.read()
    for _ in range(TRIES):
        left = _members(session)
        for pid in left:
            _kill(pid)
        if not left:
            break
        time.sleep(SECONDS_BETWEEN_TRIES)
    shutil.rmtree(folder, ignore_errors=True)


def _members(session: int) -> list[int]:
    if not PROC.exists():
        return _members_by_ps(session)
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(entry.name))
    return found


def _members_by_ps(group: int) -> list[int]:
    """Without /proc: the process group, which is all but Ray's workers; these end by themselves."""
    listing = subprocess.run(["ps", "-axo", "pid=,pgid="], capture_output=True, text=True)
    pairs = [line.split() for line in listing.stdout.splitlines()]
    return [int(pid) for pid, its_group in pairs if int(its_group) == group]


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        return


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
