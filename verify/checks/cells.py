"""Ledger cells of every year, and sums over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from verify.checks.subject import park
from verify.checks.world import World

Cell = Mapping[str, Any]


def every(world: World, **only: str | Iterable[str]) -> list[dict[str, Any]]:
    """Cells of all years under the chosen readings, filtered by equality or membership."""
    kept = {key: one if isinstance(one, str) else tuple(one) for key, one in only.items()}
    return [cell for year in world.years for cell in world.cells(year, **kept)]


def grouped(cells: Iterable[dict[str, Any]], *keys: str) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Cells by the words of some columns, in order."""
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for cell in cells:
        found.setdefault(tuple(str(cell[key]) for key in keys), []).append(cell)
    return dict(sorted(found.items()))


def owner(world: World, cells: Iterable[Cell]) -> str:
    """The enterprise that all the cells belong to, else the park."""
    holders = {cell["enterprise_id"] for cell in cells}
    return str(holders.pop()) if len(holders) == 1 else park(world)


def where(cells: Iterable[dict[str, Any]], holds: Callable[[Cell], bool]) -> list[dict[str, Any]]:
    """The cells for which something holds."""
    return [cell for cell in cells if holds(cell)]
