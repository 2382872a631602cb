"""Where one period's closing stock meets the next period's opening stock (TZ-BAL-05)."""

from __future__ import annotations

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
_HELD = ("enterprise_id", "carrier", "unit")


@dataclass(frozen=True)
class Seam:
    """Closing stock of `period` (in) against the opening stock of `after` (out), of one carrier at one member."""

    balance: Residual
    period: str
    after: str


def seams(world: World) -> list[Seam]:
    """Every pair of neighbouring periods of which one counts a stock. A blank end is nothing in stock.

    Stock may move between the yards of a member, so that its yards are one; a period is known where the member has any
    row of the carrier, so that a stock that is never seen again is found too.
    """
    stocks: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in _stock_rows(world):
        stocks.setdefault(tuple(row[key] for key in _HELD), []).append(row)
    known = _periods(world)
    found = []
    for held in sorted(stocks):
        rows = stocks[held]
        for period, after in sorted(_meetings(rows, known[held])):
            ends = {(period, "stock_close"), (after, "stock_open")}
            meeting = [row for row in rows if (row["period"], row["flow"]) in ends]
            found += [Seam(balance, period, after) for balance in close(meeting, _HELD, _SIGNS)]
    return found


def _meetings(rows: list[dict[str, Any]], known: set[str]) -> set[tuple[str, str]]:
    """(period, next period) of every closing and every opening stock that has a neighbour; a counted one before a blank one."""
    closed, opened = ({row["period"] for row in rows if row["flow"] == flow} for flow in ("stock_close", "stock_open"))
    pairs = {(one, after) for one in closed for after in _nearest(_after(one), opened, known)}
    return pairs | {(before, one) for one in opened for before in _nearest(_before(one), closed, known)}


def _nearest(candidates: tuple[str, ...], counted: set[str], known: set[str]) -> list[str]:
    """The first candidate with a stock, else the first that is known at all."""
    there = [one for one in candidates if one in counted] or [one for one in candidates if one in known]
    return there[:1]


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
    columns = ("row_id", "period", "flow", "quantity", *_HELD)
    return [
        row
        for row in world.engine.rows(rows.select(*columns).order_by("row_id"))
        if inside(world, row["enterprise_id"], row["period"])
    ]


def _periods(world: World) -> dict[tuple[str, ...], set[str]]:
    """The periods in which a member has rows of a carrier."""
    rows = world.table("activity")
    found: dict[tuple[str, ...], set[str]] = {}
    for row in world.engine.rows(rows.filter(rows.quantity.notnull()).select("period", *_HELD).distinct()):
        if inside(world, row["enterprise_id"], row["period"]):
            found.setdefault(tuple(row[key] for key in _HELD), set()).add(row["period"])
    return found


def _after(period: str) -> tuple[str, ...]:
    """The periods that may follow at once: month on month, year on year, or across both."""
    year, month = int(period[:4]), int(period[5:] or 12)
    return (f"{year}-{month + 1:02d}",) if month < 12 else (f"{year + 1}-01", f"{year + 1}")


def _before(period: str) -> tuple[str, ...]:
    """The periods that may come at once before."""
    year, month = int(period[:4]), int(period[5:] or 1)
    return (f"{year}-{month - 1:02d}",) if month > 1 else (f"{year - 1}-12", f"{year - 1}")
