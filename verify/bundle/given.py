"""Which figures a reader must take as published, because the cells behind them stay back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from verify.bundle.recompute import MERGED


def given_items(facts: Mapping[str, Any], items: Iterable[str]) -> frozenset[str]:
    """Which of the ruler's `items` a reader must take as published: terms without cells, and energy, whose cells stay back.

    `facts` are public ones: their `terms` name the terms whose cells are published, and one row for all others together.
    """
    public = {f"term.{row['term']}.tco2" for row in facts["terms"]} - {f"term.{MERGED}.tco2"}
    return frozenset(
        item for item in items if item == "energy.tce" or (item.startswith("term.") and item not in public)
    )
