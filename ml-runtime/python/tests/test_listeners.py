from __future__ import annotations

import os
import socket

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
