"""The sections of the facts: which say what the report is and are always public, and how each other one is emptied."""

from __future__ import annotations

from typing import Any

HEAD = frozenset(
    {
        "format",
        "park",
        "ruler",
        "role",
        "year",
        "base_year",
        "years",
        "documents",
        "headline",
        "opinion",
        "not_checked",
    }
)
LISTS = frozenset(
    {
        "bunkers",
        "changes",
        "claims",
        "energy",
        "factors",
        "findings",
        "history",
        "indicators",
        "items",
        "members",
        "parameters",
        "reported",
        "runs",
        "sensitivities",
        "statistics",
        "terms",
        "unconfirmed",
        "zero_register",
    }
)
MAPPINGS = frozenset({"bridges", "certificates", "dispositions", "level", "matching", "meters"})
ALL = LISTS | MAPPINGS
PLACES = "places"


def empty(facts: dict[str, Any], section: str) -> int:
    """Empty `section` in its own shape; returns how many rows went."""
    if section in MAPPINGS:
        whole = facts[section]
        count = sum(len(value) if isinstance(value, list) else value is not None for value in whole.values())
        facts[section] = {key: [] if isinstance(value, list) else None for key, value in whole.items()}
        return count
    count = len(facts[section])
    facts[section] = []
    return count
