"""How the power and heat of one year were supplied, and who used them."""

from __future__ import annotations

from dataclasses import dataclass

from verify.bridge.amounts import Unit
from verify.bridge.drivers import Use, Utility
from verify.bridge.routed import Energy, Routed
from verify.ruler.bridging import BridgeRules

NOBODY: Unit = ("", "")  # uses what no row says the use of


@dataclass
class Part:
    """A carrier of one process in one year: GJ, the tCO2 of what is received, and the share of it that `maker` makes inside."""

    gj: float = 0.0
    tco2: float = 0.0
    grid: bool = False
    own: float = 0.0
    maker: str = ""


class Pool:
    """What is received and what is made inside from fuels is one pool; what an enterprise makes without a fuel and uses itself is
    a carrier of its own at factor 0. Losses are shared by all who use.
    """

    def __init__(self, rules: BridgeRules, routed: Routed) -> None:
        self._rules, self._routed = rules, routed
        self.utilities: dict[str, Utility] = {}
        for name, fuels in routed.making.items():
            energy = sum(one.gj for one in fuels.values())
            if routed.made[name] > 0:
                self.utilities[name] = Utility(
                    energy / routed.made[name],
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
        made = routed.made[name] if name in self.utilities else 0.0
        received = routed.received.get(name, Energy())
        sent = min(routed.sent.get(name, 0.0), made)
        inside = made - sent
        found: list[tuple[Unit, str, Part]] = []
        wanted = {unit: gj for unit, gj in routed.used.get(name, {}).items() if gj > 0}
        for (enterprise, carrier), gj in sorted(routed.own.items()):
            if carrier == name and gj > 0:
                users = {unit: amount for unit, amount in wanted.items() if unit[0] == enterprise} or dict(wanted)
                whole = sum(users.values())
                taken = min(gj, whole)
                for unit, amount in users.items():
                    found.append((unit, f"own_{name}", Part(taken * amount / whole)))
                    wanted[unit] -= taken * amount / whole
        supply = received.gj + inside
        if sent:
            found.append((NOBODY, f"{name}_sent", Part(sent, own=1.0, maker=name)))
        if supply <= 0:
            return found
        whole = sum(wanted.values())
        if whole <= 0:
            wanted, whole = {NOBODY: supply}, supply
        own = inside / supply
        for unit, amount in sorted(wanted.items()):
            share = amount / whole
            factor = received.tco2 / received.gj if received.gj else 0.0
            part = Part(supply * share, supply * share * factor, grid, own, name if inside else "")
            found.append((unit, name, part))
        return found


def _fuel(one: Energy, energy: float) -> Use:
    return Use(one.gj / energy if energy else 0.0, one.tco2 / one.gj if one.gj else 0.0)
