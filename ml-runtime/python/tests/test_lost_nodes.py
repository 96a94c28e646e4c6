"""What dies with a node of Ray, what notices it, and what is tried again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from weft_ml import node_watch, replacing
from weft_ml.errors import ActorLostError, RuntimeFailedError

CHILD = "import time; from weft_ml import orphans; orphans.end_with_parent(); time.sleep(60)"
PARENT = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}])
print(child.pid, flush=True)
time.sleep(60)
"""
SOURCES = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}


def ended(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def test_an_actor_without_its_node_ends() -> None:
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=SOURCES) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(1.5)
        assert not ended(child)
        parent.send_signal(signal.SIGKILL)
        for _ in range(100):
            if ended(child):
                return
            time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    pytest.fail("it lives on")


def test_a_service_whose_node_has_ended_says_so_and_ends(tmp_path: Path) -> None:
    address = str(tmp_path / "raylet")
    code = f"""
import time
from weft_ml import node_watch
node_watch.SECONDS_BETWEEN_LOOKS = 0.2
node_watch.NodeWatch({address!r})
time.sleep(60)
"""
    with socket.socket(socket.AF_UNIX) as node:
        node.bind(address)
        node.listen()
        assert node_watch.listens(address)
        service = subprocess.Popen(
            [sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, env=SOURCES
        )
        time.sleep(1.5)
        assert service.poll() is None
    assert not node_watch.listens(address)
    _, said = service.communicate(timeout=20)
    assert service.returncode == 1
    assert said.startswith("weft: ")
    assert said.strip() == node_watch.SAID


def test_a_watch_that_was_stopped_ends_nothing(tmp_path: Path) -> None:
    watch = node_watch.NodeWatch(str(tmp_path / "none"))
    watch.stop()
    time.sleep(0.2)


def _use(lost: set[int]) -> tuple[int, str]:
    started = iter(range(1, 10))

    def use(handle: int) -> str:
        if handle in lost:
            raise ActorLostError(f"lost {handle}")
        return f"used {handle}"

    return replacing.used(0, lambda: next(started), use)


def test_a_lost_actor_is_replaced() -> None:
    assert _use(set()) == (0, "used 0")
    assert _use({0, 1}) == (2, "used 2")


def test_not_for_ever() -> None:
    with pytest.raises(RuntimeFailedError, match="lost 2"):
        _use({0, 1, 2, 3})


def test_asking_again_is_not_for_ever() -> None:
    answers = iter([False, True, False, False, False])

    def ask() -> str:
        if next(answers):
            return "here"
        raise ActorLostError("lost")

    assert replacing.asked(ask) == "here"
    with pytest.raises(ActorLostError):
        replacing.asked(ask)
