"""The bridges of a world, each or the reason why there is none."""

from __future__ import annotations

from fractions import Fraction

from verify.bridge.classification import AS_FILED, BY_SOURCE, classification
from verify.bridge.drivers import Year, total
from verify.bridge.found import Bridges, Reduction
from verify.bridge.outputs import one_product_each
from verify.bridge.park import Years, sides, tonnes
from verify.bridge.proof import proof
from verify.bridge.reduction import Bridge, least, reduction
from verify.bridge.side import Drivers
from verify.checks.world import World
from verify.road.bridges.evidence import evidence
from verify.road.bridges.fences import Fences, fences
from verify.road.bridges.level import level_of
from verify.road.bridges.ratio import ratio_of
from verify.ruler.bridging import BridgeRules

TOTAL = "total.tco2"


def bridges(world: World) -> Bridges:
    """The bridges from the base year to the reporting year, and of the level of the reporting year."""
    rules = world.ruler.text.bridge
    if rules is None:
        return Bridges(absent=dict.fromkeys(("reduction", "ratio", "level"), "no_rules"))
    core = next((name for name, one in world.ruler.text.indicators.items() if one.kind == "core"), None)
    level = level_of(world, core) if core else None
    absent = {} if level else {"level": "undefined"}
    reason = _reason(world)
    if reason:
        return Bridges(level=level, absent=absent | dict.fromkeys(("reduction", "ratio"), reason))
    around = fences(world, rules)
    found = _reduction(world, rules, around)
    of_ratio = ratio_of(world, found, around) if core else None
    return Bridges(found, of_ratio, level, absent if of_ratio else absent | {"ratio": "undefined"})


def _reason(world: World) -> str:
    """Why nothing can be compared, '' where it can."""
    if not world.base_year or world.base_year not in world.years:
        return "no_base_year"
    return "same_year" if world.base_year == world.year else ""


def _reduction(world: World, rules: BridgeRules, around: Fences) -> Reduction:
    reported, filed = _reported(world, around)
    industry = {row["enterprise_id"]: row["industry_code"] for row in world.spells()}
    heat = _heat(world, rules, around)
    limited = _limited(world, around)
    found: dict[tuple[str, str], Bridge] = {}
    coarse = Fraction(0)
    for boundary, inside in around.common.items():
        if boundary != rules.common and inside is around.common[rules.common]:
            continue  # nobody came or went: both are the same
        plain = one_product_each(inside.production)
        for name in rules.classifications:
            if plain and name == BY_SOURCE and (boundary, AS_FILED) in found:
                found[boundary, name] = found[boundary, AS_FILED]  # nothing has two names
                continue
            kind = classification(name, industry)
            before, after, drivers = sides(
                rules,
                heat,
                Years(world.base_year, world.year),
                around.filed,
                inside,
                reported,
                classification=kind,
                limited=limited,
            )
            material = _material(world, before.recomputed.com_ref)
            shown = evidence(world, kind.classed)
            found[boundary, name] = reduction(
                before, after, proof(drivers, shown, world.base_year, world.year, material)
            )
            if boundary == rules.common and name == rules.classifications[0]:
                coarse = _coarse(drivers)
    of_common: dict[str, Bridge] = {name: found[rules.common, name] for name in rules.classifications}
    return Reduction(world.base_year, world.year, rules.common, least(of_common), found, coarse, filed)


def _reported(world: World, around: Fences) -> tuple[tuple[Fraction, Fraction], bool]:
    """The totals of both years as the park filed them; as recomputed from its data where it filed none."""
    # what was told to another authority follows that authority's rules and is no part of this filing
    rows = [row for row in world.rows("reported") if row["item"] == TOTAL and not row["authority"]]
    filed = {row["year"]: row["value"] for row in rows if row["value"] is not None}
    own = (tonnes(around.filed.filed_before), tonnes(around.filed.filed_after))
    limited = _limited(world, around)
    before, after = (
        Fraction(filed[year]) if year in filed else amount + more
        for year, amount, more in zip((world.base_year, world.year), own, limited, strict=True)
    )
    return (before, after), all(year in filed for year in (world.base_year, world.year))


def _limited(world: World, around: Fences) -> tuple[Fraction, Fraction]:
    """What the total of the ruler adds to the sum of its lines: credits that it does not let fall below 0."""
    before, after = (
        Fraction(value) - tonnes(lines) if isinstance(value := world.item(TOTAL, year), Fraction) else Fraction(0)
        for year, lines in ((world.base_year, around.filed.before), (world.year, around.filed.after))
    )
    return before, after


def _heat(world: World, rules: BridgeRules, around: Fences) -> dict[str, Fraction]:
    """GJ per base unit of each fuel that the ruler knows the heat of: one number for both years."""
    carriers = {one.carrier for inside in around.common.values() for one in (*inside.before, *inside.after)}
    found = {name: world.ruler.find(rules.ncv.replace("{carrier}", name), world.year) for name in sorted(carriers)}
    return {name: value[1].value for name, value in found.items() if value is not None}


def _material(world: World, base: Fraction) -> Fraction:
    return abs(base) * world.number(world.ruler.text.opinion.materiality)


def _coarse(drivers: Drivers) -> Fraction:
    only = {name: one for name, one in drivers.before.processes.items() if name in drivers.coarse}
    return Fraction(total(Year(drivers.before.activity, only, drivers.before.utilities)))
