"""The drivers of both years of a park: processes with their carriers, utilities that are made or bought, intermediates.

A process is a unit (enterprise and source) and its output. Energy of a source that makes nothing by itself belongs to its
enterprise; where no output is known the process is coarse: its fall explains nothing and stays unexplained (ADR 0022).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import fsum

from verify.bridge.amounts import Unit
from verify.bridge.classification import Classification
from verify.bridge.drivers import Process, Use, Year
from verify.bridge.exact import ZERO, quotient, summed
from verify.bridge.outputs import Outputs, volume
from verify.bridge.routed import Routed
from verify.bridge.supply import NOBODY, Part, Pools
from verify.ruler.bridging import BridgeRules

# The last part of a name: emissions of no product; output that is used in the park; energy without an output.
PROCESS, INSIDE, IDLE = "process", "inside", "idle"
Two = tuple[Fraction, Fraction]  # base year, claim year
Uses = dict[str, Part]


@dataclass(frozen=True)
class Drivers:
    """Both years, and what the proof of a fall asks: the units behind each process and utility, and which processes are
    coarse; `intermediates`: the product of each process that makes what is used inside."""

    before: Year
    after: Year
    units: Mapping[str, frozenset[Unit]]
    coarse: frozenset[str]
    intermediates: Mapping[str, str] = field(default_factory=dict)


class Assembly:
    """Puts the drivers of two years together under a classification."""

    def __init__(
        self,
        rules: BridgeRules,
        routed: tuple[Routed, Routed],
        made: tuple[Outputs, Outputs],
        classification: Classification,
    ) -> None:
        self._routed, self._made, self._classification = routed, made, classification
        self._pools = Pools(rules, routed, lambda one: classification.classed((one, ""))[0])
        self._makers = {unit for outputs in made for unit, _ in outputs.made}
        self._used = frozenset(made[0].traded | made[1].traded)
        self._years: tuple[dict[str, Process], dict[str, Process]] = ({}, {})
        self._units: dict[str, set[Unit]] = defaultdict(set)
        self._coarse: set[str] = set()
        self._between: dict[str, str] = {}
        self._volumes: dict[Unit, Two | None] = {}

    def drivers(self) -> Drivers:
        """The drivers."""
        uses = [self._uses(side) for side in (0, 1)]
        emitting = {self._unit(unit) for routed in self._routed for unit, _ in routed.process}
        units = sorted({unit for one in uses for unit in one} | emitting)
        self._volumes = {unit: volume(*self._made, unit) for unit in units}
        for unit in units:
            self._energy(unit, [one.get(unit, {}) for one in uses])
        self._emissions()
        self._bought_instead()
        for utility, makers in self._pools.units.items():
            self._units[utility] |= makers
        before, after = (
            Year(float(self._activity[side]), self._years[side], self._pools.utilities[side]) for side in (0, 1)
        )
        units_of = {name: frozenset(units) for name, units in self._units.items()}
        inside = {name for name in self._between if name.removesuffix(f"|{INSIDE}") in self._coarse}
        return Drivers(before, after, units_of, frozenset(self._coarse | inside), dict(self._between))

    def _unit(self, unit: Unit) -> Unit:
        """The process that a unit belongs to: itself where it makes something, else its enterprise."""
        unit = self._classification.classed(unit)
        return unit if unit in self._makers else (unit[0], "")

    def _uses(self, side: int) -> dict[Unit, Uses]:
        found: dict[Unit, Uses] = defaultdict(dict)
        for unit, fuels in self._routed[side].burned.items():
            for fuel, energy in fuels.items():
                part = found[self._unit(unit)].setdefault(fuel, Part())
                part.gj += energy.gj
                part.tco2 += energy.tco2
        for unit, carrier, new in self._pools.shared[side]:
            owner = NOBODY if unit == NOBODY else self._unit(unit)
            if carrier not in found[owner]:
                found[owner][carrier] = replace(new)
                continue
            part = found[owner][carrier]
            part.gj += new.gj
            part.tco2 += new.tco2
        return found

    @cached_property
    def _activity(self) -> Two:
        """Output of the park: by mass where everything is weighed, else its growth weighted by the tonnes of the base year."""
        weighed = self._made[0].weighed | self._made[1].weighed
        products = {name for outputs in self._made for _, name in outputs.made}
        totals = [summed(outputs.made.values()) - summed(map(outputs.own_used, self._used)) for outputs in self._made]
        if products and products <= weighed and all(total > 0 for total in totals):
            return totals[0], totals[1]
        return Fraction(1), self._growth({unit: two for unit, two in self._known() if min(two) > 0})

    @cached_property
    def _followed(self) -> Two:
        """The output that energy without one stands at: it may have grown with the park as much as those that make more.

        What others make as before or make less neither excuses a rise nor turns growth into one (ADR 0025).
        """
        then, now = self._activity
        more = {unit: two for unit, two in self._known() if two[1] > two[0] > 0}
        return then, then * max(self._growth(more), now / then, Fraction(1))

    def _known(self) -> Iterator[tuple[Unit, Two]]:
        return ((unit, two) for unit, two in self._volumes.items() if two is not None)

    def _growth(self, volumes: Mapping[Unit, Two]) -> Fraction:
        """The mean growth of units, weighted by their tonnes of the base year; 1 where none of them emits.

        Of float64: the exact mean of thousands of quotients has a denominator of their product.
        """
        weights = self._tonnes
        whole = fsum(weights.get(unit, 0.0) for unit in volumes)
        if not whole:
            return Fraction(1)
        grown = fsum(weights.get(unit, 0.0) * quotient(two[1], two[0]) for unit, two in volumes.items())
        return Fraction(grown / whole)

    @cached_property
    def _tonnes(self) -> Mapping[Unit, float]:
        """Own emissions of each process in the base year."""
        found: dict[Unit, float] = defaultdict(float)
        for unit, fuels in self._routed[0].burned.items():
            found[self._unit(unit)] += sum(energy.tco2 for energy in fuels.values())
        for (unit, _), tonnes in self._routed[0].process.items():
            found[self._unit(unit)] += float(tonnes)
        return found

    def _energy(self, unit: Unit, uses: Sequence[Uses]) -> None:
        two = self._volumes[unit]
        products = [self._alone(side, unit) for side in (0, 1)]
        if self._classification.by_product and all(
            products
        ):  # another product is another process, not more of the first
            then, now = (outputs.products(unit)[one] for outputs, one in zip(self._made, products, strict=True))
            two = then, now
        for side in (0, 1):
            energy = sum(part.gj for part in uses[side].values())
            if not energy:
                continue
            output = self._followed[side] if two is None else two[side]
            product = products[side] if self._classification.by_product else ""
            name = "|".join((*unit, product) if product else unit)
            if output <= 0:
                name, output = f"{name}|{IDLE}", self._followed[side]
            self._units[name].add(unit)
            if two is None or name.endswith(f"|{IDLE}"):
                self._coarse.add(name)
            making = Process(0.0, energy / float(output), _shares(uses[side], energy))
            self._put(side, name, products[side], output, making)

    def _alone(self, side: int, unit: Unit) -> str:
        """The one product of a unit in a year, '' where there are several or none."""
        products = self._made[side].products(unit)
        return next(iter(products)) if len(products) == 1 else ""

    def _emissions(self) -> None:
        """Emissions that no heat value divides: per unit of the product that they come from, else of the unit's output."""
        for side, routed in enumerate(self._routed):
            tonnes: dict[tuple[Unit, str], Fraction] = defaultdict(Fraction)
            for (unit, item), amount in routed.process.items():
                tonnes[self._unit(unit), item if self._classification.by_product else ""] += amount
            for (owner, item), amount in sorted(tonnes.items()):
                name = "|".join((*owner, item, PROCESS) if item else (*owner, PROCESS))
                self._units[name].add(owner)
                of_item = [outputs.products(owner).get(item, ZERO) for outputs in self._made]
                two = (of_item[0], of_item[1]) if any(of_item) else self._volumes.get(owner)
                output = self._followed[side] if two is None or two[side] <= 0 else two[side]
                if two is None or two[side] <= 0:
                    self._coarse.add(name)
                product = item if any(of_item) else self._alone(side, owner)
                self._put(side, name, product, output, Process(0, 0, process=quotient(amount, output)))

    def _put(self, side: int, name: str, product: str, output: Fraction, making: Process) -> None:
        """A process; one whose product is used inside is two: what is sold, and what is used and could be bought."""
        year, outputs = self._years[side], self._made[side]
        made = outputs.total(product)
        if product not in self._used or not made:
            sigma = quotient(output, self._activity[side])
            year[name] = Process(sigma, making.intensity, making.uses, process=making.process)
            return
        share = output / self._activity[side]
        own_used, used = outputs.own_used(product), outputs.used(product)
        year[name] = replace(making, sigma=float(share * (1 - own_used / made)))
        if used:
            between = f"{name}|{INSIDE}"
            self._units[between] |= self._units[name]
            self._between[between] = product
            year[between] = replace(making, sigma=float(share * used / made), own=float(own_used / used))

    def _bought_instead(self) -> None:
        """Where nobody makes an intermediate any more (or yet), what is bought stands where the other year makes it."""
        for side, other in ((0, 1), (1, 0)):
            year, there = self._years[side], self._years[other]
            for product in set(self._between.values()):
                makers = [name for name, one in self._between.items() if one == product]
                whole = sum(there[name].sigma for name in makers if name in there)
                if not whole or any(name in year for name in makers):
                    continue
                used = float(self._made[side].used(product) / self._activity[side])
                for name in makers:
                    if name in there:
                        year[name] = Process(used * there[name].sigma / whole, 0.0, own=0.0)


def _shares(uses: Uses, energy: float) -> dict[str, Use]:
    return {
        carrier: Use(
            part.gj / energy,
            part.tco2 / part.gj if part.gj else 0.0,
            part.grid,
            part.own,
            part.maker,
        )
        for carrier, part in uses.items()
    }
