"""What suppliers say they delivered, against what the members book as purchased (TZ-BAL-04)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.closure import IN, RECEIVED, close
from verify.checks.ground import OUTSIDE, place, standing
from verify.checks.members import trades
from verify.checks.parties import party
from verify.checks.world import World

_YEAR = 4  # characters of a period that is a whole year
_MONTHS = 12


@dataclass(frozen=True)
class Tie:
    """One supplier's word for a year (or its stated months) against the members' rows; `party` '' is the park as a whole.

    `least` leaves out what may have come from somebody else, `most` is all that may have come from this supplier.
    """

    authority: str
    carrier: str
    party: str
    year: str
    unit: str
    stated: Fraction
    least: Fraction
    most: Fraction
    others: bool
    row_ids: tuple[str, ...]

    def residual(self, tolerance: Fraction) -> Fraction:
        """Stated beyond what the members book (+), or booked beyond what was stated (−); 0 within the tolerance."""
        if self.stated - self.most > tolerance * self.stated:
            return self.stated - self.most
        if self.least - self.stated > tolerance * self.least and not self.others:
            return self.stated - self.least
        return Fraction(0)


@dataclass(frozen=True)
class Compared:
    """The ties, and the statements whose months the members' rows do not tell apart."""

    ties: list[Tie]
    undecided: list[str]


def compared(world: World, suppliers: Mapping[str, Mapping[str, Any]]) -> Compared:
    """Every supplier's statement about a carrier, tied to the members by authority, carrier, party and year."""
    spoken = [
        {**row, "party": row["party_code"] if _about_one(world, row["party_code"]) else "", "flow": "stated"}
        for row in world.rows("statements")
        if row["authority"] in suppliers
        and row["carrier"]
        and not row["item"]
        and row["quantity"] is not None
        and not _neighbour(world, row)
    ]
    found: list[Tie] = []
    undecided: list[str] = []
    for balance in close(spoken, ("authority", "carrier", "party", "year", "unit"), {"stated": IN}):
        key, rule = balance.key, suppliers[balance.key["authority"]] or {}
        periods = {row["period"] for row in balance.rows}
        booked = _booked(world, key, periods)
        if booked is None:
            undecided.append(f"{key['authority']}/{key['carrier']}/{key['year']}")
            continue
        outside = [row for row in booked if row["where"] != "inside"]
        least = [row for row in outside if row["supply"] not in rule.get("elsewhere", ())]
        most = booked if rule.get("inside") or key["party"] else outside
        found.append(
            Tie(
                **{name: key[name] for name in ("authority", "carrier", "party", "year", "unit")},
                stated=balance.inflow,
                least=_sum(least),
                most=_sum(most),
                others=bool(rule.get("others")),
                row_ids=tuple(row["row_id"] for row in balance.rows),
            )
        )
    return Compared(found, undecided)


def _neighbour(world: World, row: Mapping[str, Any]) -> bool:
    """Whether a statement is about somebody who was never a member and has its place outside the fence."""
    about = party(world, row)
    return about is not None and not about.id and standing(world, place(row), row["period"]) == OUTSIDE


def _about_one(world: World, code: str) -> bool:
    """Whether a party code names one enterprise (also one that nobody declared) and not the park as a whole."""
    return bool(code) and code != str(world.submission.park.id)


def _booked(world: World, key: Mapping[str, str], periods: set[str]) -> list[dict[str, Any]] | None:
    """The members' purchases of the stated periods; None where statements are monthly and rows are not."""
    rows = [
        row
        for row in trades(world)
        if row["year"] == key["year"]
        and row["carrier"] == key["carrier"]
        and row["flow"] in RECEIVED
        and key["party"] in {"", row["enterprise_id"]}
    ]
    months = {period for period in periods if len(period) > _YEAR}
    if len(months) == _MONTHS or months != periods:
        return rows
    if any(len(row["period"]) == _YEAR for row in rows):
        return None
    return [row for row in rows if row["period"] in months]


def _sum(rows: Iterable[Mapping[str, Any]]) -> Fraction:
    return Fraction(sum((row["quantity"] for row in rows), Decimal(0)))
