from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from weft_ml import listeners


@pytest.mark.parametrize(("host", "found"), [("127.0.0.1", 0), ("0.0.0.0", 1)])
def test_only_sockets_beyond_loopback_are_found(host: str, found: int) -> None:
    if not listeners.PROC.exists():
        pytest.skip("there is no /proc here")
    with socket.socket() as server:
        server.bind((host, 0))
        server.listen()
        port = server.getsockname()[1]
        exposed = [a for a in listeners.exposed(os.getpid()) if a.endswith(f":{port}")]
    assert len(exposed) == found


def test_whose_title_is_left_out_may_listen_anywhere() -> None:
    if not listeners.PROC.exists():
        pytest.skip("there is no /proc here")
    code = """
import socket, sys
server = socket.create_server(("0.0.0.0", 0))
print(server.getsockname()[1], flush=True)
sys.stdin.read()
"""
    command = ["left::out", "-c", code]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, executable=sys.executable, stdin=pipe, stdout=pipe) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        address = f"0.0.0.0:{int(child.stdout.readline())}"
        assert address in listeners.exposed(os.getpid())
        assert address in listeners.exposed(os.getpid(), besides="left::in")
        assert address not in listeners.exposed(os.getpid(), besides="left::o")
        child.stdin.close()
