"""The entry points of algorithms of the user's own; importing this loads none of them."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

GROUP = "weft.algorithms"


def find(name: str) -> EntryPoint | None:
    """The entry point of a name."""
    return next((point for point in entry_points(group=GROUP) if point.name == name), None)


def package(point: EntryPoint) -> str:
    """The package that has it."""
    return "" if point.dist is None else str(point.dist.name)


def packages() -> list[str]:
    """The packages that have any, for the versions kept with a model."""
    return sorted({package(point) for point in entry_points(group=GROUP)} - {""})
