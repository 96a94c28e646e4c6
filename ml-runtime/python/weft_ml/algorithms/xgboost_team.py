"""XGBoost on several processes: each has a share of the rows, and all grow the same trees."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import Any

import xgboost as xgb
from xgboost.collective import CommunicatorContext
from xgboost.tracker import RabitTracker

from weft_ml.algorithms.rows import Rows, refuse_few
from weft_ml.progress import Progress
from weft_ml.restarts import TWICE, through_losses
from weft_ml.team import Kept, Report, Team, Tell

SECONDS_TO_MEET = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one process trains on; ``tracker`` tells it of the others, if there are any."""

    rank: int
    tracker: dict[str, Any]
    train: Rows
    held_out: Rows | None
    types: list[str]
    parameters: dict[str, Any]
    rounds: int
    patience: int


def train(team: Team | None, share: Share, report: Report) -> xgb.Booster:
    """A booster, grown here or by a team that has the rows among them."""
    if team is None:
        return _grown(share, report)
    refuse_few([rows for rows in (share.train, share.held_out) if rows is not None], team.size)

    def grown(_: Kept | None, tell: Tell) -> bytes:
        meeting = RabitTracker(n_workers=team.size, host_ip=team.host, sortby="task")
        meeting.start()
        try:
            shares = _split(share, team.size, dict(meeting.worker_args()))
            return bytes(team.work(grow, shares, tell)[0])
        finally:
            # It complains when a worker was lost, which is told elsewhere.
            with contextlib.suppress(xgb.core.XGBoostError):
                meeting.free()

    booster = xgb.Booster()
    booster.load_model(bytearray(through_losses(grown, report, team, TWICE)))
    return booster


def _split(share: Share, workers: int, tracker: dict[str, Any]) -> list[Share]:
    return [
        replace(
            share,
            rank=rank,
            tracker=tracker,
            train=share.train.every(rank, workers),
            held_out=None if share.held_out is None else share.held_out.every(rank, workers),
        )
        for rank in range(workers)
    ]


def grow(share: Share, report: Report) -> bytes:
    """Runs in each process of a team; all give the same model."""
    meeting = {**share.tracker, "dmlc_task_id": str(share.rank), "dmlc_timeout": SECONDS_TO_MEET}
    with CommunicatorContext(**meeting):
        return bytes(_grown(share, report).save_raw("json"))


def _grown(share: Share, report: Report) -> xgb.Booster:
    train = data(share.train, share.types)
    tests = [] if share.held_out is None else [(data(share.held_out, share.types), "test")]
    stop = (
        [xgb.callback.EarlyStopping(rounds=share.patience, save_best=True)]
        if share.patience
        else []
    )
    return xgb.train(
        share.parameters,
        train,
        num_boost_round=share.rounds,
        evals=tests,
        verbose_eval=False,
        callbacks=[Told(report, share.rounds), *stop],
    )


def data(rows: Rows, types: list[str]) -> xgb.DMatrix:
    """What XGBoost reads; its columns are called by their places."""
    return xgb.DMatrix(
        rows.matrix,
        label=rows.target,
        weight=rows.weight,
        # The columns' own names may hold characters that XGBoost refuses.
        feature_names=[f"f{place}" for place in range(len(types))],
        feature_types=types,
        enable_categorical=True,
        nthread=1,
    )


class Told(xgb.callback.TrainingCallback):
    """Tells of each round, with the held-out metric if there is one."""

    def __init__(self, report: Report, rounds: int) -> None:
        self._report = report
        self._rounds = rounds

    def after_iteration(self, model: Any, epoch: int, evals_log: Any) -> bool:
        """Never stops by itself."""
        metric, value = "", None
        for name, values in evals_log.get("test", {}).items():
            metric = {"mlogloss": "log_loss", "logloss": "log_loss"}.get(name, name)
            value = float(values[-1])
        self._report(Progress(done=epoch + 1, total=self._rounds, metric=metric, value=value))
        return False
