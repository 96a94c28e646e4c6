"""The versions of the libraries a model depends on."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from weft_ml.entries import packages

LIBRARIES = (
    "ray",
    "pyarrow",
    "numpy",
    "lightgbm",
    "xgboost",
    "xgboost-cpu",
    "scikit-learn",
    "protobuf",
)


def versions() -> dict[str, str]:
    """Library to version, Python among them."""
    found = {"python": platform.python_version()}
    for library in (*LIBRARIES, *packages()):
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found
