"""Between messages and our own values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import weft_ml_pb2 as pb

from weft_ml.algorithms.base import Progress
from weft_ml.signature import Feature, Kind, Signature, Task
from weft_ml.team import Team
from weft_ml.training import Job, Report

if TYPE_CHECKING:
    from weft_ml.importing import Imported


def signature(message: pb.Signature) -> Signature:
    """A signature of ours."""
    return Signature(
        algorithm=message.algorithm,
        task=Task[pb.Task.Name(message.task)],
        features=tuple(
            Feature(name=f.name, type=f.type, kind=Kind[pb.FeatureKind.Name(f.kind)])
            for f in message.features
        ),
        label=message.label,
        label_type=message.label_type,
    )


def job(
    message: pb.Train, data: pa.Table, validation: pa.Table | None, team: Team | None = None
) -> Job:
    """A training job of ours."""
    return Job(
        signature=signature(message.signature),
        data=data,
        validation=validation,
        options={name: plain(value) for name, value in message.options.items()},
        split=message.split,
        seed=message.seed,
        folder=Path(message.folder),
        team=team,
    )


def plain(message: pb.Value) -> Any:
    """A Python value."""
    kind = message.WhichOneof("value")
    return None if kind is None else getattr(message, kind)


def value(plain_value: Any) -> pb.Value:
    """A message for a Python value; what is neither number nor boolean goes as text."""
    match plain_value:
        case None:
            return pb.Value()
        case bool():
            return pb.Value(flag=plain_value)
        case int():
            return pb.Value(integer=plain_value)
        case float():
            return pb.Value(number=plain_value)
    return pb.Value(text=str(plain_value))


def imported(taken: Imported) -> pb.Imported:
    """The message for a model that was taken in."""
    own = taken.signature
    return pb.Imported(
        signature=pb.Signature(
            algorithm=own.algorithm,
            task=own.task.name,
            features=[pb.Feature(name=f.name, type=f.type, kind=f.kind.name) for f in own.features],
            label=own.label,
            label_type=own.label_type,
        ),
        classes=() if taken.classes is None else taken.classes.texts(),
        versions=taken.versions,
        example={name: value(v) for name, v in taken.example.items()},
    )


def iteration(progress: Progress, seconds_left: float | None = None) -> pb.Reply:
    """The message for progress."""
    return pb.Reply(
        iteration=pb.Iteration(
            done=progress.done,
            total=progress.total,
            metric=progress.metric,
            value=progress.value,
            seconds_left=seconds_left,
            unit=progress.unit,
        )
    )


def trained(report: Report, versions: Mapping[str, str]) -> pb.Reply:
    """The message for a report."""
    return pb.Reply(
        trained=pb.Trained(
            rows=report.rows,
            held_out=report.held_out,
            dropped=report.dropped,
            metrics=[
                pb.Metric(data=m.data, name=m.name, value=m.value, baseline=m.baseline)
                for m in report.metrics
            ],
            parameters={name: value(v) for name, v in report.parameters.items()},
            classes=report.classes,
            guess=report.guess,
            importances=report.importances,
            versions=versions,
            example={name: value(v) for name, v in report.example.items()},
            warnings=report.warnings,
        )
    )
