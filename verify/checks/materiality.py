"""Differences between filing and recomputation, net and gross, against the total and against the reduction claimed.

verification-procedure 4: net is the signed difference, gross the sum of absolute ones; a reduction is a difference of
two years, so an error that is small against the total can be most of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from verify.checks.filed import TOTAL, Filed
from verify.checks.world import World
from verify.engine import AMOUNT
from verify.ledger import REPORTED

_TERM = "term."


@dataclass(frozen=True)
class Gap:
    """What a filing shows otherwise than its rows: base, net (filed minus recomputed) and gross, in tCO2."""

    against: str
    year: str
    base: Fraction
    net: Fraction
    gross: Fraction
    row_ids: tuple[str, ...]

    @property
    def effect(self) -> Fraction:
        """Tonnes hidden: what the total leaves out, or what the reduction shows too much."""
        return self.net if self.against == "claimed_reduction" else -self.net

    def beyond(self, threshold: Fraction) -> bool:
        """Whether net or gross exceed the threshold (a share) of the base."""
        return max(abs(self.net), self.gross) > threshold * self.base


@dataclass(frozen=True)
class Inventory:
    """The filed total of a year and how far it and its terms are from the rows."""

    year: str
    filed: Fraction
    net: Fraction
    gross: Fraction
    row_ids: tuple[str, ...]


def inventories(world: World, figures: list[Filed]) -> dict[str, Inventory]:
    """The inventory of every year: as filed in `reported`, else as the factors filed in rows give it."""
    found = {}
    for year in world.years:
        here = [one for one in figures if one.year == year]
        one = _of_figures(year, here) or _of_rows(world, year)
        if one is not None:
            found[year] = one
    return found


def gaps(world: World, known: dict[str, Inventory]) -> Iterator[Gap]:
    """The tests of materiality: each year against its total, and the reduction since the base year against itself."""
    for year, one in sorted(known.items()):
        yield Gap("total", year, abs(one.filed), one.net, one.gross, one.row_ids)
    base, last = known.get(world.base_year), known.get(world.year)
    if base is not None and last is not None and base.year != last.year and base.filed > last.filed:
        rows = (*base.row_ids, *last.row_ids)
        yield Gap(
            "claimed_reduction", last.year, base.filed - last.filed, base.net - last.net, base.gross + last.gross, rows
        )


def _of_figures(year: str, figures: list[Filed]) -> Inventory | None:
    """Gross adds up the differences of the terms filed, and is no less than that of the total."""
    whole = next((one for one in figures if one.item == TOTAL), None)
    terms = [one for one in figures if one.item.startswith(_TERM)]
    if whole is None:
        return None
    net = _real(whole)
    gross = max(abs(net), sum((abs(_real(one)) for one in terms), Fraction(0)))
    rows = (whole.row_id, *(one.row_id for one in terms if not one.agrees))
    return Inventory(year, whole.filed, net, gross, rows)


def _real(one: Filed) -> Fraction:
    """The difference of a figure; none where rounding explains it."""
    return Fraction(0) if one.agrees else one.difference


def _of_rows(world: World, year: str) -> Inventory | None:
    """The total by the factors that rows file, where any row files another factor than the ruler's."""
    held = world.lines(method=REPORTED)
    filed = held.filter((held.measure == "carbon") & held.factor_id.startswith("filed(") & (held.year == year))
    due = world.lines().filter(lambda t: t.measure == "carbon").select("row_id", due=lambda t: t.tco2)
    both = filed.join(due, "row_id").select("row_id", difference=lambda t: (t.tco2 - t.due).cast(AMOUNT))
    rows = world.engine.rows(both.order_by("row_id"))
    value = world.item(TOTAL, year)
    if not rows or not isinstance(value, Fraction):
        return None
    net = sum((Fraction(row["difference"]) for row in rows), Fraction(0))
    gross = sum((abs(Fraction(row["difference"])) for row in rows), Fraction(0))
    return Inventory(year, value + net, net, gross, tuple(row["row_id"] for row in rows))
