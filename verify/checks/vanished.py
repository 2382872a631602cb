"""What the base year held and the reporting year does not, without a word (TZ-SCP-11): sources, fuels, gases, process products.

GW-04 and the list of the issue. Its enterprise stays and still works; nothing retired it, no event, measure or paper speaks
of it, and no other energy took its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from verify.checks.listing import line_rows, on_rows
from verify.checks.members import inside
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope, text, tonnes
from verify.checks.two_years import Emitter, emitted, need_two_years, output_ratio
from verify.checks.world import World, total

_GONE = Decimal(0)


@check("TZ-SCP-11")
def gone_without_a_word(world: World, params: Params) -> Rows:
    """Annex 2, 三: a source and carrier with tonnes in the base year has a row now, or an answer.

    `params.share`: of the base year from which it counts; `params.gone`: what is left below this share of its own base year is
    as good as gone (a slip of a power of ten looks like that); `params.replaced`: share of the energy gone that other sources and
    carriers of the member must have gained to stand in its place; `params.events`: events that answer. Undone: the base-year
    value at the output of the reporting year; a member that makes nothing any more is silent about its fuels.
    """
    need_two_years(world)
    then, now = emitted(world, world.base_year), emitted(world, world.year)
    base = total(world.cells(world.base_year, term=world.ruler.text.method.core_terms), "tco2")
    share, replaced, gone = (world.number(params[name]) for name in ("share", "replaced", "gone"))
    found: list[Found] = []
    tested = [
        key for key, amount in then.items() if amount >= share * Fraction(base) and inside(world, key[0], world.year)
    ]
    energy = {year: energy_used(world, year) for year in (world.base_year, world.year)}
    for key in sorted(tested):
        enterprise, source, carrier = key
        left = now.get(key, _GONE)
        if Fraction(left) > gone * Fraction(then[key]) or spoken_of(world, key, params["events"]):
            continue
        table = table_of(world, key)
        ratio = (
            output_ratio(world, (enterprise, world.base_year), (enterprise, world.year))
            if table == "activity"
            else None
        )
        weight = Fraction(then[key]) / Fraction(of_carrier(then, key))
        if ratio == 0 or in_its_place(energy, key, weight, replaced, world):
            continue
        hidden = Fraction(then[key]) * min(Fraction(1) if ratio is None else ratio, Fraction(1)) - Fraction(left)
        if hidden <= 0:
            continue  # its output went as well
        arguments = {"carrier": carrier, "base_year": world.base_year, "moved": text(then[key])}
        rows = line_rows(
            world, measure="carbon", year=world.base_year, enterprise_id=enterprise, source_id=source, carrier=carrier
        )
        found += on_rows(Found(source or enterprise, world.year, arguments, tonnes(hidden)), table, rows)
    return Rows(found, Scope.count(len(tested)))


def table_of(world: World, key: Emitter) -> str:
    cells = world.cells(world.base_year, measure="carbon", enterprise_id=key[0], carrier=key[2])
    return str(next((cell["table"] for cell in cells), "activity"))


def of_carrier(amounts: Mapping[Emitter, Decimal], key: Emitter) -> Decimal:
    """What all sources of the member emit with the carrier, credits left out."""
    return sum((max(one, _GONE) for of, one in amounts.items() if of[0] == key[0] and of[2] == key[2]), _GONE)


def spoken_of(world: World, key: Emitter, kinds: list[str]) -> bool:
    """Whether somebody says what became of it: a day of retirement, an event of the source, a measure with its paper."""
    enterprise, source, carrier = key
    papers = world.evidence_kinds()
    retired = any(
        row["retired"] is not None and row["enterprise_id"] == enterprise and row["source_id"] == source and source
        for row in world.rows("sources")
    )
    happened = any(
        row["kind"] in kinds
        and row["source_id"] in {"", source}
        and row["enterprise_id"] in {"", enterprise}
        and row["evidence_id"] in papers
        for row in world.rows("events")
    )
    measured = any(
        row["enterprise_id"] == enterprise
        and row["source_id"] in {"", source}
        and row["carrier"] in {"", carrier}
        and row["evidence_id"] in papers
        for row in world.rows("measures")
    )
    return retired or happened or measured


def energy_used(world: World, year: str) -> dict[tuple[str, str], Fraction]:
    """tce used by enterprise and carrier."""
    found: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for cell in world.cells(year, measure="energy", side="use"):
        if cell["tce"]:
            found[cell["enterprise_id"], cell["carrier"]] += Fraction(cell["tce"])
    return found


def in_its_place(
    energy: Mapping[str, Mapping[tuple[str, str], Fraction]],
    key: Emitter,
    weight: Fraction,
    replaced: Fraction,
    world: World,
) -> bool:
    """Whether other sources of the carrier, or other carriers of the member, gained that share of the energy that went.

    `weight`: the part of the member's carrier that the source emitted; its energy is taken in that proportion.
    """
    then, now = energy[world.base_year], energy[world.year]
    mine = key[0], key[2]
    went = weight * then.get(mine, Fraction(0))
    elsewhere = went - (then.get(mine, Fraction(0)) - now.get(mine, Fraction(0)))
    others = {one for of in (then, now) for one in of if one[0] == key[0] and one != mine}
    gains = (max(now.get(one, Fraction(0)) - then.get(one, Fraction(0)), Fraction(0)) for one in others)
    return went > 0 and max(elsewhere, Fraction(0)) + sum(gains, Fraction(0)) >= replaced * went
