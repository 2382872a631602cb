"""Sums over a matched year: scores by resolution, the most that direct supply could be, what of the claimed power is not matched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.canonical import decimal_text
from verify.checks import green_proof
from verify.checks.match_plants import WH, Plant
from verify.checks.matched import Match, Missing, match, rule
from verify.checks.world import World, total
from verify.matching import Score, at
from verify.matching.series import total as sum_of

if TYPE_CHECKING:
    from verify.matching.series import Series

RESOLUTIONS = ("annual", "monthly", "hourly")
_USED = ("final_use", "transformation_in", "feedstock")


@dataclass(frozen=True)
class Feasible:
    """MWh of a year: the most that direct supply could be, what the plants on the line made, and hours with load but no output."""

    most: Fraction
    generated: Fraction
    dark: int


@dataclass(frozen=True)
class Undecided:
    """Why the hours do not decide; a key of templates/messages/checks.yaml and its arguments."""

    reason: str
    arguments: Mapping[str, str] = field(default_factory=dict)


def score(one: Match, resolution: str) -> Score:
    """The score of a year by the hour, the month or the year: one formula."""
    import numpy as np

    groups = {"annual": np.zeros_like(one.year.months), "monthly": one.year.months, "hourly": None}
    return at(one.whole.load, one.whole.clean, groups[resolution])


def used(one: Match, resolution: str) -> Fraction | None:
    """The energy-weighted share at a resolution; None without load."""
    return score(one, resolution).contracted


def best_share(one: Match) -> Fraction | None:
    """The most that the hourly score could be; None without load.

    An hour in which a plant that counts is not read is taken as wholly matched, one without the load as one of mean load; a
    plant without readings as giving its capacity wherever something is imported, up to its contract.
    """
    import numpy as np

    load = sum_of(one.whole.load)
    if not load:
        return None
    dark = np.zeros(one.year.hours, dtype=np.bool_)
    for plant in one.counted:
        dark |= ~plant.known
    held = sum_of(np.where(dark, one.whole.load, one.whole.matched))
    left = np.where(dark, 0, one.whole.imported)
    for other in one.unread:
        reach = sum_of(left if other.most is None else np.minimum(left, other.most))
        held += reach if other.contract is None else min(reach, other.contract)
    found = Fraction(min(held, load), load)
    return 1 - (1 - found) * Fraction(int(one.known.sum()), one.year.hours)


def feasible(world: World, year: str, params: Mapping[str, Any]) -> Feasible | Undecided:
    """What direct supply could be at most: hour by hour the smaller of load and output on the lines, and the losses of the year."""
    import numpy as np

    one = match(world, year)
    if isinstance(one, Missing):
        return Undecided(one.reason)
    lines = [plant for plant in one.plants if plant.line]
    unread = sorted({plant.generator_id for plant in lines if plant.most is None and not plant.known.all()})
    unread += [other.generator_id for other in one.unread if other.line]
    if unread or not lines:
        return Undecided("plants_not_read", {"plants": ", ".join(unread) or "–"})
    if (gap := _not_metered(world, one, year, params)) is not None:
        return gap
    output: Series = sum(map(_most, lines), np.zeros(one.year.hours, dtype=np.int64))
    load = sum(one.load.by_enterprise.values(), np.zeros_like(output))
    held = np.where(one.known, np.minimum(load, output), output)
    losses = Fraction(total(world.cells(year, measure="energy", carrier="electricity", flow="loss"), "quantity"))
    return Feasible(
        Fraction(sum_of(held), WH) + losses,
        Fraction(sum(plant.metered for plant in lines), WH),
        int((one.known & (load > 0) & (output == 0)).sum()),
    )


def unmatched(world: World, one: Match, year: str) -> tuple[Fraction, Fraction]:
    """MWh at zero in the inventory that no hour matches, and their tCO2 at default. What plants of the park itself make is no
    part of what it buys at zero."""
    params = rule(world) or {}
    zeros = green_proof.zeros(world, year, params) if params else []
    claimed = Fraction(total(zeros, "quantity"))
    if not claimed:
        return Fraction(0), Fraction(0)
    bought = [plant.generator_id for plant in one.counted if plant.line or not plant.direct]
    held = sum(sum_of(one.owned.plants[name]) for name in bought) + sum_of(one.whole.matched - one.straight.matched)
    left = max(claimed - Fraction(held, WH), Fraction(0))
    return left, left * Fraction(total(zeros, "strict_tco2")) / claimed


def _most(plant: Plant) -> Series:
    import numpy as np

    return plant.clean if plant.most is None else np.where(plant.known, plant.clean, plant.most)


def _not_metered(world: World, one: Match, year: str, params: Mapping[str, Any]) -> Undecided | None:
    """Whether the meters of use miss a part of what the rows say was used: then an hour may have held more."""
    cells = world.cells(year, measure="energy", carrier="electricity", flow=_USED)
    filed = Fraction(total([cell for cell in cells if cell["side"] == "use"], "quantity"))
    hours = Fraction(int(one.known.sum()), one.year.hours)
    metered = Fraction(sum_of(one.straight.load), WH)
    if metered >= filed * hours * (1 - world.number(params["tolerance"])):
        return None
    return Undecided("load_not_whole", {"metered": _plain(metered), "filed": _plain(filed)})


def _plain(mwh: Fraction) -> str:
    return decimal_text(mwh, 3)
