"""Energy counted again after it was converted, stored or recovered: primary production that is none (TZ-IND-05; GW-18).

Hydrogen of an electrolyser, discharge of a battery, heat recovered: the energy came in before, as power or fuel.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.checks.listing import line_rows, on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text
from verify.checks.rows import tonnes as rounded
from verify.checks.unit_flows import ACTIVITY, Unit, UnitFlow, summed, unit_flows
from verify.checks.world import World

PRIMARY = "primary_production"
_TAKES = ("transformation_in", "charged")


@check("TZ-IND-05", needs={"activity"})
def primary_that_is_none(world: World, params: Params) -> Rows:
    """Annex 3, 二1: energy is counted where it comes in, once; what is made of it inside is no primary production.

    `params.secondary`: carriers that are always made of others; `params.kinds`: kinds of plant whose output is; `params.sun`:
    supplies that are primary. Undone: the energy, and the intensity by it, without what is counted twice.
    """
    found: list[Found] = []
    tested = 0
    indicator = world.ruler.text.indicators[params["indicator"]]
    for year in world.years:
        tested += sum(1 for one in unit_flows(world, year) if one.flow == PRIMARY)
        for (member, source, carrier), flows in sorted(again(world, year, params).items()):
            tce = summed(flows, "tce")
            energy, tonnes = world.item(indicator.denominator, year), world.item(indicator.numerator, year)
            known = isinstance(energy, Fraction) and isinstance(tonnes, Fraction) and energy > tce
            arguments = {
                "carrier": carrier,
                "source": source,
                "quantity": text(summed(flows)),
                "unit": flows[0].unit,
                "value": text(Fraction(tonnes) / Fraction(energy)) if known else "",  # type: ignore[arg-type]
                "without": text(Fraction(tonnes) / (Fraction(energy) - tce)) if known else "",  # type: ignore[arg-type]
            }
            rows = line_rows(
                world,
                measure="energy",
                year=year,
                enterprise_id=member,
                source_id=source,
                carrier=carrier,
                flow=PRIMARY,
            )
            found += on_rows(Found(member, year, arguments, rounded(-tce), "tce"), ACTIVITY, rows)
    if not tested:
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.count(tested))


def again(world: World, year: str, params: Params) -> Mapping[tuple[str, str, str], list[UnitFlow]]:
    """Rows of primary production that are none, by member, source and carrier."""
    flows = unit_flows(world, year)
    kinds: dict[Unit, Any] = {(row["enterprise_id"], row["source_id"]): row["kind"] for row in world.rows("sources")}
    taking = {one.of for one in flows if one.flow in _TAKES and one.source_id}
    found: dict[tuple[str, str, str], list[UnitFlow]] = defaultdict(list)
    for one in flows:
        if one.flow != PRIMARY or one.table != ACTIVITY or one.tce <= 0:
            continue
        converting = kinds.get(one.of, "") in params["kinds"] or one.of in taking
        if one.thing in params["secondary"] or (converting and one.supply not in params["sun"]):
            found[one.enterprise_id, one.source_id, one.thing].append(one)
    return found
