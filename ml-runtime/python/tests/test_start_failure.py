from __future__ import annotations

from pathlib import Path

import pytest

from weft_ml.start_failure import explained


def test_a_missing_part_of_ray_means_a_damaged_environment() -> None:
    failure = FileNotFoundError(2, "No such file", "/env/site-packages/ray/core/raylet")
    message = explained(failure, Path("/tmp/weft-1")).message
    assert "'/env/site-packages/ray/core/raylet' is missing or cannot be run" in message
    assert "delete the Python environment" in message


def test_what_ray_wrote_is_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs = tmp_path / "session_2026/logs"
    logs.mkdir(parents=True)
    (logs / "raylet.out").write_text("started\n[x E 12 12] disk is full\nEvent stats:\n")
    (logs / "gcs_server.out").write_text("all is well\n")
    message = explained(Exception("The current node timed out"), tmp_path).message
    assert "could not start Ray ([x E 12 12] disk is full)" in message
    assert f"free memory, processes and space in '{tmp_path.parent}'" in message
    assert "--- raylet.out\nstarted" in capsys.readouterr().err


def test_names_that_nobody_can_look_up_are_left_out(tmp_path: Path) -> None:
    waiting = f"Timed out waiting for file {tmp_path}/session_1/port_{'0a' * 28}"
    message = explained(RuntimeError(waiting), tmp_path).message
    assert "could not start Ray (Timed out waiting for file port)" in message
