"""How a class becomes an actor."""

from __future__ import annotations

from typing import Any

import ray

from weft_ml import orphans


def actor(kind: Any) -> Any:
    """The class as an actor of Ray whose process does not outlive its node."""

    class Actor(kind):  # type: ignore[misc]
        def __init__(self, *given: Any, **named: Any) -> None:
            orphans.end_with_parent()
            super().__init__(*given, **named)

    # What Ray calls it, in errors and lists of processes.
    Actor.__name__ = Actor.__qualname__ = kind.__name__
    return ray.remote(Actor)
