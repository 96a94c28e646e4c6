"""Which output of a file of ONNX answers, and what its classes are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from weft_ml.errors import ImportFailedError
from weft_ml.labels import Class

LABELS = ("tensor(string)", "tensor(int64)", "tensor(int32)", "tensor(bool)")
NUMBERS = ("tensor(double)", "tensor(float)", "tensor(float16)")
ATTRIBUTES = ("classlabels_strings", "classlabels_int64s", "classlabels_ints")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The output that counts, its form, the label's name and the classes, none for regression."""

    output: str
    form: str
    label: str
    classes: tuple[Class, ...] | None


def outputs(proto: Any, runtime: Any, answers: dict[str, Any], rows: int) -> Found:
    """Decides by types and by what a trial answered."""
    given = runtime.get_outputs()
    label = next((o.name for o in given if o.type in LABELS and _rank(answers[o.name]) <= 2), None)
    maps = next((o.name for o in given if o.type.startswith("seq(map(")), None)
    numbers = [o.name for o in given if o.type in NUMBERS]
    if maps is not None:
        classes = tuple(answers[maps][0])
        return Found(output=maps, form="maps", label=_label(label or maps), classes=classes)
    # Weft gives the probability of the answer beside those of all classes.
    wide = [name for name in numbers if _columns(answers[name], rows) > 1]
    if label is not None and (wide or numbers):
        return _classified(proto, answers, label, (wide or numbers)[0], rows)
    if label is not None:
        raise ImportFailedError(
            f"its output '{label}' gives labels without probabilities; write it with both"
        )
    if len(numbers) == 1 and not wide:
        if _columns(answers[numbers[0]], rows) != 1:
            raise ImportFailedError(
                f"its output '{numbers[0]}' does not give one number for each row"
            )
        return Found(output=numbers[0], form="numbers", label=_label(numbers[0]), classes=None)
    return _refuse(given, wide)


def _refuse(given: Any, wide: list[str]) -> Found:
    if wide:
        raise ImportFailedError(
            f"its output '{wide[0]}' gives several numbers for a row and no label; write it with an"
            " output that gives the label of the class"
        )
    told = ", ".join(f"{o.name} {o.type}" for o in given)
    raise ImportFailedError(
        f"its outputs ({told}) are neither one number for each row nor a label with probabilities"
    )


def _classified(proto: Any, answers: dict[str, Any], label: str, output: str, rows: int) -> Found:
    count = _columns(answers[output], rows)
    if count < 1:
        raise ImportFailedError(f"its output '{output}' does not give numbers for each row")
    single = count == 1
    classes = _classes(proto, answers[label], 2 if single else count, label)
    form = "second" if single else "matrix"
    return Found(output=output, form=form, label=_label(label), classes=classes)


def _classes(proto: Any, labels: Any, count: int, label: str) -> tuple[Class, ...]:
    for node in proto.graph.node:
        for attribute in node.attribute:
            values = [*attribute.strings, *attribute.ints]
            if attribute.name in ATTRIBUTES and len(values) == count:
                return tuple(v.decode() if isinstance(v, bytes) else int(v) for v in values)
    kind = np.asarray(labels).dtype
    if kind == np.bool_ and count == 2:
        return (False, True)
    if np.issubdtype(kind, np.integer):
        return tuple(range(count))
    raise ImportFailedError(
        f"it does not say which {count} classes its output '{label}' gives; ZipMap or a"
        " classifier of ai.onnx.ml would"
    )


def _columns(answer: Any, rows: int) -> int:
    """How many numbers there are for each row; 0 where they are not by row."""
    shape = np.shape(answer)
    if not shape or shape[0] != rows or len(shape) > 2:
        return 0
    return 1 if len(shape) == 1 else int(shape[1])


def _rank(answer: Any) -> int:
    return len(np.shape(answer))


def _label(output: str) -> str:
    return output.removesuffix("_pred")
