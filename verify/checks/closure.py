"""Conservation (DESIGN 8 C): what goes in comes out, key by key. One balance for every check of conservation.

A check chooses rows, the columns that make a key (year, carrier, kind, counterparty, account …) and which words of one
column stand on which side; `close` gives back what is left over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

IN, OUT = 1, -1
# Sides of a carrier in one period: what it comes from, what becomes of it (contract of `activity`).
FLOWS: Mapping[str, int] = {
    **dict.fromkeys(
        ("purchased", "tolled_in", "primary_production", "stock_open", "transformation_out", "recovered", "discharged"),
        IN,
    ),
    **dict.fromkeys(
        (
            "sold",
            "tolled_out",
            "stock_close",
            "final_use",
            "transformation_in",
            "feedstock",
            "loss",
            "flared",
            "charged",
            "bunker",
        ),
        OUT,
    ),
}
RECEIVED = ("purchased", "tolled_in")
GIVEN = ("sold", "tolled_out")
SIDES: Mapping[str, int] = {"fence": IN, "use": OUT}


@dataclass(frozen=True)
class Residual:
    """One balance: sums of both sides in the unit of the amount, and the rows behind them."""

    key: Mapping[str, str]
    inflow: Fraction
    outflow: Fraction
    rows: tuple[Mapping[str, Any], ...]

    @property
    def difference(self) -> Fraction:
        """In minus out: + has come in and gone nowhere, − has gone out and come from nowhere."""
        return self.inflow - self.outflow

    def beyond(self, tolerance: Fraction, base: Fraction | None = None) -> bool:
        """Whether the difference is more than `tolerance` (a share) of `base`, by default of the larger side."""
        return abs(self.difference) > tolerance * (max(abs(self.inflow), abs(self.outflow)) if base is None else base)


def close(
    rows: Iterable[Mapping[str, Any]],
    keys: Sequence[str],
    signs: Mapping[str, int],
    *,
    by: str = "flow",
    amount: str = "quantity",
) -> list[Residual]:
    """The balance of every key, in order of key. Rows whose word in column `by` has no sign are no part of it."""
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        if row[by] in signs and row.get(amount) is not None:
            groups.setdefault(tuple(str(row[key]) for key in keys), []).append(row)
    return [
        Residual(
            key=dict(zip(keys, group, strict=True)),
            inflow=_side(found, signs, IN, by, amount),
            outflow=_side(found, signs, OUT, by, amount),
            rows=tuple(found),
        )
        for group, found in sorted(groups.items())
    ]


def _side(rows: list[Mapping[str, Any]], signs: Mapping[str, int], side: int, by: str, amount: str) -> Fraction:
    return Fraction(sum((row[amount] for row in rows if signs[row[by]] == side), Decimal(0)))
