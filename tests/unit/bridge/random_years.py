"""Random years of a park for the drivers: processes, carriers and utilities that come and go, zeros of every kind."""

from __future__ import annotations

from random import Random

from verify.bridge.drivers import Process, Use, Utility, Year

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
