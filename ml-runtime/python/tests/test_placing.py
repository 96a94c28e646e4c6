"""What is counted before a team is placed; where it runs then is in test_nodes."""

from __future__ import annotations

import pytest

from weft_ml.actor_placing import share


@pytest.mark.parametrize(
    ("gpus", "size", "each"),
    [(2, 2, 1), (1, 2, 0.5), (3, 2, 1), (8, 2, 4), (0.5, 2, 0.25), (0, 4, 0)],
)
def test_a_worker_has_whole_gpus_or_a_part_of_one(gpus: float, size: int, each: float) -> None:
    assert share(gpus, size) == each
