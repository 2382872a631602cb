"""Amounts of one year told apart as a bridge needs them: burned, made, received, used, process, contracts, credits, left out.

What a line counts as is data of the ruler (`BridgeRules`). Under the reference method a line keeps its own factor only where
that is proven in both years; else both years stand at the default of the class, and the difference is method (decomposition 3.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from verify.bridge.amounts import Amount, Unit
from verify.bridge.exact import product, summed
from verify.ruler.bridging import BridgeRules

Basis = tuple[Unit, str, str]  # unit, carrier, rule: what must be measured alike in both years
MEMO = "memo"  # the measure of what stands beside the total
MARKET = "market_based"  # the label of what contracts take off where the total counts by contract
RESOLD = "resold"
_USED = ("final_use", "charged", "flared", "bunker", "feedstock")


@dataclass(slots=True)
class Energy:
    """GJ and the tCO2 that they make; float64, for nothing but drivers comes of it."""

    gj: float = 0.0
    tco2: float = 0.0

    def add(self, gj: float, tco2: Fraction | float) -> None:
        """Some more of it."""
        self.gj += gj
        self.tco2 += float(tco2)


@dataclass(frozen=True)
class Trade:
    """Power or heat that one member sold to another in a year, base units."""

    carrier: str
    seller: str
    buyer: str
    quantity: float


def _energies() -> dict[str, Energy]:
    return defaultdict(Energy)


def _by_member() -> dict[str, float]:
    return defaultdict(float)


@dataclass
class Routed:
    """One year. `burned` by unit and fuel; by utility and enterprise: `making` by fuel, `made` GJ of it (`makers`: the units), what was
    `received`, `sent` out and `lost`; what was `resold` by utility and enterprise; `trades` inside; `own` GJ made without fuel, by enterprise and utility; `used` GJ by utility and unit;
    `process` tCO2 by unit and product; `contracts` by label and `exports` by unit and utility: tCO2, credits negative."""

    burned: dict[Unit, dict[str, Energy]] = field(default_factory=lambda: defaultdict(_energies))
    making: dict[str, dict[str, dict[str, Energy]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(_energies))
    )
    made: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(_by_member))
    makers: dict[str, set[Unit]] = field(default_factory=lambda: defaultdict(set))
    received: dict[str, dict[str, Energy]] = field(default_factory=lambda: defaultdict(_energies))
    own: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    used: dict[str, dict[Unit, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))
    resold: dict[str, dict[str, Energy]] = field(default_factory=lambda: defaultdict(_energies))
    sent: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(_by_member))
    lost: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(_by_member))
    trades: Sequence[Trade] = ()
    process: dict[tuple[Unit, str], Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    contracts: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    exports: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    reference: Fraction = Fraction(0)


class Router:
    """Routes amounts by the rules of a ruler. `heat_content`: GJ per base unit of a fuel, where the ruler knows it."""

    def __init__(self, rules: BridgeRules, heat_content: Mapping[str, Fraction], alike: Collection[Basis]) -> None:
        self.rules = rules
        self._heat = heat_content
        self._gj_of = {name: Fraction(one.gj) for name, one in rules.utilities.items()}
        self._alike = frozenset(alike)
        self._label = {rule: label for label, many in rules.contracts.items() for rule in many}
        self._excluded = {rule: label for label, many in rules.exclusions.items() for rule in many}
        self._stands = frozenset((*self._label, *self._excluded, *rules.exports, *rules.resold, *rules.own))
        self._received = {term: name for name, one in rules.utilities.items() for term in one.received}
        self._location = frozenset(rules.beside.values())
        self._made_by = {kind: name for name, one in rules.utilities.items() for kind in one.made_by}

    def routed(self, amounts: Iterable[Amount], trades: Sequence[Trade] = ()) -> Routed:
        """The amounts of one year, and who sold power and heat to whom."""
        gj = {name: float(one.gj) for name, one in self.rules.utilities.items()}
        amounts = list(amounts)
        found = Routed(
            reference=self.summed(amounts),
            trades=[replace(one, quantity=one.quantity * gj[one.carrier]) for one in trades if one.carrier in gj],
        )
        for one in sorted(
            amounts, key=lambda one: one.rule not in self.rules.own
        ):  # what is sent comes off what was made
            if one.measure == "carbon" and one.term:
                self._carbon(found, one)
            elif one.measure == MEMO and one.term in self._location:
                self._by_location(found, one)
            elif one.measure == "energy" and one.side == "use":
                self._use(found, one)
        self._passed_on(found)
        for utility, makers in found.making.items():
            for who in [
                who for who in makers if not found.made[utility][who]
            ]:  # nothing came out: the fuels were burned
                self._burned_after_all(found, utility, who)
        for (unit, item), tonnes in [one for one in found.process.items() if one[1] < 0]:  # more carbon out than in
            found.exports["|".join((*unit, item))] += tonnes
            del found.process[unit, item]
        return found

    def summed(self, amounts: Iterable[Amount]) -> Fraction:
        """tCO2 of all carbon amounts under the reference method."""
        return summed(self.reference(one) for one in amounts if one.measure == "carbon" and one.term)

    def reference(self, one: Amount) -> Fraction:
        """tCO2 of a carbon amount under the reference method, with contracts, credits and exclusions as they stand."""
        stands = one.rule in self._stands or one.term in self.rules.beside
        if stands or one.quantity.numerator < 0 or basis(one) in self._alike:
            return one.tco2
        return one.default_tco2

    def _carbon(self, found: Routed, one: Amount) -> None:
        tonnes = self.reference(one)
        rule = one.rule
        if rule in self.rules.exports:
            found.exports[_named(one)] += tonnes
            self._sent(found, one)
        elif one.term in self.rules.beside:
            found.contracts[MARKET] += tonnes
        elif rule in self.rules.resold:
            found.resold[self._received[one.term]][one.unit[0]].add(
                self._gj(self._received[one.term], -one.quantity), -tonnes
            )
        elif rule in self._label:
            utility = self._received[one.term]
            found.received[utility][one.unit[0]].add(self._gj(utility, one.quantity), one.default_tco2)
            found.contracts[self._label[rule]] += tonnes - one.default_tco2
        elif rule in self._excluded:
            if not one.proven:  # burned until its product is shown
                self._burn(found, one, one.default_tco2)
                found.contracts[self._excluded[rule]] += tonnes - one.default_tco2
        elif rule in self.rules.own:
            found.own[one.unit[0], one.carrier] += self._gj(one.carrier, one.quantity)
        elif one.term in self._received:
            found.received[self._received[one.term]][one.unit[0]].add(
                self._gj(self._received[one.term], one.quantity), tonnes
            )
        elif one.term in self.rules.process:
            found.process[one.unit, one.carrier if one.table == "production" else ""] += tonnes
        else:
            self._burn(found, one, tonnes)

    def _by_location(self, found: Routed, one: Amount) -> None:
        """Power that counts by contract in the total, where it was received: there the difference is the contract."""
        utility = self._received[one.term]
        tonnes = one.tco2 if one.quantity < 0 else one.default_tco2
        found.contracts[MARKET] -= tonnes
        if one.quantity < 0:
            found.resold[utility][one.unit[0]].add(self._gj(utility, -one.quantity), -tonnes)
        else:
            found.received[utility][one.unit[0]].add(self._gj(utility, one.quantity), tonnes)

    def _passed_on(self, found: Routed) -> None:
        """What was received and resold is not used; more than was received is a credit, for no cell is negative."""
        for utility, sellers in found.resold.items():
            received = found.received[utility]
            out, into = _summed(sellers.values()), _summed(received.values())
            if not (out.gj < into.gj and out.tco2 <= into.tco2):
                found.exports[f"{RESOLD}|{utility}"] -= Fraction(out.tco2)
                continue
            for who, one in sellers.items():
                mine = received.get(who, Energy())
                if one.gj <= mine.gj and one.tco2 <= mine.tco2:
                    _less(mine, one)
                else:
                    _less(received[""], one)  # out of what all receive

    def _burn(self, found: Routed, one: Amount, tonnes: Fraction) -> None:
        heat = self._heat.get(one.carrier)
        if heat is None:
            found.process[one.unit, one.carrier] += tonnes
            return
        utility = self._made_by.get(one.activity_type)
        if utility is not None and one.flow == "transformation_in":
            found.making[utility][one.unit[0]][one.carrier].add(product(one.quantity, heat), tonnes)
            found.makers[utility].add(one.unit)
        else:
            found.burned[one.unit][one.carrier].add(product(one.quantity, heat), tonnes)

    def _use(self, found: Routed, one: Amount) -> None:
        if one.carrier not in self.rules.utilities:
            return
        gj = self._gj(one.carrier, one.quantity)
        if one.flow in _USED:
            found.used[one.carrier][one.unit] += gj
        elif one.flow == "loss":
            found.lost[one.carrier][one.unit[0]] += gj
        elif one.flow == "transformation_out":
            found.made[one.carrier][one.unit[0]] -= gj
            found.makers[one.carrier].add(one.unit)

    def _sent(self, found: Routed, one: Amount) -> None:
        utility = self._received[one.term]
        gj = self._gj(utility, -one.quantity)
        mine = (one.unit[0], one.carrier)
        if one.supply.startswith("self_nonfossil") and mine in found.own:
            found.own[mine] -= gj
        else:
            found.sent[utility][one.unit[0]] += gj

    def _burned_after_all(self, found: Routed, utility: str, who: str) -> None:
        unit = min(unit for unit in found.makers[utility] if unit[0] == who)
        for fuel, energy in found.making[utility].pop(who).items():
            found.burned[unit][fuel].add(energy.gj, energy.tco2)

    def _gj(self, utility: str, quantity: Fraction) -> float:
        return product(quantity, self._gj_of[utility])


def basis(one: Amount) -> Basis:
    """What is to be measured alike in both years for a factor of its own to stand."""
    return one.unit, one.carrier, one.rule


def alike(before: Iterable[Amount], after: Iterable[Amount]) -> set[Basis]:
    """The bases whose factor is the park's own and proven in each of the two years that have them, and those with the class
    default throughout (their own factor is the default)."""
    kept: list[set[Basis]] = []
    others: list[set[Basis]] = []
    for amounts in (before, after):
        carbon = [one for one in amounts if one.measure == "carbon" and one.term]
        poor = {basis(one) for one in carbon if one.tco2 != one.default_tco2 and not one.proven}
        own = {basis(one) for one in carbon if one.tco2 != one.default_tco2} - poor
        kept.append(own)
        others.append({basis(one) for one in carbon} - own)
    return (kept[0] - others[1]) | (kept[1] - others[0])


def _summed(some: Iterable[Energy]) -> Energy:
    whole = Energy()
    for one in some:
        whole.gj += one.gj
        whole.tco2 += one.tco2
    return whole


def _less(one: Energy, other: Energy) -> None:
    one.gj -= other.gj
    one.tco2 -= other.tco2


def _named(one: Amount) -> str:
    return f"{one.unit[0]}|{one.unit[1]}|{one.carrier}"
