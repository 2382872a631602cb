"""A base year that was restated wrongly (TZ-BYR-04): for growth, below the threshold, or twice.

decomposition.md 1.1: organic growth is never a reason; who is in the rows of the base year is not added once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from verify.checks import structure
from verify.checks.filed import TOTAL, Filed, filed_figures
from verify.checks.members import members
from verify.checks.members import tonnes as member_tonnes
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.two_years import need_two_years
from verify.checks.world import World


@check("TZ-BYR-04", needs={"reported"})
def restated_rightly(world: World, params: Params) -> Rows:
    """Annex 2, 三: the filed total of the base year is that of its rows, and what was added to it was due.

    A difference that is the tonnes of a member tells what was done. `params.organic`: reasons that are growth;
    `params.free_below`: thresholds from which restating is due and below which it is free; `params.tolerance`: share by which
    the difference may miss those tonnes. Undone, in the base year: its rows as they are.
    """
    need_two_years(world)
    figures = [one for one in filed_figures(world, params) if one.item == TOTAL and one.year == world.base_year]
    if not figures:
        raise NotApplicable("not_filed", item=TOTAL)
    tolerance = world.number(params["tolerance"])
    found: list[Found] = []
    for figure in figures:
        if figure.agrees:
            continue
        for fault, who, amount in _added(world, params):
            if amount and abs(figure.difference - amount) <= max(figure.slack, tolerance * abs(amount)):
                arguments = {
                    "fault": fault,
                    "who": who,
                    "filed": text(figure.filed),
                    "recomputed": text(tonnes(figure.recomputed)),
                }
                found.append(_one(world, figure, arguments))
                break
    return Rows(found, Scope.count(len(figures)))


def _one(world: World, figure: Filed, arguments: dict[str, str]) -> Found:
    effect = tonnes(-figure.difference)
    return Found(park(world), world.base_year, arguments, effect, table="reported", row_id=figure.row_id)


def _added(world: World, params: Params) -> Iterator[tuple[str, str, Fraction]]:
    """(fault, who, tCO2 that it would add): growth, an addition below the threshold, somebody counted twice."""
    organic: list[str] = params["organic"]
    moves = structure.changes(world, {})
    came = [one for one in moves if one.change == structure.ENTERED]
    grown = {one.enterprise_id: member_tonnes(world, one.enterprise_id, one.first_year) for one in came}
    natural = [one.enterprise_id for one in came if one.reason in organic]
    bought = [one.enterprise_id for one in came if one.reason not in organic]
    for who in (*([one] for one in natural), natural):
        yield "organic", ", ".join(who), _sum(grown, who)
    for who in (*([one] for one in bought), bought):
        yield "doubled", ", ".join(who), 2 * _sum(grown, who)
        if not _due(world, grown, moves, params):
            yield "below", ", ".join(who), _sum(grown, who)
    for one in sorted(members(world, world.base_year)):
        yield "doubled", one, Fraction(member_tonnes(world, one, world.base_year))


def _due(world: World, grown: dict[str, Decimal], moves: list[structure.Change], params: Params) -> bool:
    """Whether the ruler's threshold is reached, net or gross; a ruler without one prescribes no restating by size."""
    threshold = world.ruler.text.baseline.recalculation_threshold
    base = sum(
        (Fraction(member_tonnes(world, one, world.base_year)) for one in members(world, world.base_year)), Fraction(0)
    )
    if not threshold or threshold in params["free_below"] or not base:
        return True
    amounts = [
        Fraction(grown.get(one.enterprise_id) or -member_tonnes(world, one.enterprise_id, world.base_year))
        for one in moves
        if one.reason not in params["organic"]
    ]
    return max(abs(sum(amounts, Fraction(0))), sum(map(abs, amounts), Fraction(0))) >= world.number(threshold) * base


def _sum(amounts: dict[str, Decimal], who: list[str]) -> Fraction:
    return Fraction(sum((amounts[one] for one in who), Decimal(0)))
