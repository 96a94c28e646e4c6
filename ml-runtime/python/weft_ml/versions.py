"""The versions of the libraries a model depends on."""

from __future__ import annotations

import platform
import sys
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
    "safetensors",
    "onnxruntime",
    "pillow",
)

# What is large is told where it took part.
EXTRAS = ("torch",)


def versions() -> dict[str, str]:
    """Library to version, Python among them."""
    found = {"python": platform.python_version()}
    for library in (*LIBRARIES, *(name for name in EXTRAS if name in sys.modules), *packages()):
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found
