"""Where one period's closing stock meets the next period's opening stock (TZ-BAL-05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from verify.checks.closure import IN, OUT, Residual, close
from verify.checks.defaults import burn_factor
from verify.checks.listing import on_rows
from verify.checks.members import inside
from verify.checks.rows import Found, text, tonnes
from verify.checks.world import World

_SIGNS = {"stock_close": IN, "stock_open": OUT}
FLOWS = tuple(_SIGNS)
_PLACE = ("enterprise_id", "source_id", "carrier", "unit")


@dataclass(frozen=True)
class Seam:
    """Closing stock of `period` (in) against the opening stock of `after` (out), of one carrier at one place."""

    balance: Residual
    period: str
    after: str


def seams(world: World) -> list[Seam]:
    """Every pair of neighbouring periods in which a place counts its stock. A blank end is nothing in stock."""
    places: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in _stock_rows(world):
        places.setdefault(tuple(row[key] for key in _PLACE), []).append(row)
    found = []
    for place in sorted(places):
        rows = places[place]
        for period in sorted({row["period"] for row in rows}):
            after = _next(period, {row["period"] for row in rows})
            if after:
                meeting = [
                    row
                    for row in rows
                    if (row["period"], row["flow"]) in {(period, "stock_close"), (after, "stock_open")}
                ]
                found += [Seam(balance, period, after) for balance in close(meeting, _PLACE, _SIGNS)]
    return found


def finding(world: World, seam: Seam) -> list[Found]:
    """The finding of a seam that does not hold; what vanished counts as the fuel that the member burns in the later year."""
    key, difference = seam.balance.key, seam.balance.difference
    factor = burn_factor(world, key["enterprise_id"], key["carrier"], seam.after[:4])
    one = Found(
        subject=key["enterprise_id"],
        period=seam.period,
        arguments={
            "carrier": key["carrier"],
            "closing": text(seam.balance.inflow),
            "opening": text(seam.balance.outflow),
            "unit": key["unit"],
            "next_period": seam.after,
        },
        effect=None if factor is None else tonnes(difference * factor),
    )
    return on_rows(one, "activity", (row["row_id"] for row in seam.balance.rows))


def _stock_rows(world: World) -> list[dict[str, Any]]:
    rows = world.table("activity")
    rows = rows.filter(rows.flow.isin(list(_SIGNS)) & rows.quantity.notnull())
    columns = ("row_id", "period", "flow", "quantity", *_PLACE)
    return [
        row
        for row in world.engine.rows(rows.select(*columns).order_by("row_id"))
        if inside(world, row["enterprise_id"], row["period"])
    ]


def _next(period: str, known: Iterable[str]) -> str:
    """The period that follows at once, as far as the place has rows in it: month on month, year on year, or across both."""
    year = str(int(period[:4]) + 1)
    month = int(period[5:]) if period[5:] else 12
    candidates = (f"{period[:4]}-{month + 1:02d}",) if month < 12 else (f"{year}-01", year)
    return next((one for one in candidates if one in known), "")
