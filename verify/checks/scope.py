"""Scope between base year and reporting year: members, fence, feedstock, base-year restatement (TZ-SCP-01 to 03)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks import structure
from verify.checks.defaults import burn_factor
from verify.checks.listing import line_rows, on_rows, table_rows
from verify.checks.members import members, tonnes
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text
from verify.checks.rows import tonnes as rounded
from verify.checks.subject import park
from verify.checks.world import World, total


@check("TZ-SCP-01")
def same_members(world: World, params: Params) -> Rows:
    """Annex 2, 三: fence and list of members of the claim year are those of the base year (CK-N7).

    Silent where the change carries a reason and its paper. Undone: who left is carried on at its base-year value
    (decomposition.md 3.1: a works that is wound down does not take its tonnes with it), who entered is taken out again.
    `params.no_reason`: words of a spell that do not explain this change; `params.papers`: by reason of leaving the kinds of
    paper that prove it, for the park's own word proves no closure (GW-04).
    """
    _two_years(world)
    found: list[Found] = []
    changes = structure.changes(world, params["no_reason"], params["papers"])
    for one in changes:
        if one.explained:
            continue
        moved = tonnes(world, one.enterprise_id, world.base_year if one.change == structure.LEFT else one.last_year)
        arguments = {"base_year": world.base_year, "change": one.change, "reason": one.reason, "moved": text(moved)}
        effect = rounded(moved if one.change == structure.LEFT else -moved)
        found += on_rows(Found(one.enterprise_id, world.year, arguments, effect), "enterprises", one.row_ids)
    if structure.fence_moved(world):
        arguments = {"base_year": world.base_year, "change": structure.BOUNDARY, "reason": "", "moved": ""}
        found.append(Found(park(world), world.year, arguments))
    everybody = members(world, world.base_year) | members(world, world.year)
    cells = [
        cell
        for year in (world.base_year, world.year)
        for cell in world.cells(year, measure="carbon", enterprise_id=everybody)
    ]
    return Rows(found, Scope.of(cells) if cells else Scope.count(len(everybody)))


@check("TZ-SCP-02")
def feedstock_share(world: World, params: Params) -> Rows:
    """Annex 4, 二（一）2: the share of a carrier that a member uses as feedstock does not jump (CK-N8).

    Silent where the feedstock rests on a carbon balance or analysis. Undone: feedstock beyond the base-year share is
    burned as the member burns the carrier.
    """
    _two_years(world)
    found: list[Found] = []
    jump = world.number(params["jump"])
    base, claim = _uses(world, world.base_year), _uses(world, world.year)
    for key in sorted(set(base) & set(claim)):
        (before, base_total), (now, claim_total) = base[key], claim[key]
        share, past = now / claim_total, before / base_total
        if share - past <= jump or _balanced(world, key):
            continue
        enterprise, carrier = key
        factor = burn_factor(world, enterprise, carrier, world.year)
        arguments = {
            "carrier": carrier,
            "base_year": world.base_year,
            "base_share": text(past),
            "claim_share": text(share),
        }
        effect = None if factor is None else rounded((now - past * claim_total) * factor)
        rows = line_rows(
            world, measure="energy", year=world.year, enterprise_id=enterprise, carrier=carrier, flow="feedstock"
        )
        found += on_rows(Found(enterprise, world.year, arguments, effect), "activity", rows)
    cells = world.cells(measure="carbon", item_class="fuel")
    if not cells:
        raise NotApplicable("no_fuel_used")
    keys = set(base) & set(claim)
    return Rows(found, Scope.of([cell for cell in cells if (cell["enterprise_id"], cell["carrier"]) in keys], cells))


def _uses(world: World, year: str) -> dict[tuple[str, str], tuple[Fraction, Fraction]]:
    """Feedstock and everything used, per member and fuel."""
    found: dict[tuple[str, str], tuple[Fraction, Fraction]] = {}
    for cell in world.cells(year, measure="energy", side="use", item_class="fuel"):
        if cell["quantity"] > 0:
            key = (cell["enterprise_id"], cell["carrier"])
            feed, used = found.get(key, (Fraction(0), Fraction(0)))
            amount = Fraction(cell["quantity"])
            found[key] = (feed + (amount if cell["flow"] == "feedstock" else 0), used + amount)
    return found


def _balanced(world: World, key: tuple[str, str]) -> bool:
    """Whether every feedstock line of the member and carrier is proven."""
    feed = world.cells(measure="carbon", enterprise_id=key[0], carrier=key[1], flow="feedstock")
    return bool(feed) and all(cell["proven"] for cell in feed)


@check("TZ-SCP-03")
def base_year_restated(world: World, params: Params) -> Rows:
    """Recalculation of the base year is due when structural changes reach the ruler's threshold, net or gross.

    decomposition.md 1.1 and 1.2: cumulative since the base year, signed and absolute sums both (splitting, netting).
    `params.organic`: reasons that are growth or decline, not transfers. Who goes on inside under another id by a proven lineage
    has not moved.
    """
    threshold_id = world.ruler.text.baseline.recalculation_threshold
    if not threshold_id:
        raise NotApplicable("no_recalculation_threshold")
    _two_years(world)
    threshold = world.number(threshold_id)
    base = total(world.cells(world.base_year, term=world.ruler.text.method.core_terms), "tco2")
    if not base:
        raise CouldNotRun("base_year_missing", year=world.base_year)
    moves: list[tuple[structure.Change, Decimal]] = []
    for one in structure.changes(world, {}):
        if one.reason not in params["organic"] and not one.continued:
            amount = tonnes(
                world, one.enterprise_id, world.base_year if one.change == structure.LEFT else one.first_year
            )
            moves.append((one, -amount if one.change == structure.LEFT else amount))
    net = Fraction(sum((amount for _, amount in moves), Decimal(0))) / Fraction(base)
    gross = Fraction(sum((abs(amount) for _, amount in moves), Decimal(0))) / abs(Fraction(base))
    found: list[Found] = []
    if max(abs(net), gross) >= threshold:
        arguments = {
            "base_year": world.base_year,
            "base_total": text(base),
            "net": text(net),
            "gross": text(gross),
            "threshold": text(threshold),
        }
        one_finding = Found(park(world), world.year, arguments, effect_unit="")
        found = on_rows(
            one_finding,
            "enterprises",
            table_rows(world, "enterprises", enterprise_id=[one.enterprise_id for one, _ in moves]),
        )
    cells: list[dict[str, Any]] = world.cells(world.base_year, measure="carbon")
    return Rows(found, Scope.of(cells))


def _two_years(world: World) -> None:
    if world.base_year == world.year:
        raise NotApplicable("base_year_is_reporting_year")
    if not world.cells(world.base_year):
        raise CouldNotRun("base_year_missing", year=world.base_year)
