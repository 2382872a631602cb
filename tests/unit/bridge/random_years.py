"""Random years of a park for the drivers: processes, carriers and utilities that come and go, zeros of every kind."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from verify.bridge.drivers import Process, Use, Utility, Year, total
from verify.bridge.reduction import Side
from verify.bridge.restatement import Recomputed

CARRIERS = ("coal", "gas", "power", "steam", "hydrogen")
MAKERS = {"steam": "boiler", "hydrogen": "reformer"}


def year(chance: Random) -> Year:
    """A year; two of them with the same source of chance are years of the same park."""
    utilities = {maker: Utility(_amount(chance), _uses(chance, CARRIERS[:3])) for maker in MAKERS.values()}
    names = [name for name in ("coke", "steel", "paper", "chem", "ammonia") if chance.random() < 0.8]
    return Year(_amount(chance), {name: _process(chance) for name in names}, utilities)


def _process(chance: Random) -> Process:
    own = chance.choice([1.0, 1.0, 0.0, round(chance.random(), 3)])
    return Process(
        _amount(chance) * chance.choice([0, 1, 1, 1]),
        _amount(chance),
        _uses(chance, CARRIERS),
        own,
        bought=chance.choice([0.0, _amount(chance)]),
        process=chance.choice([0.0, _amount(chance)]),
    )


def _uses(chance: Random, carriers: tuple[str, ...]) -> dict[str, Use]:
    chosen = [name for name in carriers if chance.random() < 0.7] or [carriers[0]]
    weights = [chance.choice([0.0, 1.0, chance.random()]) for _ in chosen]
    whole = sum(weights) or 1.0
    return {
        name: Use(
            weight / whole,
            chance.choice([0.0, _amount(chance)]),
            grid=name == "power",
            own=chance.choice([0.0, 1.0, chance.random()]) if name in MAKERS else 0.0,
            maker=MAKERS.get(name, ""),
        )
        for name, weight in zip(chosen, weights, strict=True)
    }


def _amount(chance: Random) -> float:
    return float(10.0 ** chance.uniform(-3, 3))


def random_side(chance: Random) -> Side:
    """A random year; what the verifier recomputes is the drivers and the credits."""
    drivers = year(chance)
    labels = {name: Fraction(-round(chance.uniform(0, 1e6), 6)) for name in "abc" if chance.random() < 0.7}
    exports = {name: Fraction(round(chance.uniform(-1e6, 1e3), 6)) for name in "xy" if chance.random() < 0.7}
    inside = Fraction(total(drivers)) + sum(labels.values()) + sum(exports.values())
    reported, rep_rep, rep_ref, com_rep = (inside * Fraction(round(chance.uniform(-0.2, 1.3), 6)) for _ in range(4))
    return Side(Recomputed(reported, rep_rep, rep_ref, com_rep, inside), drivers, labels, exports)
