"""How the power and heat of one year were supplied, and to whom: a member's own first, then what names its buyer, then the pool.

What a member makes and buys serves itself; what it has left goes to the members that bought it from there; the rest is one pool for
those who still lack some. What is sent out comes last, for who used energy inside has not sent it. So another member's supply moves
nobody's factor but that of its buyers (ADR 0025).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum

from verify.bridge.amounts import Unit
from verify.bridge.drivers import Use, Utility
from verify.bridge.routed import Energy, Routed
from verify.ruler.bridging import BridgeRules

NOBODY: Unit = ("", "")  # uses what no row says the use of
SENT = "sent"  # whoever is supplied outside


@dataclass(slots=True)
class Part:
    """A carrier of one process in one year: GJ, the tCO2 of what is received, and the share of it that `maker` makes inside."""

    gj: float = 0.0
    tco2: float = 0.0
    grid: bool = False
    own: float = 0.0
    maker: str = ""


@dataclass
class Lot:
    """GJ at hand: `made` by maker, `got` from outside with its tCO2. `pooled`: whether all of it that was made came out of the pool."""

    made: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    got: float = 0.0
    tco2: float = 0.0
    pooled: bool = True

    @property
    def gj(self) -> float:
        """All of it."""
        return fsum(self.made.values()) + self.got

    def taken(self, share: float) -> Lot:
        """A share of all that is in it, which leaves it."""
        part = Lot({maker: gj * share for maker, gj in self.made.items()}, self.got * share, self.tco2 * share)
        for maker, gj in part.made.items():
            self.made[maker] -= gj
        self.got -= part.got
        self.tco2 -= part.tco2
        return part

    def own(self, wanted: float) -> Lot:
        """Up to so much, what was made before what was bought."""
        made = fsum(self.made.values())
        first, second = Lot(dict(self.made)), Lot({}, self.got, self.tco2)
        one = first.taken(min(1.0, wanted / made) if made else 0.0)
        other = second.taken(min(1.0, max(0.0, wanted - made) / self.got) if self.got else 0.0)
        self.made, self.got, self.tco2 = first.made, second.got, second.tco2
        return Lot(defaultdict(float, one.made), other.got, other.tco2, pooled=not one.made)

    def add(self, other: Lot, *, pooled: bool = False) -> None:
        """Some more of it."""
        for maker, gj in other.made.items():
            self.made[maker] += gj
        self.got += other.got
        self.tco2 += other.tco2
        self.pooled &= pooled or not any(other.made.values())


class Pools:
    """Power and heat of two years. `utilities` of each year; `units` behind each; `shared`: who used how much of what.

    `holder` gives the enterprise that one counts as under a classification.
    """

    def __init__(self, rules: BridgeRules, routed: Sequence[Routed], holder: Callable[[str], str]) -> None:
        self._rules, self._holder = rules, holder
        self.utilities: tuple[dict[str, Utility], ...] = tuple({} for _ in routed)
        self.units: dict[str, set[Unit]] = defaultdict(set)
        self.shared: tuple[list[tuple[Unit, str, Part]], ...] = tuple([] for _ in routed)
        for name, rule in rules.utilities.items():
            years = [Year(name, one, holder) for one in routed]
            apart = {who for year in years for who, lot in year.held.items() if not lot.pooled}
            for side, year in enumerate(years):
                for who in year.held:
                    year.maker[who] = f"{name}|{who}" if who in apart else name
                self.shared[side].extend(year.parts(grid=rule.grid))
                self.utilities[side].update(year.utilities())
                for maker, units in year.units().items():
                    self.units[maker] |= units


class Year:
    """One utility in one year: what everybody holds of it at last (`held`), and what each wants (`wanted` by unit, GJ)."""

    def __init__(self, name: str, routed: Routed, holder: Callable[[str], str]) -> None:
        self._name, self._routed, self._holder = name, routed, holder
        self.maker: dict[str, str] = {}
        self._free: list[tuple[Unit, str, Part]] = []
        self.wanted = {unit: gj for unit, gj in routed.used.get(name, {}).items() if gj > 0}
        self._without_fuel(
            ((who, gj) for (who, carrier), gj in sorted(routed.own.items()) if carrier == name), park=True
        )
        fuels = routed.making.get(name, {})
        self._made = {who: gj for who, gj in sorted(routed.made.get(name, {}).items()) if gj > 0}
        without = {who: gj for who, gj in self._made.items() if not fuels.get(who)}
        left = self._without_fuel(without.items(), park=False)
        self.held = self._allotted({**self._made, **left})

    def _without_fuel(self, some: Iterable[tuple[str, float]], *, park: bool) -> dict[str, float]:
        """What is made without a fuel serves its maker as a carrier of its own; returns what is left. `park`: the maker uses nothing."""
        left: dict[str, float] = {}
        for who, gj in some:
            users = {unit: amount for unit, amount in self.wanted.items() if unit[0] == who}
            if not users and park:
                users = dict(self.wanted)
            whole = fsum(users.values())
            taken = min(max(gj, 0.0), whole)
            for unit, amount in users.items() if taken else ():
                self._free.append((unit, f"own_{self._name}", Part(taken * amount / whole)))
                self.wanted[unit] -= taken * amount / whole
            left[who] = gj - taken
        return left

    def _allotted(self, made: Mapping[str, float]) -> dict[str, Lot]:
        lots: dict[str, Lot] = defaultdict(Lot)
        for who, gj in made.items():
            lots[self._holder(who)].made[who] += gj
        got = self._routed.received.get(self._name, {})
        alone = all(one.gj >= 0 and one.tco2 >= 0 for one in got.values())
        for who, one in sorted(got.items()):  # an amount below 0 is taken off what all receive
            lot = lots[self._holder(who) if alone else ""]
            lot.got += one.gj
            lot.tco2 += one.tco2
        use: dict[str, float] = defaultdict(float)
        for unit, gj in self.wanted.items():
            use[self._holder(unit[0])] += gj
        lost = self._routed.lost.get(self._name, {})
        for who, gj in lost.items():
            if use.get(self._holder(who)):
                use[self._holder(who)] += gj
        return self._dealt(lots, use)

    def _dealt(self, lots: dict[str, Lot], use: Mapping[str, float]) -> dict[str, Lot]:
        held = {who: lots[who].own(gj) if who in lots else Lot() for who, gj in sorted(use.items())}
        lack = {who: max(0.0, gj - held[who].gj) for who, gj in use.items()}
        self._traded(lots, held, lack)
        sent = self._sent(lots, fsum(lack.values()))
        if sent.gj > 0:
            held[SENT] = sent
        pool = Lot()
        missing = fsum(lack.values())
        for who, lot in sorted(lots.items()):
            if lot.gj and not missing and use.get(who):
                held[who].add(lot)  # nobody lacks any: what is left was lost at home
            elif lot.gj:
                pool.add(lot)
        weights = lack if missing else use
        whole = fsum(weights.values())
        if pool.gj > 0 and whole > 0:
            amounts = {who: gj / whole for who, gj in weights.items() if gj}
            for who, share in sorted(amounts.items()):
                held[who].add(_scaled(pool, share), pooled=True)
        elif pool.gj > 0:
            held[""] = pool
            held[""].pooled = True
        return {who: lot for who, lot in held.items() if lot.gj > 0}

    def _traded(self, lots: Mapping[str, Lot], held: Mapping[str, Lot], lack: dict[str, float]) -> None:
        """What is left of a seller goes to those who bought it from there, as far as they lack it."""
        by_seller: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for one in self._routed.trades:
            if one.carrier == self._name and self._holder(one.seller) != self._holder(one.buyer):
                by_seller[self._holder(one.seller)][self._holder(one.buyer)] += one.quantity
        for seller, buyers in sorted(by_seller.items()):
            has = lots[seller].gj if seller in lots else 0.0
            asked = {who: min(gj, lack.get(who, 0.0)) for who, gj in sorted(buyers.items())}
            whole = fsum(asked.values())
            if has <= 0 or whole <= 0:
                continue
            part = lots[seller].taken(min(1.0, whole / has))
            for who, gj in asked.items():
                if gj:
                    held[who].add(_scaled(part, gj / whole))
                    lack[who] = max(0.0, lack[who] - part.gj * gj / whole)

    def _sent(self, lots: Mapping[str, Lot], lacking: float) -> Lot:
        """What went out: of what its sender made, then of what others made, and never what is lacking inside."""
        out = {self._holder(who): gj for who, gj in sorted(self._routed.sent.get(self._name, {}).items()) if gj > 0}
        whole = fsum(out.values())
        left = fsum(lot.gj for lot in lots.values())
        part = min(1.0, max(0.0, left - lacking) / whole) if whole else 0.0
        found, missing = Lot(pooled=False), 0.0
        for who, gj in out.items():
            mine = fsum(lots[who].made.values()) if who in lots else 0.0
            found.add(_of_making(lots[who], min(1.0, gj * part / mine)) if mine > 0 else Lot())
            missing += max(0.0, gj * part - mine)
        others = fsum(fsum(lot.made.values()) for lot in lots.values())
        if missing > 0 and others > 0:
            for lot in lots.values():
                found.add(_of_making(lot, min(1.0, missing / others)))
        return found

    def parts(self, *, grid: bool) -> Iterable[tuple[Unit, str, Part]]:
        """(unit, carrier, part) of everybody who uses it."""
        yield from self._free
        users: dict[str, dict[Unit, float]] = defaultdict(dict)
        for unit, gj in self.wanted.items():
            if gj > 0:
                users[self._holder(unit[0])][unit] = gj
        for who, lot in sorted(self.held.items()):
            made, gj = fsum(lot.made.values()), lot.gj
            factor = lot.tco2 / lot.got if lot.got else 0.0
            mine = users.get(who) or {NOBODY: 1.0}
            whole = fsum(mine.values())
            carrier = f"{self._name}_{SENT}" if who == SENT else self._name
            for unit, amount in sorted(mine.items()):
                share = gj * amount / whole
                yield unit, carrier, Part(share, share * factor, grid, made / gj, self.maker[who] if made else "")

    def utilities(self) -> dict[str, Utility]:
        """The making behind what each holds, by maker."""
        found: dict[str, Utility] = {}
        for who, lot in sorted(self.held.items()):
            made = fsum(lot.made.values())
            if made <= 0 or self.maker[who] in found:
                continue
            fuels: dict[str, Energy] = defaultdict(Energy)
            for maker, gj in sorted(lot.made.items()):
                for fuel, one in self._routed.making[self._name].get(maker, {}).items():
                    fuels[fuel].gj += one.gj * gj / self._made[maker]
                    fuels[fuel].tco2 += one.tco2 * gj / self._made[maker]
            energy = fsum(one.gj for one in fuels.values())
            found[self.maker[who]] = Utility(
                energy / made, {fuel: _fuel(one, energy) for fuel, one in sorted(fuels.items())}
            )
        return found

    def units(self) -> dict[str, set[Unit]]:
        """The units that make what each maker stands for."""
        found: dict[str, set[Unit]] = defaultdict(set)
        behind = self._routed.makers.get(self._name, set())
        for who, lot in self.held.items():
            makers = {maker for maker, gj in lot.made.items() if gj > 0}
            found[self.maker[who]] |= {unit for unit in behind if unit[0] in makers}
        return found


def _scaled(lot: Lot, share: float) -> Lot:
    return Lot({maker: gj * share for maker, gj in lot.made.items()}, lot.got * share, lot.tco2 * share)


def _of_making(lot: Lot, share: float) -> Lot:
    part = {maker: gj * share for maker, gj in lot.made.items()}
    for maker, gj in part.items():
        lot.made[maker] -= gj
    return Lot(part)


def _fuel(one: Energy, energy: float) -> Use:
    return Use(one.gj / energy if energy else 0.0, one.tco2 / one.gj if one.gj else 0.0)
