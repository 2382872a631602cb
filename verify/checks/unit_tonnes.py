"""What a unit emits, by its own lines and with the power and heat that it uses (decomposition 3.3, own intensity)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from verify.checks.unit_flows import ACTIVITY, BOUGHT, MADE, SENT, Unit, UnitFlow, summed, unit_flows
from verify.checks.world import World
from verify.engine import AMOUNT

_NOTHING = Fraction(0)
_NETWORK = ("electricity", "heat")
_USED = ("final_use", "transformation_in")


def direct_tonnes(world: World, year: str) -> dict[Unit, Fraction]:
    """tCO2 of each unit's own lines in a year: fuel, conversion, process; nothing that is received or sent out."""
    if "unit_tonnes" not in world.cache:
        lines = world.lines()
        lines = lines.filter((lines.measure == "carbon") & lines.flow.notin([*BOUGHT, *SENT]))
        lines = lines.filter(lines.term.isin(list(world.ruler.text.method.core_terms)))
        sums = lines.group_by(["year", "enterprise_id", "source_id"]).aggregate(tco2=lines.tco2.sum().cast(AMOUNT))
        held: dict[str, dict[Unit, Fraction]] = {}
        for row in world.engine.rows(sums):
            held.setdefault(row["year"], {})[row["enterprise_id"], row["source_id"]] = Fraction(row["tco2"] or 0)
        world.cache["unit_tonnes"] = held
    found: dict[Unit, Fraction] = world.cache["unit_tonnes"].get(year, {})
    return found


def making_tonnes(world: World, year: str, makers: Collection[Unit], thing: str) -> Fraction | None:
    """tCO2 of the makers of a thing in a year: their own lines, and power and heat at what the park's cost that year.

    None where a maker makes another good besides and the thing is not the larger part of its output.
    """
    flows = [one for one in unit_flows(world, year) if _belongs(one.of, makers)]
    if not _main(flows, thing):
        return None
    own = sum((amount for unit, amount in direct_tonnes(world, year).items() if _belongs(unit, makers)), _NOTHING)
    for carrier in _NETWORK:
        used = summed(one for one in flows if one.thing == carrier and one.flow in _USED)
        own += used * received_factor(world, year, carrier)
    return own


def default_factor(world: World, year: str, carrier: str) -> Fraction:
    """Tonnes per unit of power or heat received, each at the default of its class; 0 where the park received none."""
    return received_factor(world, year, carrier, "default")


def received_factor(world: World, year: str, carrier: str, column: str = "tco2") -> Fraction:
    """Tonnes per unit of what the park received of power or heat, as counted; 0 where it received none."""
    received = [
        one for one in unit_flows(world, year) if one.thing == carrier and one.flow in BOUGHT and one.where != "inside"
    ]
    quantity = summed(received)
    return summed(received, column) / quantity if quantity > 0 else _NOTHING


def _belongs(unit: Unit, makers: Collection[Unit]) -> bool:
    return unit in makers or (unit[0], "") in makers


def _main(flows: Iterable[UnitFlow], thing: str) -> bool:
    made = [one for one in flows if one.flow in MADE]
    others = [one for one in made if one.thing != thing]
    if not others:
        return True
    energy = [one for one in made if one.table == ACTIVITY]
    whole = -summed(energy, "tce")  # outputs stand with a minus on the use side
    mine = -summed((one for one in energy if one.thing == thing), "tce")
    return whole > 0 and mine > whole - mine and all(one.table == ACTIVITY or one.thing == thing for one in others)
