"""Models on disk: ``model.json`` and the algorithm's own files, written at the end in one go."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weft_ml.algorithms import algorithm
from weft_ml.algorithms.base import Fitted
from weft_ml.errors import ModelCorruptError, WeftError, last_line
from weft_ml.labels import Classes
from weft_ml.signature import Signature

FILE = "model.json"
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model with its signature; ``classes`` is None for regression, ``threshold`` unless set."""

    signature: Signature
    classes: Classes | None
    fitted: Fitted
    threshold: float | None = None


def write(model: Model, folder: Path) -> None:
    """Writes the files; ``model.json`` comes last and by rename, so that a part is no model."""
    part = model.fitted.write(folder)
    content = {
        "format": FORMAT,
        "signature": model.signature.to_json(),
        "classes": None if model.classes is None else list(model.classes.values),
        "model": part,
    }
    if model.threshold is not None:
        content["threshold"] = model.threshold
    unfinished = folder / f"{FILE}.part"
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / FILE)


def read(folder: Path) -> Model:
    """Loads a model; whatever is wrong with its files is MODEL_CORRUPT."""
    try:
        return _read(json.loads((folder / FILE).read_text("utf-8")), folder)
    except WeftError:
        raise
    except FileNotFoundError as failure:
        name = Path(str(failure.filename)).name
        raise ModelCorruptError(f"its file '{name}' is missing") from None
    except Exception as failure:
        raise ModelCorruptError(f"its files cannot be read ({last_line(failure)})") from None


def _read(content: dict[str, Any], folder: Path) -> Model:
    if content["format"] != FORMAT:
        raise ModelCorruptError(f"'{FILE}' has format {content['format']}, not {FORMAT}")
    signature = Signature.from_json(content["signature"])
    classes = None if content["classes"] is None else Classes(tuple(content["classes"]))
    loader = algorithm(signature.algorithm)
    count = 0 if classes is None else len(classes)
    fitted = loader.load(folder, signature, count, content["model"])
    return Model(
        signature=signature,
        classes=classes,
        fitted=fitted,
        threshold=content.get("threshold"),
    )
