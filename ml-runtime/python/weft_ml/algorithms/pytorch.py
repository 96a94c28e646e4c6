"""What all algorithms of PyTorch ask before it is imported."""

from __future__ import annotations

from typing import Any

from weft_ml.algorithms.base import FitJob, Json, defaults
from weft_ml.errors import TrainingFailedError


def options(name: str, job: FitJob) -> Json:
    """The declared defaults and what the user set."""
    shown = {**defaults(name), **job.options, "seed": job.seed}
    if shown["early_stopping_patience"] and job.held_out is None:
        raise TrainingFailedError(
            "early_stopping_patience needs rows held out; add SPLIT 0.2 or VALIDATE ON table"
        )
    return shown


def steps(name: str) -> tuple[Any, Any]:
    """The networks and the steps that train them; predictions need neither."""
    try:
        from weft_ml.algorithms import torch_networks, torch_steps
    except ImportError:
        raise TrainingFailedError(
            f"{name} needs PyTorch, which is not installed; run ./weft deps torch once"
        ) from None
    return torch_networks, torch_steps
