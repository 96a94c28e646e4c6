"""Where the members of a team run: on as many nodes as there are, each with a CPU if there are."""

from __future__ import annotations

from typing import Any

import ray
from ray.util.placement_group import (
    PlacementGroup,
    placement_group,
    placement_group_table,
    remove_placement_group,
)
from ray.util.scheduling_strategies import (
    NodeAffinitySchedulingStrategy,
    PlacementGroupSchedulingStrategy,
)

from weft_ml.errors import TrainingFailedError

# Other work may have the CPUs for hours; members without one share those of somebody else.
SECONDS_FOR_CPUS = 5.0
SECONDS_FOR_GPUS = 60.0


class Placing:
    """The places of one team, all or none of them, from when it is made until its ``end``."""

    def __init__(self, size: int, gpus: float) -> None:
        self._size = size
        self._nodes = _nodes()
        self._gpus = share(gpus, size)
        self._group: PlacementGroup | None = None
        if gpus:
            self._group = _group(size, {"GPU": self._gpus})
        elif len(self._nodes) > 1 and ray.cluster_resources().get("CPU", 0.0) >= size:
            # One node has its cores whatever Ray counts; between several it chooses by its counts.
            self._group = _group(size, {"CPU": 1.0})

    def wait(self) -> None:
        """Returns once members can start; CPUs are not waited for as long as GPUs are."""
        self._nodes = _nodes()
        if self._group is None:
            return
        if self._group.wait(SECONDS_FOR_GPUS if self._gpus else SECONDS_FOR_CPUS):
            return
        if self._gpus:
            raise TrainingFailedError(
                f"Ray had no {self._gpus:g} GPU for each of {self._size} workers within"
                f" {SECONDS_FOR_GPUS:.0f} s; ask for fewer, or run it again when they are free",
                retryable=True,
            )
        self.end()
        self._group = None

    def is_gone(self) -> bool:
        """Whether a node that members were to run on has died since they could start."""
        if self._group is None:
            return not set(self._nodes) <= set(_nodes())
        return bool(placement_group_table(self._group)["state"] != "CREATED")

    def options(self, rank: int) -> dict[str, Any]:
        """What Ray is told about a member."""
        if self._group is None:
            node = self._nodes[rank % len(self._nodes)]
            # Of what asks for no resource Ray spreads nothing evenly, nor goes where it softly may.
            there = NodeAffinitySchedulingStrategy(node, soft=False)
            return {"num_cpus": 0, "scheduling_strategy": there}
        bundle = self._group.bundle_specs[rank]
        return {
            "num_cpus": bundle.get("CPU", 0),
            "num_gpus": bundle.get("GPU", 0),
            "scheduling_strategy": PlacementGroupSchedulingStrategy(
                self._group, placement_group_bundle_index=rank
            ),
        }

    def end(self) -> None:
        """Gives back what was held, with whoever is still there."""
        if self._group is not None:
            remove_placement_group(self._group)


def share(gpus: float, size: int) -> float:
    """The GPUs of one member: a part of one, or whole ones, as Ray counts them."""
    return float(gpus // size) if gpus >= size else gpus / size


def _nodes() -> list[str]:
    """Nodes that work is given to, in an order that is the same each time."""
    alive = [node for node in ray.nodes() if node["Alive"]]
    working = [node for node in alive if node["Resources"].get("CPU")]
    return sorted(node["NodeID"] for node in working or alive)


def _group(size: int, needs: dict[str, float]) -> PlacementGroup:
    group: PlacementGroup = placement_group([needs] * size, strategy="SPREAD")
    return group
