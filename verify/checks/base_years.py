"""The year that a reduction is counted from: picked, moved, or longer than the other (TZ-BYR-01 to 03; GW-07).

decomposition.md 1.2 and 1.4: report the claim for every admissible base year and the day of the choice.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.listing import on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.two_years import need_two_years
from verify.checks.world import World, total
from verify.engine import AMOUNT

_YEAR_IN_TEXT = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_COLUMNS = ("enterprise_id", "source_id", "carrier", "flow")


@check("TZ-BYR-01")
def picked_at_the_peak(world: World, params: Params) -> Rows:
    """Where the ruler leaves the base year free, it was not picked as the highest of the years that were known (GW-07).

    Silent where the ruler prescribes the year, and where it was chosen before it ended. `params.fewest`: years beside the
    reporting year that make a choice. No effect: which year is right nobody knows; the claim is said for all of them.
    """
    baseline = world.ruler.text.baseline
    if baseline.year == world.base_year:
        raise NotApplicable("base_year_prescribed")
    need_two_years(world)
    totals = {year: _total(world, year) for year in world.years if year < world.year and world.cells(year)}
    if len(totals) < int(params["fewest"]):
        raise NotApplicable("too_few_years")
    chosen, now = totals[world.base_year], _total(world, world.year)
    on = world.submission.park.base_year_chosen_on
    found: list[Found] = []
    first = on is not None and on <= date(int(world.base_year), 12, 31)
    if chosen == max(totals.values()) > min(totals.values()) and not first:
        falls = sorted(amount - now for amount in totals.values())
        arguments = {
            "base_year": world.base_year, "years": ", ".join(sorted(totals)), "least": text(falls[0]), "most": text(falls[-1]),
            "chosen_on": str(on or ""),
        }  # fmt: skip
        found = [Found(park(world), world.year, arguments, effect_unit="")]
    return Rows(found, Scope.count(len(totals)))


@check("TZ-BYR-02")
def one_base_year(world: World, params: Params) -> Rows:
    """Annex 2, 三: what is claimed is counted from the base year, that of the ruler where it prescribes one.

    A sentence about another year is silent where it claims no more than the base year would, and where the park says beside
    it what the same figure fell since the base year. Undone: tonnes by which the other year stands above the base year.
    """
    prescribed = world.ruler.text.baseline.year
    due = prescribed or world.base_year
    spoken = [row for row in world.rows("claims") if row["kind"] in params["kinds"]]
    if not spoken and not prescribed:
        raise NotApplicable("no_claims")
    found: list[Found] = []
    others = [("park.yaml", world.base_year, "", "")] if prescribed and world.base_year != prescribed else []
    others += [
        (row["claim_id"], year, "claims", row["row_id"]) for row in spoken for year in _since(world, row) if year != due
    ]
    beside = {(row["year"], row["item"].strip()) for row in spoken if row["base_year"] == due}
    told = {row["claim_id"] for row in spoken if (row["year"], row["item"].strip()) in beside}
    for said_by, year, table, row_id in others:
        over = _total(world, year) - _total(world, due) if world.cells(year) and world.cells(due) else None
        if table and (over is None or over <= 0 or said_by in told):
            continue
        arguments = {"said_by": said_by, "said": year, "due": due}
        found.append(
            Found(
                park(world), world.year, arguments, None if over is None else tonnes(over), table=table, row_id=row_id
            )
        )
    return Rows(found, Scope.count(len(spoken) + bool(prescribed)))


@check("TZ-BYR-03", needs={"activity"})
def years_of_one_length(world: World, params: Params) -> Rows:
    """Annex 4, 一: a year is a calendar year; the rows of a source cover no more days in the base year than now.

    `params.days`: by how many days two years may differ (a leap day, a reading on the next working day). Undone: the tonnes
    of the reporting year over as many days as the base year. `params.events`: standstills that explain fewer days.
    """
    need_two_years(world)
    (then, dated), (now, also) = (_days(world, year) for year in (world.base_year, world.year))
    tested = sorted(then.keys() & now.keys() & (dated | also))
    if not tested:
        raise NotApplicable("no_dated_rows")
    slack = world.number(params["days"])
    found: list[Found] = []
    for key in tested:
        (before, _), (after, ids) = then[key], now[key]
        if before - after <= slack or after <= 0:
            continue
        short = Fraction(before - after, after)
        counted = _tonnes(world, ids)
        if counted <= 0 or _stood_still(world, key, params["events"]):
            continue
        arguments = {
            "carrier": key[2],
            "base_year": world.base_year,
            "base_days": str(before),
            "claim_days": str(after),
        }
        found += on_rows(Found(key[1] or key[0], world.year, arguments, tonnes(counted * short)), "activity", ids)
    return Rows(found, Scope.count(len(tested)))


def _stood_still(world: World, key: tuple[str, ...], kinds: list[str]) -> bool:
    """Whether the source was retired, or stood still, or its member left or came, within one of the two years."""
    years = {world.base_year, world.year}
    retired = any(
        str(row[day] or "")[:4] in years
        for row in world.rows("sources")
        for day in ("commissioned", "retired")
        if (row["enterprise_id"], row["source_id"]) == key[:2]
    )
    moved = any(
        str(row[day] or "")[:4] in years
        for row in world.spells()
        for day in ("from", "to")
        if row["enterprise_id"] == key[0]
    )
    still = any(
        row["kind"] in kinds
        and row["source_id"] in {"", key[1]}
        and row["enterprise_id"] in {"", key[0]}
        and str(row["from"])[:4] in years
        for row in world.rows("events")
    )
    return retired or moved or still


def _total(world: World, year: str) -> Decimal:
    return total(world.cells(year, term=world.ruler.text.method.core_terms), "tco2")


def _since(world: World, row: Mapping[str, Any]) -> list[str]:
    """The year that a reduction is counted from: its own column, else the years that the sentence names beside its own."""
    if row["base_year"]:
        return [row["base_year"]]
    own = {row["year"] or world.year, world.base_year}
    return sorted(set(_YEAR_IN_TEXT.findall(row["text"])) - own)


def _days(world: World, year: str) -> tuple[dict[tuple[str, ...], tuple[int, list[str]]], set[tuple[str, ...]]]:
    """Days that the rows of a source, carrier and flow cover in a year, and the rows; and those that say from and to."""
    rows = world.table("activity").filter(lambda t: t.year == year)
    columns = [*_COLUMNS, "period", "from", "to", "row_id"]
    dated: set[tuple[str, ...]] = set()
    spans: dict[tuple[str, ...], set[tuple[date, date]]] = defaultdict(set)
    ids: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in world.engine.rows(rows.select(*columns).order_by("row_id")):
        key = tuple(row[name] for name in _COLUMNS)
        first, last = _span(row["period"])
        if row["from"] is not None and row["to"] is not None:
            dated.add(key)
        spans[key].add((row["from"] or first, row["to"] or last))
        ids[key].append(row["row_id"])
    return {key: (_covered(spans[key]), ids[key]) for key in ids}, dated


def _covered(spans: set[tuple[date, date]]) -> int:
    """Days in the union of spans."""
    days, until = 0, date.min
    for first, last in sorted(spans):
        start = max(first, date.fromordinal(until.toordinal() + 1)) if until > date.min else first
        days += max((last - start).days + 1, 0)
        until = max(until, last)
    return days


def _span(period: str) -> tuple[date, date]:
    year = int(period[:4])
    if len(period) == 4:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(period[5:7])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _tonnes(world: World, ids: list[str]) -> Fraction:
    """tCO2 of rows in the counted terms."""
    lines = world.lines().filter(lambda t: (t.measure == "carbon") & t.row_id.isin(ids))
    lines = lines.filter(lines.term.isin(list(world.ruler.text.method.core_terms)))
    summed = world.engine.rows(lines.aggregate(tco2=lines.tco2.sum().cast(AMOUNT)))
    return Fraction(summed[0]["tco2"] or 0)
