"""What fell by a power of ten while all that goes with it stands: a slip of the unit (TZ-SCP-14; GW-28).

A fall alone proves nothing, a works may stand still (TZ-SCP-11 asks). A second witness makes it a finding: output that goes on, or
the other gases of the same installation, which one fire makes together.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from verify.checks.listing import line_rows, on_rows
from verify.checks.members import inside
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope, text, tonnes
from verify.checks.two_years import Emitter, emitted, need_two_years, output_ratio
from verify.checks.vanished import energy_used, in_its_place, of_carrier, spoken_of, table_of
from verify.checks.world import World, total

_WITNESSES = 2  # other gases that must all stand; one alone may come from another process


@check("TZ-SCP-14")
def slipped(world: World, params: Params) -> Rows:
    """Annex 2, 三: the amounts of the two years are on one unit.

    `params.share`: of the base year from which an amount is looked at; `params.gone`: what is left below this share of it;
    `params.spread`: times by which witnesses may differ, and the fall may miss a power of ten at the level they show;
    `params.replaced`, `params.events` as in TZ-SCP-11. Undone: the amount filed, times that power of ten.
    """
    need_two_years(world)
    then, now = emitted(world, world.base_year), emitted(world, world.year)
    base = Fraction(total(world.cells(world.base_year, term=world.ruler.text.method.core_terms), "tco2"))
    share, gone, spread, replaced = (world.number(params[name]) for name in ("share", "gone", "spread", "replaced"))
    energy = {year: energy_used(world, year) for year in (world.base_year, world.year)}
    tested = [
        key
        for key, amount in then.items()
        if amount >= share * base and now.get(key, Decimal(0)) > 0 and inside(world, key[0], world.year)
    ]
    found: list[Found] = []
    for key in sorted(tested):
        left = Fraction(now[key]) / Fraction(then[key])
        if left >= gone or spoken_of(world, key, params["events"]):
            continue
        stands = _witnessed(world, key, then, now, spread)
        weight = Fraction(then[key]) / Fraction(of_carrier(then, key))
        if (
            stands is None
            or in_its_place(energy, key, weight, replaced, world)
            or _biogenic(world, key, then, replaced)
        ):
            continue
        times = _power(stands / left, spread)
        if times is None:
            continue
        arguments = {"carrier": key[2], "base_year": world.base_year, "before": text(then[key]), "after": text(now[key]),
                     "times": str(times)}  # fmt: skip
        rows = line_rows(
            world, measure="carbon", year=world.year, enterprise_id=key[0], source_id=key[1], carrier=key[2]
        )
        one = Found(key[1] or key[0], world.year, arguments, tonnes(Fraction(now[key]) * (times - 1)))
        found += on_rows(one, table_of(world, key), rows)
    return Rows(found, Scope.count(len(tested)))


def _witnessed(
    world: World, key: Emitter, then: Mapping[Emitter, Decimal], now: Mapping[Emitter, Decimal], spread: Fraction
) -> Fraction | None:
    """The level of the claim year that output, or all other gases of the installation, tell; None where they tell none.

    Output stands, for a works may change what it makes; gases of one fire stand or grow together. Where they fall, something
    was shut, and what fell most tells nothing of units.
    """
    enterprise, source, carrier = key
    if table_of(world, key) != "emissions":
        ratio = output_ratio(world, (enterprise, world.base_year), (enterprise, world.year))
        return ratio if ratio is not None and 1 / spread <= ratio <= spread else None
    ratios = [
        Fraction(now.get(other, Decimal(0))) / Fraction(amount)
        for other, amount in then.items()
        if other[:2] == (enterprise, source) and other[2] != carrier and amount > 0
    ]
    if len(ratios) < _WITNESSES or min(ratios) < 1 / spread or max(ratios) > spread * min(ratios):
        return None
    return sum(ratios, Fraction(0)) / len(ratios)


def _biogenic(world: World, key: Emitter, then: Mapping[Emitter, Decimal], replaced: Fraction) -> bool:
    """Whether biogenic CO2 of the member gained that share of what went: it burns something else now."""
    gained = Decimal(0)
    for year, sign in ((world.base_year, -1), (world.year, 1)):
        memo = world.cells(year, measure="memo", enterprise_id=key[0])
        gained += sign * total(memo, "tco2")
    return Fraction(gained) >= replaced * Fraction(then[key])


def _power(fall: Fraction, spread: Fraction) -> int | None:
    """The power of ten from which a fall is at most `spread` times away."""
    times = 10
    while times * spread < fall:
        times *= 10
    return times if times <= fall * spread else None
