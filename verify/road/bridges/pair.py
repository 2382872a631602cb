"""The reduction bridge between two years of a world, under each common boundary and classification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.bridge.classification import AS_FILED, BY_SOURCE, Classification, classification
from verify.bridge.coarse import Coarse, bounds
from verify.bridge.drivers import Effect, Year, decomposed, total
from verify.bridge.found import Reduction
from verify.bridge.outputs import one_product_each
from verify.bridge.park import Inside, Years, sides, tonnes
from verify.bridge.proof import proof
from verify.bridge.reduction import Bridge, Proof, Side, least, reduction
from verify.bridge.side import Drivers
from verify.checks.world import World
from verify.road.bridges.evidence import evidence
from verify.road.bridges.fences import Fences
from verify.ruler.bridging import BridgeRules

TOTAL = "total.tco2"
Two = tuple[Fraction, Fraction]  # base year, claim year


@dataclass(frozen=True)
class Built:
    """One bridge with what it was built from."""

    before: Side
    after: Side
    drivers: Drivers
    proven: Proof
    effects: Sequence[Effect]  # before any proof
    bridge: Bridge


class Pair:
    """Base year and reporting year of a world; a yearly step is the same world with other ends."""

    def __init__(self, world: World, rules: BridgeRules, around: Fences) -> None:
        self.world, self.rules, self.around = world, rules, around
        own = (tonnes(around.filed.filed_before), tonnes(around.filed.filed_after))
        self.limited = _limited(world, around, own)
        self.reported, self.filed = _reported(world, own, self.limited)
        self._industry = {row["enterprise_id"]: row["industry_code"] for row in world.spells()}
        self._heat = _heat(world, rules, around)
        self._built: dict[tuple[str, str], Built] = {}

    def reduction(self) -> Reduction:
        """The bridge under every boundary and classification, and which of them decides."""
        world, rules, common = self.world, self.rules, self.around.common
        found: dict[tuple[str, str], Bridge] = {}
        for boundary, inside in common.items():
            if boundary != rules.common and inside is common[rules.common]:
                continue  # nobody came or went: both are the same
            plain = one_product_each(inside.production)
            for name in rules.classifications:
                if plain and name == BY_SOURCE and (boundary, AS_FILED) in found:
                    found[boundary, name] = found[boundary, AS_FILED]  # nothing has two names
                    continue
                found[boundary, name] = self.built(boundary, name).bridge
        of_common: Mapping[str, Bridge] = {name: found[rules.common, name] for name in rules.classifications}
        decides = least(of_common)
        coarse = _coarse(self.built(rules.common, decides))
        return Reduction(world.base_year, world.year, rules.common, decides, found, coarse, self.filed)

    def built(self, boundary: str, name: str) -> Built:
        """The bridge under one common boundary and classification."""
        if (boundary, name) not in self._built:
            self._built[boundary, name] = self._build(boundary, name)
        return self._built[boundary, name]

    def _build(self, boundary: str, name: str) -> Built:
        kind = self.kind(name)
        before, after, drivers = self.sides(self.around.common[boundary], kind)
        material = _material(self.world, before.recomputed.com_ref)
        shown = evidence(self.world, kind)
        proven = proof(drivers, shown, self.world.base_year, self.world.year, material)
        effects = decomposed(before.drivers, after.drivers)
        return Built(before, after, drivers, proven, effects, reduction(before, after, proven, effects))

    def kind(self, name: str) -> Classification:
        """A classification of the ruler."""
        return classification(name, self._industry)

    def sides(self, inside: Inside, kind: Classification) -> tuple[Side, Side, Drivers]:
        """Both sides over the amounts inside a common boundary."""
        years = Years(self.world.base_year, self.world.year)
        filed, heat, limited = self.around.filed, self._heat, self.limited
        return sides(self.rules, heat, years, filed, inside, self.reported, classification=kind, limited=limited)


def _reported(world: World, own: Two, limited: Two) -> tuple[Two, bool]:
    """The totals of both years as the park filed them; as recomputed from its data (`own`) where it filed none."""
    filed = {
        row["year"]: row["value"]
        for row in world.rows("reported")
        if row["item"] == TOTAL and row["value"] is not None and not row["authority"]
    }
    before, after = (
        Fraction(filed[year]) if year in filed else amount + more
        for year, amount, more in zip((world.base_year, world.year), own, limited, strict=True)
    )
    return (before, after), all(year in filed for year in (world.base_year, world.year))


def _limited(world: World, around: Fences, own: Two) -> Two:
    """What the total of the ruler adds to the sum of its lines: credits that it does not let fall below 0."""
    before, after = (
        Fraction(value) - (of_filed if lines is as_filed else tonnes(lines))
        if isinstance(value := world.item(TOTAL, year), Fraction)
        else Fraction(0)
        for year, lines, as_filed, of_filed in (
            (world.base_year, around.filed.before, around.filed.filed_before, own[0]),
            (world.year, around.filed.after, around.filed.filed_after, own[1]),
        )
    )
    return before, after


def _heat(world: World, rules: BridgeRules, around: Fences) -> dict[str, Fraction]:
    """GJ per base unit of each fuel that the ruler knows the heat of: one number for both years."""
    carriers = {one.carrier for inside in around.common.values() for one in (*inside.before, *inside.after)}
    found = {name: world.ruler.find(rules.ncv.replace("{carrier}", name), world.year) for name in sorted(carriers)}
    return {name: value[1].value for name, value in found.items() if value is not None}


def _material(world: World, base: Fraction) -> Fraction:
    return abs(base) * world.number(world.ruler.text.opinion.materiality)


def _coarse(built: Built) -> Coarse:
    then, names = built.drivers.before, built.drivers.coarse
    only = {name: one for name, one in then.processes.items() if name in names}
    tonnes = Fraction(total(Year(then.activity, only, then.utilities)))
    return bounds(built.effects, names, tonnes, built.bridge.real)
