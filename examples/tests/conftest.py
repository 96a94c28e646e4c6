"""Copies of the examples, so that a test leaves the checkout as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from weft_process import CHECKOUT


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
        CHECKOUT / "examples" / name, project, ignore=shutil.ignore_patterns("out", ".weft")
    )
    return project
