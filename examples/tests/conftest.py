"""Copies of the examples, so that a test leaves the checkout as it was."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest
from weft_process import CHECKOUT, weft


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    """Lets the launcher build before a test looks at what it prints."""
    # A shell that runs the tests in the background has them, and what they start, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    run = weft("--version", cwd=CHECKOUT, timeout=900)
    assert run.code == 0, run.err


@pytest.fixture
def flights_project(tmp_path: Path) -> Path:
    """The flights example in a folder with a blank in its path."""
    return copied("flights", tmp_path)


@pytest.fixture
def penguins_project(tmp_path: Path) -> Path:
    """The penguins example in a folder with a blank in its path."""
    return copied("penguins", tmp_path)


def copied(name: str, folder: Path) -> Path:
    project = folder / f"the {name} example"
    shutil.copytree(
        CHECKOUT / "examples" / name,
        project,
        ignore=shutil.ignore_patterns("out", ".weft"),
    )
    return project
