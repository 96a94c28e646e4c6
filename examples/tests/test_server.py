"""What `weft server` and its clients do when something is in their way."""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from weft_process import LAUNCHER, Server, all_gone, children, weft

ENDLESS_TRAINING = (
    "select id as a, id % 7 as c, id % 2 = 0 as b from range(20000) as t;"
    " train t as lightgbm.endless label b where num_iterations = 100000 and num_leaves = 31;"
)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("option", ["--port", "--http-port"])
def test_a_taken_port_is_one_sentence(option: str, taken: int, tmp_path: Path) -> None:
    run = weft("server", option, str(taken), cwd=tmp_path)
    assert run.code == 1
    assert run.out == ""
    assert "error PORT_TAKEN" in run.err
    assert str(taken) in run.err
    assert option in run.err
    assert len(run.err.splitlines()) == 1


def test_nothing_to_connect_to_is_code_5(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    url = f"jdbc:arrow-flight-sql://127.0.0.1:{port}/?useEncryption=false&token=x"
    run = weft("-e", "select 1", "--connect", url, cwd=tmp_path)
    assert run.code == 5, run.err
    assert f"127.0.0.1:{port}" in run.err
    assert len(run.err.splitlines()) == 1


def test_a_server_outlives_its_clients_and_takes_its_processes_with_it(
    tmp_path: Path,
) -> None:
    with Server(tmp_path, ended_by=signal.SIGKILL) as server:
        wrong = server.jdbc_url.replace("token=", "token=x")
        refused = weft("-e", "select 1", "--connect", wrong, cwd=tmp_path)
        assert refused.code == 5, refused.err
        assert "token" in refused.err
        assert len(refused.err.splitlines()) == 1

        interrupted(server)
        kept = weft("-e", "select 1 as one", "--connect", server.jdbc_url, cwd=tmp_path)
        assert (kept.code, kept.out) == (0, "one\n1\n"), kept.err
        late = weft(
            "-e",
            "set weft.timeout = '2 s';" + ENDLESS_TRAINING,
            "--connect",
            server.jdbc_url,
            cwd=tmp_path,
        )
        assert late.code == 6, late.err
        assert "error TIMED_OUT: the statement ran longer than 2 s" in late.err
        assert not list(tmp_path.glob(".weft/models/*/*"))
        below = children(server.process.pid)
        assert below, "Ray runs"
    assert server.code == -signal.SIGKILL
    assert all_gone(below)


def interrupted(server: Server) -> None:
    """Ctrl-C in a client while the server trains for it."""
    client = subprocess.Popen(
        [str(LAUNCHER), "-e", ENDLESS_TRAINING, "--connect", server.jdbc_url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert client.stderr is not None
    for line in client.stderr:
        if "iteration" in line:
            break
    client.send_signal(signal.SIGINT)
    _, err = client.communicate(timeout=60)
    assert client.returncode == 130
    assert "error CANCELLED" in err
