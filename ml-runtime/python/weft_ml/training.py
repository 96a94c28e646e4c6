"""Training on a table: split, labels, fit, metrics, files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from weft_ml import cluster_metrics, common, labels, metrics, splits, store
from weft_ml.algorithms import algorithm
from weft_ml.algorithms.base import Clustering, FitJob, Options, Outcome, Part, Progress
from weft_ml.arrays import Floats
from weft_ml.common import Common
from weft_ml.errors import TrainingDataError, TrainingFailedError
from weft_ml.labels import Classes
from weft_ml.offsets import roomy
from weft_ml.order import ordered
from weft_ml.signature import Kind, Signature, Task
from weft_ml.team import Team

FEW_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to train; ``validation`` takes the place of the split, or is what it has given."""

    signature: Signature
    data: pa.Table
    validation: pa.Table | None = None
    options: Options = field(default_factory=dict)
    split: float = 0.0
    seed: int = 42
    folder: Path
    team: Team | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What training gave."""

    rows: int
    held_out: int
    dropped: int
    metrics: tuple[metrics.Metric, ...]
    parameters: dict[str, Any]
    classes: tuple[str, ...]
    guess: tuple[float, ...]
    example: dict[str, Any]
    warnings: tuple[str, ...]
    importances: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Parts:
    train: pa.Table
    held_out: pa.Table | None
    dropped: int


def train(job: Job, report: Callable[[Progress], None]) -> Report:
    """Trains, writes the model's files and measures it."""
    options = Common.of(job.options)
    options.refuse(job.signature.classification)
    parts = _divide(job, options)
    classes = _classes(job.signature, parts.train)
    options.refuse_classes(classes)
    train_part = _weighed(_part(job.signature, classes, parts.train), classes, options)
    held_out = None if parts.held_out is None else _part(job.signature, classes, parts.held_out)
    crossed = _cross_validate(job, options, parts.train, train_part, classes, report)
    outcome = _fit(job, train_part, held_out, classes, report)
    _refuse_other_answers(job.signature, outcome)
    measured = [*_measure(outcome, train_part, held_out, options), *crossed]
    model = store.Model(
        signature=job.signature,
        classes=classes,
        fitted=outcome.fitted,
        threshold=options.threshold,
    )
    store.write(model, job.folder)
    return Report(
        rows=parts.train.num_rows,
        held_out=0 if parts.held_out is None else parts.held_out.num_rows,
        dropped=parts.dropped,
        metrics=tuple(measured),
        parameters={**outcome.parameters, **common.shared(job.options)},
        classes=() if classes is None else tuple(classes.texts()),
        guess=_guess(job.signature, train_part, classes),
        example=_example(job.signature, parts.train),
        warnings=(*_doubts(parts, held_out, classes), *outcome.warnings),
        importances=_importances(job.signature, outcome),
    )


def _classes(signature: Signature, table: pa.Table) -> Classes | None:
    if not signature.classification:
        return None
    return labels.learn_classes(signature.label, table.column(signature.label))


def _fit(
    job: Job,
    train_part: Part,
    held_out: Part | None,
    classes: Classes | None,
    report: Callable[[Progress], None],
) -> Outcome:
    return algorithm(job.signature.algorithm).fit(
        FitJob(
            signature=job.signature,
            train=train_part,
            held_out=held_out,
            classes=0 if classes is None else len(classes),
            options=common.own(job.options),
            seed=job.seed,
            report=report,
            team=job.team,
        )
    )


def _refuse_other_answers(signature: Signature, outcome: Outcome) -> None:
    if signature.task is Task.CLUSTERING and not isinstance(outcome.fitted, Clustering):
        raise TrainingFailedError(
            f"'{signature.algorithm}' gives no clusters; an algorithm of a package is for"
            " classification or regression"
        )


def _cross_validate(
    job: Job,
    options: Common,
    table: pa.Table,
    part: Part,
    classes: Classes | None,
    report: Callable[[Progress], None],
) -> list[metrics.Metric]:
    """The mean metrics of models that are each tested on a fold they have not seen."""
    if options.folds < 2:
        return []
    if options.folds > table.num_rows:
        raise TrainingDataError(f"cv_folds is more than the {table.num_rows} rows to train on")
    found: list[list[metrics.Metric]] = []
    folds = options.folds
    for fold, (rows, tested) in enumerate(
        splits.folds(table, folds, options.method, job.signature.label), start=1
    ):
        learnt, test = _rows(part, rows), _rows(part, tested)
        if classes is not None and len(np.unique(learnt.target)) < len(classes):
            raise TrainingDataError(
                "a fold of the cross-validation lacks a class to learn from; use fewer cv_folds,"
                " or split_method = 'stratified'"
            )
        if len(test.target):
            outcome = _fit(job, learnt, test, classes, lambda progress: None)
            found.append(_on("cv", outcome, learnt, test, options))
        report(Progress(done=fold, total=folds, unit="folds"))
    return metrics.mean(found)


def _rows(part: Part, rows: Any) -> Part:
    weight = None if part.weight is None else part.weight[rows]
    return Part(table=part.table.take(pa.array(rows)), target=part.target[rows], weight=weight)


def _weighed(part: Part, classes: Classes | None, options: Common) -> Part:
    weight = common.weights(part.table, part.target, classes, options.class_weight)
    return Part(table=part.table, target=part.target, weight=weight)


def _divide(job: Job, options: Common) -> _Parts:
    if job.validation is not None and job.split > 0:
        return _divided(job, job.validation)
    if job.data.num_rows == 0:
        raise TrainingDataError("there are no rows to train on; check the filter before TRAIN")
    label = job.signature.label
    data, dropped = _labelled(label, roomy(job.data))
    if data.num_rows == 0:
        raise TrainingDataError(f"the label '{label}' is null in all {dropped} rows")
    data = ordered(data)
    if job.validation is not None:
        held_out, without = _labelled(label, roomy(job.validation))
        if held_out.num_rows == 0:
            what = f"has the label '{label}'" if label else "is there"
            raise TrainingDataError(f"no row of VALIDATE ON {what}")
        return _Parts(data, ordered(held_out), dropped + without)
    if job.split <= 0:
        return _Parts(data, None, dropped)
    mask = splits.held_out(data, job.split, options.method, label)
    _refuse_one_part(job, data.num_rows, int(mask.sum()))
    return _Parts(data.filter(pa.array(~mask)), data.filter(pa.array(mask)), dropped)


def _divided(job: Job, validation: pa.Table) -> _Parts:
    """What was divided before it came here: TRANSFORM has learnt from the first part alone."""
    rows = job.data.num_rows + validation.num_rows
    if rows == 0:
        raise TrainingDataError("there are no rows to train on; check the filter before TRAIN")
    data, dropped = _labelled(job.signature.label, roomy(job.data))
    held_out, without = _labelled(job.signature.label, roomy(validation))
    found = data.num_rows + held_out.num_rows
    if found == 0:
        raise TrainingDataError(f"the label '{job.signature.label}' is null in all {rows} rows")
    _refuse_one_part(job, found, held_out.num_rows)
    return _Parts(ordered(data), ordered(held_out), dropped + without)


def _refuse_one_part(job: Job, rows: int, held_out: int) -> None:
    if held_out in (0, rows):
        part = "hold out" if held_out == 0 else "train on"
        needing = f"'{job.signature.label}'" if job.signature.label else "it"
        raise TrainingDataError(
            f"SPLIT {job.split:g} of {rows} rows leaves none to {part};"
            f" {needing} needs more rows or another split"
        )


def _labelled(label: str, table: pa.Table) -> tuple[pa.Table, int]:
    if not label or not table.column(label).null_count:
        return table, 0
    kept = table.filter(pc.is_valid(table.column(label)))
    return kept, table.num_rows - kept.num_rows


def _part(signature: Signature, classes: Classes | None, table: pa.Table) -> Part:
    if signature.task is Task.CLUSTERING:
        return Part(table=table, target=np.zeros(table.num_rows))
    column = table.column(signature.label)
    if classes is None:
        return Part(table=table, target=labels.numbers(signature.label, column))
    return Part(table=table, target=classes.codes(column))


def _measure(
    outcome: Outcome, train_part: Part, held_out: Part | None, options: Common
) -> list[metrics.Metric]:
    known = outcome.trained
    found = (
        _on("train", outcome, train_part, train_part, options)
        if known is None
        else _compared("train", known, train_part, train_part, options)
    )
    if held_out is not None:
        found += (
            _on("test", outcome, train_part, held_out, options)
            if outcome.tested is None
            else _compared("test", outcome.tested, train_part, held_out, options)
        )
    return found


def _on(
    name: str, outcome: Outcome, train_part: Part, part: Part, options: Common
) -> list[metrics.Metric]:
    predicted = outcome.fitted.predict(part.table)
    if isinstance(outcome.fitted, Clustering):
        return cluster_metrics.of(name, outcome.fitted.matrix(part.table), predicted)
    return _compared(name, predicted, train_part, part, options)


def _compared(
    name: str, predicted: Floats, train_part: Part, part: Part, options: Common
) -> list[metrics.Metric]:
    if part.target.dtype == np.int64:
        truth, known = part.target.astype(np.int64), train_part.target.astype(np.int64)
        return metrics.classification(name, truth, predicted, known, options.threshold)
    mean = float(train_part.target.mean())
    return metrics.regression(name, part.target.astype(np.float64), predicted, mean)


def _importances(signature: Signature, outcome: Outcome) -> dict[str, float]:
    """Shares that sum up to 1, so that models can be compared; empty where none are told."""
    total = sum(outcome.importances)
    shares = [value / total if total else 0.0 for value in outcome.importances]
    names = [feature.name for feature in signature.features]
    return dict(zip(names, shares, strict=bool(shares)))


def _guess(signature: Signature, part: Part, classes: Classes | None) -> tuple[float, ...]:
    if signature.task is Task.CLUSTERING:
        return ()
    if classes is None:
        return (float(part.target.mean()),)
    counts = np.bincount(part.target.astype(np.int64), minlength=len(classes))
    return tuple(float(share) for share in counts / len(part.target))


def _example(signature: Signature, table: pa.Table) -> dict[str, Any]:
    first = table.slice(0, 1)
    return {f.name: _shown(first.column(f.name)[0].as_py(), f.kind) for f in signature.features}


def _shown(value: Any, kind: Kind) -> Any:
    """A value as JSON has it."""
    if kind is not Kind.IMAGE:
        return value
    # Only models of images need Pillow.
    from weft_ml import images

    return images.example(value)


def _doubts(parts: _Parts, held_out: Part | None, classes: Classes | None) -> list[str]:
    found: list[str] = []
    if parts.train.num_rows < FEW_ROWS:
        found.append(
            f"there are only {parts.train.num_rows} rows to train on; the metrics say little"
        )
    if held_out is not None and classes is not None:
        target = held_out.target
        unknown = int(np.sum(target < 0))
        if unknown:
            found.append(f"{unknown} rows held out have a label that the training rows lack")
        if len(np.unique(target)) == 1:
            found.append("the rows held out have one label only, so there is no auc for them")
    return found
