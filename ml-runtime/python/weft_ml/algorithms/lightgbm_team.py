"""LightGBM on several processes: each has a share of the rows, and all grow the same trees."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from typing import Any

import lightgbm as lgb
import numpy as np

from weft_ml.algorithms.rows import Rows, refuse_few
from weft_ml.arrays import Floats
from weft_ml.progress import Progress
from weft_ml.restarts import TWICE, through_losses
from weft_ml.team import Kept, Place, Report, Team, Tell

MINUTES_TO_ANSWER = 2
# Where the workers met is no part of the model: the same rows and seed give the same file.
MEETING = re.compile(r"^\[(machines|local_listen_port): .*\]\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one process trains on; ``machines`` are the places of all, if there are several."""

    rank: int
    machines: tuple[Place, ...]
    train: Rows
    held_out: Rows | None
    categorical: list[int]
    parameters: dict[str, Any]
    rounds: int
    patience: int


@dataclass(frozen=True, slots=True)
class Grown:
    """The trees up to the best round as LightGBM's text, that round, and each feature's gain.

    ``answers`` are those for the rows it was trained on, where LightGBM has them at hand.
    """

    text: str
    best: int
    gains: tuple[float, ...]
    answers: Floats | None


def train(team: Team | None, share: Share, report: Report) -> Grown:
    """Trees, grown here or by a team that has the rows among them."""
    if team is None:
        return grow(share, report)
    refuse_few([share.train], team.size)

    def grown(_: Kept | None, tell: Tell) -> Grown:
        machines = tuple(team.places())
        shares = [_share(share, rank, machines) for rank in range(team.size)]
        found: Grown = team.work(grow, shares, tell)[0]
        return found

    return through_losses(grown, report, team, TWICE)


def _share(share: Share, rank: int, machines: tuple[Place, ...]) -> Share:
    threads = max(1, int(share.parameters["num_threads"]) // len(machines))
    # All test on all rows held out: who saw other metrics would stop at another round.
    return replace(
        share,
        rank=rank,
        machines=machines,
        train=share.train.every(rank, len(machines)),
        parameters={**share.parameters, "num_threads": threads},
    )


def grow(share: Share, report: Report) -> Grown:
    """Runs in each process of a team; all give the same trees."""
    if share.machines:
        # It tells of each try to meet, whatever its verbosity.
        lgb.register_logger(logging.getLogger(__name__))
    train = _dataset(share, share.train, None)
    held_out = [] if share.held_out is None else [_dataset(share, share.held_out, train)]
    booster = lgb.train(
        {**share.parameters, **_network(share)},
        train,
        num_boost_round=share.rounds,
        valid_sets=held_out,
        valid_names=["test"] * len(held_out),
        callbacks=_callbacks(share, report),
        keep_training_booster=True,
    )
    best = booster.best_iteration
    return Grown(
        MEETING.sub("", booster.model_to_string(num_iteration=best if best > 0 else None)),
        best or booster.current_iteration(),
        tuple(float(gain) for gain in booster.feature_importance("gain")),
        _answers(booster) if _has_answers(share, booster) else None,
    )


def _has_answers(share: Share, booster: lgb.Booster) -> bool:
    """Its scores are those of all rounds and all rows, and as exact as those of the model."""
    if share.machines or booster.best_iteration not in (-1, 0, booster.current_iteration()):
        return False
    return share.parameters.get("boosting") == "gbdt" and not share.parameters.get("linear_tree")


def _answers(booster: lgb.Booster) -> Floats:
    """What the training has added up, which spares a walk through all trees."""
    kept: list[Floats] = []

    def keep(predicted: Floats, _: lgb.Dataset) -> tuple[str, float, bool]:
        kept.append(np.array(predicted, dtype=np.float64))
        return "kept", 0.0, True

    booster.eval_train(keep)
    return kept[0]


def _network(share: Share) -> dict[str, Any]:
    if not share.machines:
        return {}
    return {
        "tree_learner": "data",
        "pre_partition": True,
        "num_machines": len(share.machines),
        # LightGBM would look for itself among the addresses of its interfaces, where one that
        # others use for this machine need not be.
        "machines": ",".join([f"rank={share.rank}", *map(str, share.machines)]),
        "local_listen_port": share.machines[share.rank].port,
        "time_out": MINUTES_TO_ANSWER,
    }


def _dataset(share: Share, rows: Rows, reference: lgb.Dataset | None) -> lgb.Dataset:
    return lgb.Dataset(
        rows.matrix,
        rows.target,
        weight=rows.weight,
        reference=reference,
        categorical_feature=share.categorical,
        params={"verbosity": -1},
        free_raw_data=True,
    )


def _callbacks(share: Share, report: Report) -> list[Any]:
    def tell(state: lgb.callback.CallbackEnv) -> None:
        done = state.iteration + 1
        if not state.evaluation_result_list:
            report(Progress(done=done, total=share.rounds))
            return
        name, value = state.evaluation_result_list[0][1:3]
        shown = {"multi_logloss": "log_loss"}.get(name, name)
        report(Progress(done=done, total=share.rounds, metric=shown, value=float(value)))

    stop = [lgb.early_stopping(share.patience, verbose=False)] if share.patience else []
    return [tell, *stop]
