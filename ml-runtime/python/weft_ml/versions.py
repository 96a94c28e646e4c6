"""The versions of the libraries a model depends on."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

LIBRARIES = ("ray", "pyarrow", "numpy", "lightgbm", "scikit-learn", "protobuf")


def versions() -> dict[str, str]:
    """Library to version, Python among them."""
    found = {"python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found
