"""XGBoost: trees stored as XGBoost's own JSON."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import xgboost as xgb

from weft_ml.algorithms import xgboost_team
from weft_ml.algorithms.base import FitJob, Fitted, Json, Outcome, Part, defaults
from weft_ml.algorithms.rows import Rows
from weft_ml.algorithms.xgboost_team import Share, data
from weft_ml.arrays import Floats
from weft_ml.errors import ModelCorruptError, TrainingFailedError, last_line
from weft_ml.features import TreeFeatures
from weft_ml.signature import Signature

FILE = "xgboost.json"
CELLS_PER_THREAD = 200_000
PLACE = re.compile(r"^(- )?\[[\d:]+\] \S+:\d+: (Check failed: [^:]*: )?")
METRICS = {
    "regression": ("rmse", "mae", "rmsle", "mape", "mphe", "gamma-deviance", "poisson-nloglik"),
    "two labels": ("auc", "aucpr", "logloss", "error"),
    "three or more labels": ("mlogloss", "merror", "auc", "aucpr"),
}


@dataclass(frozen=True, slots=True)
class Trees:
    """A fitted booster and what makes its matrix."""

    booster: xgb.Booster
    features: TreeFeatures
    classes: int

    def predict(self, table: pa.Table) -> Floats:
        """Probabilities or numbers."""
        if table.num_rows == 0:
            return np.zeros((0, self.classes)) if self.classes else np.zeros(0)
        rows = Rows(matrix=self.features.matrix(table), target=None, weight=None)
        raw = self.booster.predict(data(rows, _types(self.features)))
        found = np.asarray(raw, dtype=np.float64)
        return np.column_stack([1 - found, found]) if self.classes == 2 else found

    def write(self, folder: Path) -> Json:
        """Writes the booster's JSON."""
        (folder / FILE).write_bytes(bytes(self.booster.save_raw("json")))
        return {"file": FILE, "featuriser": self.features.to_json()}


class XgBoost:
    """Gradient-boosted trees for classes and numbers."""

    name = "xgboost"

    def fit(self, job: FitJob) -> Outcome:
        """Trains with a fixed seed, so that the same rows give the same trees."""
        shown, parameters = _parameters(job)
        features = TreeFeatures.learn(job.signature.features, job.train.table)
        train = _rows(features, job.train)
        held_out = None if job.held_out is None else _rows(features, job.held_out)
        share = Share(
            rank=0,
            tracker={},
            train=train,
            held_out=held_out,
            types=_types(features),
            parameters=parameters,
            rounds=int(shown["num_boost_round"]),
            patience=int(shown["early_stopping_rounds"]),
        )
        try:
            booster = xgboost_team.train(job.team, share, job.report)
        except (xgb.core.XGBoostError, ValueError) as failure:
            raise TrainingFailedError(f"XGBoost could not train: {_reason(failure)}") from None
        if share.patience:
            shown["best_iteration"] = booster.num_boosted_rounds()
        # Its threads are those of training, and predictions run side by side.
        booster.set_param({"nthread": 1})
        booster.set_attr(best_iteration=None, best_score=None)
        return Outcome(
            fitted=Trees(booster, features, job.classes),
            parameters=shown,
            importances=_importances(booster, len(features.features)),
        )

    def load(self, folder: Path, signature: Signature, classes: int, part: Json) -> Fitted:
        """Reads the booster's JSON."""
        features = TreeFeatures.from_json(signature.features, part["featuriser"])
        booster = xgb.Booster({"nthread": 1})
        content = (folder / part["file"]).read_bytes()
        _refuse_broken(content, part["file"])
        try:
            booster.load_model(bytearray(content))
        except xgb.core.XGBoostError:
            raise ModelCorruptError(f"'{part['file']}' is not a whole XGBoost model") from None
        if booster.num_features() != len(signature.features):
            raise ModelCorruptError(f"'{part['file']}' has other features than its signature")
        return Trees(booster, features, classes)


def _refuse_broken(content: bytes, file: str) -> None:
    """XGBoost ends the whole process where parts of a model are missing."""
    found: Any = json.loads(content)
    parts = ("learner", "gradient_booster", "model", "trees")
    for part in parts:
        found = found.get(part) if isinstance(found, dict) else None
    # A booster that drops trees has its trees one step further in.
    dropping = isinstance(found, type(None)) and b'"dart"' in content
    if not (isinstance(found, list) or dropping) or b'"learner_model_param"' not in content:
        raise ModelCorruptError(f"'{file}' is not a whole XGBoost model")


def _parameters(job: FitJob) -> tuple[Json, dict[str, Any]]:
    """What to show as effective parameters, and what the library is given."""
    shown = {**defaults("xgboost"), **job.options, "seed": job.seed}
    if shown["early_stopping_rounds"] and job.held_out is None:
        raise TrainingFailedError(
            "early_stopping_rounds needs rows held out; add SPLIT 0.2 or VALIDATE ON table"
        )
    _loss_and_metric(job, shown)
    ours = ("num_boost_round", "early_stopping_rounds")
    given = {key: value for key, value in shown.items() if key not in ours}
    given["nthread"] = shown["nthread"] or _threads(job)
    given["verbosity"] = 0
    if job.classes > 2:
        given["num_class"] = job.classes
    if given["booster"] != "dart":
        for name in ("rate_drop", "skip_drop", "sample_type", "normalize_type"):
            given.pop(name)
    return shown, given


def _loss_and_metric(job: FitJob, shown: Json) -> None:
    """Puts in what was not set, and refuses what does not fit the label."""
    task, objective = ("three or more labels", "multi:softprob")
    if job.classes == 0:
        task, objective = ("regression", "reg:squarederror")
    elif "objective" in job.options:
        raise TrainingFailedError(
            "objective is for regression; classification chooses its own, so leave it out"
        )
    elif job.classes == 2:
        task, objective = ("two labels", "binary:logistic")
    shown.setdefault("objective", objective)
    if shown.setdefault("eval_metric", METRICS[task][0]) not in METRICS[task]:
        raise TrainingFailedError(
            f"eval_metric '{shown['eval_metric']}' is not for {task}; write one of"
            f" {', '.join(METRICS[task])}"
        )


def _threads(job: FitJob) -> int:
    """One per core, but few for few rows: waiting for each other would cost more than it gains."""
    cells = job.train.table.num_rows * len(job.signature.features)
    return max(1, min(os.cpu_count() or 1, int(cells) // CELLS_PER_THREAD))


def _rows(features: TreeFeatures, part: Part) -> Rows:
    table, target, weight = part.table, part.target, part.weight
    if target.dtype == np.int64 and not (target >= 0).all():
        known = target >= 0
        table, target = table.filter(pa.array(known)), target[known]
        weight = None if weight is None else weight[known]
    return Rows(matrix=features.matrix(table), target=target, weight=weight)


def _types(features: TreeFeatures) -> list[str]:
    return ["c" if i in features.categorical else "q" for i in range(len(features.features))]


def _importances(booster: xgb.Booster, features: int) -> tuple[float, ...]:
    gains: dict[str, Any] = dict(booster.get_score(importance_type="total_gain"))
    return tuple(float(gains.get(f"f{place}", 0.0)) for place in range(features))


def _reason(failure: BaseException) -> str:
    """What XGBoost complains of, without its time, its source and its stack trace."""
    text = str(failure).split("Stack trace:", maxsplit=1)[0]
    return PLACE.sub("", last_line(ValueError(text)))
