"""Starts the real launcher as a user would, and reads what it prints."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

CHECKOUT = Path(__file__).resolve().parents[2]
LAUNCHER = CHECKOUT / "weft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run of the launcher ended."""

    code: int
    out: str
    err: str


def weft(
    *arguments: str,
    cwd: Path,
    timeout: float = 300,
    stdin: str = "",
    launcher: Path = LAUNCHER,
    variables: dict[str, str] | None = None,
) -> Ended:
    """Runs `weft` to its end, with some environment variables more."""
    done = subprocess.run(
        [str(launcher), *arguments],
        cwd=cwd,
        env={**os.environ, **(variables or {})},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Ended(code=done.returncode, out=done.stdout, err=done.stderr)


def children(pid: int) -> list[int]:
    """The processes below a process, at any depth."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            if int(stat.rsplit(")", 1)[1].split()[1]) == pid:
                found += [int(entry.name), *children(int(entry.name))]
    return found


def alive(pids: list[int]) -> list[int]:
    """Those of the processes that still run; one that only waits to be reaped does not."""
    running = []
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if state != "Z":
            running.append(pid)
    return running


def all_gone(pids: list[int], within: float = 15) -> bool:
    """Waits until none of the processes runs."""
    end = time.monotonic() + within
    while alive(pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


class Server:
    """`weft server` on a free port, ended with SIGTERM or another signal."""

    def __init__(self, project: Path, ended_by: signal.Signals = signal.SIGTERM) -> None:
        self._project = project
        self._ended_by = ended_by

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [str(LAUNCHER), "server", "--project", str(self._project)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ.copy(),
        )
        self.jdbc_url = self._ready()
        self.http_url = self._ready()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.send_signal(self._ended_by)
        self.code = self.process.wait(timeout=60)

    @property
    def token(self) -> str:
        """The token of both endpoints."""
        return self.jdbc_url.split("token=", 1)[1]

    def _ready(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("ready "), f"the server said {line!r}"
        return line.removeprefix("ready ").strip()
