"""What ``-Pfull`` of the build asks for: ``--weft-full=true``."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--weft-full", default="false")


@pytest.fixture(scope="session")
def full(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--weft-full") == "true")
