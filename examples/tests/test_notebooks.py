"""Executes every notebook against a server of its own, as a reader would."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from weft_process import CHECKOUT, Server

NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_from_top_to_bottom(
    path: Path, flights_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(flights_project) as server:
        monkeypatch.setenv("WEFT_URL", server.jdbc_url)
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(notebook, timeout=300, kernel_name="python3").execute(
            cwd=str(path.parent)
        )
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    plots = [out for out in outputs if "image/png" in out.get("data", {})]
    tables = [out for out in outputs if "text/html" in out.get("data", {})]
    assert len(plots) == 2
    assert len(tables) >= 4


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS
