"""What training tells while it runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """An iteration that has ended, with the held-out metric if there is one."""

    done: int
    total: int
    metric: str = ""
    value: float | None = None
