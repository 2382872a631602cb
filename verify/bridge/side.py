"""The drivers of both years of a park: processes with their carriers, utilities that are made or bought, intermediates.

A process is a unit (enterprise and source) and its output. Energy of a source that makes nothing by itself belongs to its
enterprise; where no output is known the process is coarse: its fall explains nothing and stays unexplained (ADR 0022).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from verify.bridge.amounts import Unit
from verify.bridge.drivers import Process, Use, Utility, Year
from verify.bridge.outputs import Outputs, volume
from verify.bridge.routed import Energy, Routed
from verify.ruler.bridging import BridgeRules

PROCESS, INSIDE = (
    "process",
    "inside",
)  # the last part of a name: emissions of no product; output that is used in the park
NOBODY: Unit = ("", "")  # uses what no row says the use of
Uses = dict[str, "Part"]


@dataclass
class Part:
    """A carrier of one process in one year."""

    gj: Fraction = Fraction(0)
    tco2: Fraction = Fraction(0)
    grid: bool = False
    own: float = 0.0
    maker: str = ""


@dataclass(frozen=True)
class Drivers:
    """Both years, and what the proof of a fall asks: the units behind each process and utility, and which are coarse."""

    before: Year
    after: Year
    units: Mapping[str, frozenset[Unit]]
    coarse: frozenset[str]
    intermediates: Mapping[str, str] = field(default_factory=dict)  # process -> product


class Assembly:
    """Puts the drivers of two years together. `classed`: the class that a unit counts in (by default itself)."""

    def __init__(
        self,
        rules: BridgeRules,
        routed: tuple[Routed, Routed],
        made: tuple[Outputs, Outputs],
        classed: Mapping[Unit, Unit] | None = None,
    ) -> None:
        self._rules, self._routed, self._made = rules, routed, made
        self._classed = classed or {}
        self._makers = {unit for outputs in made for unit, _ in outputs.made}
        self._units: dict[str, set[Unit]] = defaultdict(set)
        self._coarse: set[str] = set()
        self._between: dict[str, str] = {}  # process -> the product that is used inside

    def drivers(self) -> Drivers:
        """The drivers."""
        pools = [self._pool(side) for side in (0, 1)]
        uses = [self._uses(side, pools[side]) for side in (0, 1)]
        parts = sorted(
            {unit for one in uses for unit in one} | {self._unit(u) for r in self._routed for u, _ in r.process}
        )
        volumes = {unit: volume(*self._made, unit) for unit in parts}
        activity = self._activity(volumes)
        years: list[dict[str, Process]] = [{}, {}]
        for unit in parts:
            self._energy(years, unit, volumes[unit], activity, [one.get(unit, {}) for one in uses])
        self._processes(years, volumes, activity)
        self._bought_instead(years, activity)
        for utility in self._rules.utilities:
            self._units[utility] |= {u for routed in self._routed for u in routed.makers.get(utility, ())}
        return Drivers(
            *(Year(float(activity[side]), years[side], pools[side].utilities) for side in (0, 1)),
            {name: frozenset(units) for name, units in self._units.items()},
            frozenset(self._coarse),
            dict(self._between),
        )

    def _unit(self, unit: Unit) -> Unit:
        """The process that a unit belongs to: itself where it makes something, else its enterprise."""
        own = unit if unit in self._makers else (unit[0], "")
        return self._classed.get(own, own)

    def _pool(self, side: int) -> _Pool:
        return _Pool(self._rules, self._routed[side])

    def _uses(self, side: int, pool: _Pool) -> dict[Unit, Uses]:
        found: dict[Unit, Uses] = defaultdict(dict)
        for unit, fuels in self._routed[side].burned.items():
            for fuel, energy in fuels.items():
                part = found[self._unit(unit)].setdefault(fuel, Part())
                part.gj += energy.gj
                part.tco2 += energy.tco2
        for unit, carrier, new in pool.shared():
            owner = NOBODY if unit == NOBODY else self._unit(unit)
            part = found[owner].setdefault(carrier, Part(grid=new.grid, own=new.own, maker=new.maker))
            part.gj += new.gj
            part.tco2 += new.tco2
        return found

    def _activity(self, volumes: Mapping[Unit, tuple[Fraction, Fraction] | None]) -> tuple[Fraction, Fraction]:
        """Output of the park: by mass where everything is weighed, else its growth weighted by the tonnes of the base year."""
        known = {unit: two for unit, two in volumes.items() if two is not None}
        weighed = set.union(*(outputs.weighed for outputs in self._made))
        products = {name for outputs in self._made for _, name in outputs.made}
        totals = [
            sum(outputs.made.values(), Fraction(0)) - sum(map(outputs.own_used, self._used_inside()), Fraction(0))
            for outputs in self._made
        ]
        if products and products <= weighed and all(totals):
            return totals[0], totals[1]
        weights = {unit: self._tonnes(unit) for unit, two in known.items() if two[0] > 0 and two[1] > 0}
        whole = sum(weights.values(), Fraction(0))
        if not whole:
            return Fraction(1), Fraction(1)
        growth = sum((weight * known[unit][1] / known[unit][0] for unit, weight in weights.items()), Fraction(0))
        return Fraction(1), growth / whole

    def _tonnes(self, unit: Unit) -> Fraction:
        routed = self._routed[0]
        burned = sum(
            (
                energy.tco2
                for one, fuels in routed.burned.items()
                if self._unit(one) == unit
                for energy in fuels.values()
            ),
            Fraction(0),
        )
        return burned + sum((t for (one, _), t in routed.process.items() if self._unit(one) == unit), Fraction(0))

    def _energy(
        self,
        years: list[dict[str, Process]],
        unit: Unit,
        two: tuple[Fraction, Fraction] | None,
        activity: tuple[Fraction, Fraction],
        uses: Sequence[Uses],
    ) -> None:
        name = "|".join(unit)
        self._units[name].add(unit)
        if two is None:
            self._coarse.add(name)
            two = activity
        products = {product for outputs in self._made for product in outputs.products(unit)}
        product = min(products) if len(products) == 1 else ""
        for side in (0, 1):
            energy = sum((part.gj for part in uses[side].values()), Fraction(0))
            if not energy:
                continue
            shares = self._shares(uses[side], energy)
            if two[side] <= 0:  # energy and no output: a process of its own, which its output cannot explain
                idle = f"{name}|idle"
                self._units[idle].add(unit)
                self._coarse.add(idle)
                years[side][idle] = Process(1.0, float(energy / activity[side]), shares)
            else:
                making = Process(0.0, float(energy / two[side]), shares)
                self._put(years[side], side, name, product, two[side] / activity[side], making)

    def _put(
        self, year: dict[str, Process], side: int, name: str, product: str, sigma: Fraction, making: Process
    ) -> None:
        """A process; one whose product is used inside is two: what is sold, and what is used and could be bought."""
        outputs = self._made[side]
        if product not in self._used_inside():
            year[name] = replace(making, sigma=float(sigma))
            return
        made = sum((amount for (_, one), amount in outputs.made.items() if one == product), Fraction(0))
        own_used, used = outputs.own_used(product), outputs.used(product)
        year[name] = replace(making, sigma=float(sigma * (1 - own_used / made)))
        if used:
            between = self._inside(name, product)
            year[between] = replace(making, sigma=float(sigma * used / made), own=float(own_used / used))

    def _inside(self, name: str, product: str) -> str:
        between = f"{name}|{INSIDE}"
        self._units[between] |= self._units[name]
        self._between[between] = product
        return between

    def _used_inside(self) -> set[str]:
        return {product for outputs in self._made for product in outputs.consumed.keys() | outputs.bought.keys()}

    def _bought_instead(self, years: list[dict[str, Process]], activity: tuple[Fraction, Fraction]) -> None:
        """Where nobody makes an intermediate any more (or yet), what is bought stands where the other year makes it."""
        for side, other in ((0, 1), (1, 0)):
            for between, product in self._between.items():
                if between in years[side] or between not in years[other]:
                    continue
                makers = [name for name, one in self._between.items() if one == product and name in years[other]]
                if any(name in years[side] for name in makers):
                    continue
                whole = sum(years[other][name].sigma for name in makers)
                share = years[other][between].sigma / whole if whole else 0.0
                used = float(self._made[side].used(product) / activity[side])
                years[side][between] = Process(used * share, 0.0, own=0.0)

    def _shares(self, uses: Uses, energy: Fraction) -> dict[str, Use]:
        return {
            carrier: Use(
                float(part.gj / energy) if energy else 0.0,
                float(part.tco2 / part.gj) if part.gj else 0.0,
                part.grid,
                part.own,
                part.maker,
            )
            for carrier, part in uses.items()
        }

    def _processes(
        self,
        years: list[dict[str, Process]],
        volumes: Mapping[Unit, tuple[Fraction, Fraction] | None],
        activity: tuple[Fraction, Fraction],
    ) -> None:
        """Emissions that no heat value divides: per unit of the product that they come from, else of the unit's output."""
        for side, routed in enumerate(self._routed):
            tonnes: dict[tuple[Unit, str], Fraction] = defaultdict(Fraction)
            for (unit, item), amount in routed.process.items():
                tonnes[self._unit(unit), item] += amount
            for (owner, item), amount in sorted(tonnes.items()):
                name = f"{'|'.join(owner)}|{item or PROCESS}"
                self._units[name].add(owner)
                of_item = [outputs.products(owner).get(item, Fraction(0)) for outputs in self._made]
                two = (of_item[0], of_item[1]) if any(of_item) else volumes.get(owner)
                if two is None or two[side] <= 0:
                    self._coarse.add(name)
                    years[side][name] = Process(1.0, 0.0, process=float(amount / activity[side]))
                else:
                    making = Process(0.0, 0.0, process=float(amount / two[side]))
                    self._put(years[side], side, name, item if any(of_item) else "", two[side] / activity[side], making)


class _Pool:
    """How the power and heat of one year were supplied, and who used them.

    What is received and what is made inside from fuels is one pool; what an enterprise makes without a fuel and uses itself is
    a carrier of its own at factor 0. Losses are shared by all who use.
    """

    def __init__(self, rules: BridgeRules, routed: Routed) -> None:
        self._rules, self._routed = rules, routed
        self.utilities: dict[str, Utility] = {}
        for name, fuels in routed.making.items():
            energy = sum((one.gj for one in fuels.values()), Fraction(0))
            if routed.made[name] > 0:
                self.utilities[name] = Utility(
                    float(energy / routed.made[name]),
                    {fuel: _fuel(one, energy) for fuel, one in sorted(fuels.items())},
                )

    def shared(self) -> list[tuple[Unit, str, Part]]:
        """(unit, carrier, part) of everybody who uses power or heat."""
        found: list[tuple[Unit, str, Part]] = []
        for name, rule in self._rules.utilities.items():
            found += self._of(name, grid=rule.grid)
        return found

    def _of(self, name: str, *, grid: bool) -> list[tuple[Unit, str, Part]]:
        routed = self._routed
        made = routed.made[name] if name in self.utilities else Fraction(0)
        received = routed.received.get(name, Energy())
        sent = min(routed.sent.get(name, Fraction(0)), made)
        inside = made - sent
        found: list[tuple[Unit, str, Part]] = []
        wanted = {unit: gj for unit, gj in routed.used.get(name, {}).items() if gj > 0}
        for (enterprise, carrier), gj in sorted(routed.own.items()):
            if carrier == name and gj > 0:
                users = {unit: amount for unit, amount in wanted.items() if unit[0] == enterprise} or dict(wanted)
                whole = sum(users.values(), Fraction(0))
                taken = min(gj, whole)
                for unit, amount in users.items():
                    found.append((unit, f"own_{name}", Part(taken * amount / whole)))
                    wanted[unit] -= taken * amount / whole
        supply = received.gj + inside
        if sent:
            found.append((NOBODY, f"{name}_sent", Part(sent, own=1.0, maker=name)))
        if supply <= 0:
            return found
        whole = sum(wanted.values(), Fraction(0))
        if whole <= 0:
            wanted, whole = {NOBODY: supply}, supply
        own = float(inside / supply)
        for unit, amount in sorted(wanted.items()):
            share = amount / whole
            factor = received.tco2 / received.gj if received.gj else Fraction(0)
            part = Part(supply * share, supply * share * factor, grid, own, name if inside else "")
            found.append((unit, name, part))
        return found


def _fuel(one: Energy, energy: Fraction) -> Use:
    return Use(float(one.gj / energy) if energy else 0.0, float(one.tco2 / one.gj) if one.gj else 0.0)
