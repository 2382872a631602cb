"""The checks, by code. A check is a function of (world, parameters of the ruler) that returns `Rows`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from verify.checks.rows import Rows
from verify.checks.world import World

Params = Mapping[str, Any]
CheckFunction = Callable[[World, Params], Rows]


@dataclass(frozen=True)
class Registered:
    """A check and the tables without which it could not run."""

    code: str
    function: CheckFunction
    needs: frozenset[str]


_CHECKS: dict[str, Registered] = {}
_MODULES = (
    "electricity",
    "heat",
    "fuel",
    "carbon",
    "feedstock",
    "balance",
    "conversion",
    "green",
    "scope",
    "indicator",
    "claim",
    "reported",
    "coverage",
    "conditions",
    "plausible",
    "zero",
    "gases",
    "province",
    "swaps",
    "relocation",
    "group_test",
    "makeable",
    "spun_off",
    "product_balance",
    "steps",
    "moved_out",
    "dilution",
    "counted_twice",
    "relative_claim",
    "basis_change",
    "history",
    "authorities",
    "residents",
    "redrawn",
    "shares",
    "renamed",
    "vanished",
    "power_of_ten",
    "base_years",
    "between",
    "restated",
    "certificate_twice",
    "certificate_chain",
    "certificate_dates",
    "certificate_use",
    "certificate_kinds",
    "parallel_schemes",
    "certificate_volume",
    "storage",
    "direct_ratios",
    "direct_supply",
    "meter_gaps",
    "meter_limits",
    "meter_patterns",
    "meter_ties",
    "meter_life",
    "meter_sun",
    "matching",
    "papers_dates",
    "papers_numbers",
    "papers_batches",
    "papers_files",
    "papers_copied",
    "papers_notice",
    "papers_switched",
    "visits",
    "numbers",
)


def check(code: str, *, needs: set[str] | None = None) -> Callable[[CheckFunction], CheckFunction]:
    """Register a check. `needs`: tables that must have been handed in, else the outcome is `could_not_run`."""

    def register(function: CheckFunction) -> CheckFunction:
        if code in _CHECKS and _CHECKS[code].function.__qualname__ != function.__qualname__:
            raise ValueError(f"two checks are called {code}")
        _CHECKS[code] = Registered(code, function, frozenset(needs or ()))
        return function

    return register


def registered() -> dict[str, Registered]:
    """Every check, by code."""
    for name in _MODULES:
        import_module(f"verify.checks.{name}")
    return dict(sorted(_CHECKS.items()))
