"""LightGBM: trees stored as LightGBM's own text."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import pyarrow as pa

from weft_ml.algorithms import lightgbm_team
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Part, defaults
from weft_ml.algorithms.lightgbm_team import Share
from weft_ml.algorithms.rows import Rows
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError, TrainingFailedError, last_line
from weft_ml.features import TreeFeatures
from weft_ml.signature import Signature

FILE = "model.txt"
CELLS_PER_THREAD = 200_000


@dataclass(frozen=True, slots=True)
class Trees:
    """A fitted booster and what makes its matrix.

    Streams of PREDICT run side by side, so each needs one of the ``threads`` only.
    """

    booster: lgb.Booster
    features: TreeFeatures
    classes: int
    threads: int = 1

    def predict(self, table: pa.Table) -> Floats:
        """Probabilities or numbers."""
        return self.answers(self.features.matrix(table))

    def answers(self, rows: Floats | pa.Table) -> Floats:
        """The same of rows as numbers."""
        return shaped(self.booster.predict(rows, num_threads=self.threads), self.classes)

    def write(self, folder: Path) -> Json:
        """Writes the booster's text."""
        self.booster.save_model(folder / FILE)
        return {"file": FILE, "featuriser": self.features.to_json()}


def shaped(raw: Any, classes: int) -> Floats:
    """A column for each class; of two LightGBM gives the second alone."""
    found = np.asarray(raw, dtype=np.float64)
    return np.column_stack([1 - found, found]) if classes == 2 else found


class LightGbm:
    """Gradient-boosted trees for classes and numbers."""

    name = "lightgbm"

    def fit(self, job: FitJob) -> Outcome:
        """Trains with a fixed seed, so that the same rows give the same trees."""
        shown, parameters = _parameters(job)
        features = TreeFeatures.learn(job.signature.features, job.train.table)
        share = Share(
            rank=0,
            machines=(),
            train=_rows(features, job.train),
            held_out=None if job.held_out is None else _rows(features, job.held_out),
            categorical=features.categorical,
            parameters=parameters,
            rounds=int(shown["num_iterations"]),
            patience=int(shown["early_stopping_round"]),
        )
        try:
            grown = lightgbm_team.train(job.team, share, job.report)
        except (lgb.basic.LightGBMError, ValueError) as failure:
            raise TrainingFailedError(f"LightGBM could not train: {last_line(failure)}") from None
        if share.patience:
            shown["best_iteration"] = grown.best
        booster = lgb.Booster(model_str=grown.text)
        fitted = Trees(booster, features, job.classes, int(parameters["num_threads"]))
        known = grown.answers
        return Outcome(
            fitted=fitted,
            parameters=shown,
            warnings=_warnings(booster),
            importances=grown.gains,
            trained=fitted.answers(share.train.matrix)
            if known is None
            else shaped(known, job.classes),
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads the booster's text."""
        features = TreeFeatures.from_json(signature.features, part["featuriser"])
        text = (folder / part["file"]).read_text("utf-8")
        if not text.startswith("tree\n") or "end of trees" not in text:
            raise ModelCorruptError(f"'{part['file']}' is not a whole LightGBM model")
        booster = lgb.Booster(model_str=text)
        if booster.num_feature() != len(signature.features):
            raise ModelCorruptError(f"'{part['file']}' has other features than its signature")
        return Trees(booster, features, classes)


def _parameters(job: FitJob) -> tuple[Json, dict[str, Any]]:
    """What to show as effective parameters, and what the library is given."""
    shown = {**defaults("lightgbm"), **job.options, "seed": job.seed}
    if shown["early_stopping_round"] and job.held_out is None:
        raise TrainingFailedError(
            "early_stopping_round needs rows held out; add SPLIT 0.2 or VALIDATE ON table"
        )
    if job.classes == 0:
        shown.setdefault("objective", "regression")
        metric = "rmse"
    elif "objective" in job.options:
        raise TrainingFailedError(
            "objective is for regression; classification chooses its own, so leave it out"
        )
    else:
        shown["objective"] = "binary" if job.classes == 2 else "multiclass"
        metric = "auc" if job.classes == 2 else "multi_logloss"
    given = {key: value for key, value in shown.items() if key not in ("early_stopping_round",)}
    if job.team is not None and shown["linear_tree"]:
        raise TrainingFailedError(
            "linear_tree trains on one worker; leave WORKERS or linear_tree out"
        )
    given["num_threads"] = shown["num_threads"] or _threads(job)
    # Without rows held out nobody asks for it, and it takes long on the training rows.
    metric = "none" if job.held_out is None else metric
    given.update(metric=metric, verbosity=-1, deterministic=True, force_row_wise=True)
    if job.classes > 2:
        given["num_class"] = job.classes
    return shown, given


def _threads(job: FitJob) -> int:
    """One per core, but few for few rows: waiting for each other would cost more than it gains."""
    cells = job.train.table.num_rows * len(job.signature.features)
    return max(1, min(os.cpu_count() or 1, int(cells) // CELLS_PER_THREAD))


def _rows(features: TreeFeatures, part: Part) -> Rows:
    known = part.target >= 0 if part.target.dtype == np.int64 else None
    columns, target, weight = features.columns(part.table), part.target, part.weight
    if known is not None and not known.all():
        columns, target = columns.filter(pa.array(known)), target[known]
        weight = None if weight is None else weight[known]
    return Rows(matrix=columns, target=target, weight=weight)


def _warnings(booster: lgb.Booster) -> tuple[str, ...]:
    if sum(booster.feature_importance("split")):
        return ()
    return (
        "no split was worth making, so every row gets the same answer; more rows or a smaller"
        " min_data_in_leaf may help",
    )
