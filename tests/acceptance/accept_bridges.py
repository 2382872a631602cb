"""Issue 5 of 8, must show 1: every bridge closes, over 100,000 random cases of every kind; 5: what they cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np

from tests.acceptance.entries import acceptance
from tests.acceptance.many_products import write_park
from tests.unit.bridge.random_years import random_side, year
from verify.bridge.drivers import decomposed, total
from verify.bridge.level import level
from verify.bridge.lmdi import effects, multiplicative
from verify.bridge.ratio import Amount, ratio
from verify.bridge.reduction import reduction
from verify.canonical import rounded
from verify.road import check

_CELLS, _DRIVERS, _REDUCTIONS, _RATIOS, _LEVELS = 60_000, 15_000, 12_000, 12_000, 1_000
_CLOSE = 1e-9
_ENTERPRISES, _PRODUCTS = 500, 300


@acceptance(
    "4.1",
    "every bridge closes to 1e-9 of both totals: 100,000 random cases with zeros, double zeros, equal totals, signs",
)
def closing() -> dict[str, object]:
    worst = {
        "lmdi": _lmdi(),
        "drivers": _worst(_DRIVERS, _of_drivers),
        "reduction": _worst(_REDUCTIONS, _of_reduction),
    }
    for count, case in ((_RATIOS, _ratio), (_LEVELS, _level)):
        for seed in range(count):
            case(Random(seed))
    assert max(worst.values()) <= _CLOSE, worst
    return {
        "cases": {"lmdi": _CELLS, "drivers": _DRIVERS, "reduction": _REDUCTIONS, "ratio": _RATIOS, "level": _LEVELS},
        "worst_closure_error_relative_to_both_totals": {name: f"{error:.1e}" for name, error in worst.items()},
    }


def _worst(count: int, error: Callable[[Random], float]) -> float:
    return max(error(Random(seed)) for seed in range(count))


def _lmdi() -> float:
    """Cells of 2 to 9 factors over twenty powers of ten; a tenth unchanged, a tenth with an unchanged product."""
    chance = np.random.default_rng(20261120)
    worst = 0.0
    for _ in range(60):
        shape = (_CELLS // 60, int(chance.integers(2, 10)))
        x0, x1 = (10.0 ** chance.uniform(-10, 10, shape) for _ in range(2))
        for x in (x0, x1):
            x[chance.random(shape) < 0.08] = 0
        tenth = shape[0] // 10
        x1[:tenth] = x0[:tenth]
        x1[tenth : 2 * tenth] = x0[tenth : 2 * tenth, ::-1]
        v0, v1 = np.prod(x0, axis=1), np.prod(x1, axis=1)
        left = np.abs(effects(x0, x1).sum(axis=1) - (v1 - v0))
        size = v0 + v1
        worst = max(worst, float(np.max(left[size > 0] / size[size > 0])), float(left[size == 0].max(initial=0)))
        some = np.ones(shape) if not (v0.sum() and v1.sum()) else x0
        ratios = multiplicative(some, np.ones(shape) if some is not x0 else x1)
        expected = v1.sum() / v0.sum() if some is x0 else 1.0
        worst = max(worst, abs(float(np.prod(ratios)) / expected - 1))
    return worst


def _of_drivers(chance: Random) -> float:
    then, now = year(chance), year(chance)
    size = total(then) + total(now)
    left = sum(one.tonnes for one in decomposed(then, now)) - (total(now) - total(then))
    return abs(left) / size if size else abs(left)


def _of_reduction(chance: Random) -> float:
    """With credits of either sign: the terms are decimals that add up to the reported change."""
    before, after = random_side(chance), random_side(chance)
    found = reduction(before, after, lambda effect: chance.random() < 0.5)
    assert sum(found.terms.values(), Fraction(0)) == rounded(found.reported, 6)
    before_rounding = sum((*found.falls.values(), *found.rises.values()), Fraction(0))
    return float(abs(before_rounding - found.reported) / (abs(found.before) + abs(found.after)))


def _ratio(chance: Random) -> None:
    """With tonnes of any sign: the terms add up to the change, to the last of nine decimals; `ratio` refuses what does not."""
    e0, e1 = (Fraction(round(chance.choice([-1, 0, 1, 1]) * 10 ** chance.uniform(0, 7), 6)) for _ in range(2))
    t0, t1 = (Fraction(round(10 ** chance.uniform(0, 7), 6)) + 1 for _ in range(2))
    parts = [Fraction(round(chance.uniform(-1, 1) * 10 ** chance.uniform(0, 7), 6)) for _ in range(3)]
    found = ratio(
        Amount(e0, e1, {"a": parts[0], "b": e1 - e0 - parts[0]}),
        Amount(t0, t1, {"c": parts[1], "d": parts[2], "e": t1 - t0 - parts[1] - parts[2]}),
    )
    moved = sum((*found.above.values(), *found.below.values()), Fraction(0))
    assert moved == rounded(found.after - found.before, 9)


def _level(chance: Random) -> None:
    """Exact."""
    switches = [str(number) for number in range(chance.randint(1, 7))]
    weights = {one: (Fraction(chance.randint(-99, 9)), Fraction(chance.randint(0, 9))) for one in switches}

    def value(on: frozenset[str]) -> Fraction:
        top = 500 + sum((weights[one][0] for one in on), Fraction(0))
        return top / (100 + sum((weights[one][1] for one in on), Fraction(0)))

    found = level(switches, value, value)
    assert found.strict + sum(found.terms.values(), Fraction(0)) == found.claimed


@acceptance("4.5", "500 enterprises x 300 products x 3 years: the time of the bridges beside reading")
def many_products() -> dict[str, object]:
    with TemporaryDirectory() as folder:
        park = write_park(Path(folder) / "park", _ENTERPRISES, _PRODUCTS)
        size = sum(file.stat().st_size for file in park.iterdir())
        begun: list[tuple[str, float, float]] = []

        def tell(stage: str, _: str) -> None:
            begun.append((stage, time.perf_counter(), time.process_time()))

        report = check(park, progress=tell)
        tell("end", "")
    seconds: dict[str, float] = {}
    cpu: dict[str, float] = {}  # the machine may be shared: what the work itself took
    for (stage, start, spent), (_, end, by_now) in pairwise(begun):
        seconds[stage] = seconds.get(stage, 0.0) + end - start
        cpu[stage] = cpu.get(stage, 0.0) + by_now - spent
    built = report.facts["bridges"]["reduction"]
    assert built is not None
    assert sum(Fraction(term["tco2"]) for term in built["terms"]) == Fraction(built["after"]) - Fraction(
        built["before"]
    )
    return {
        "bytes": size,
        "seconds": {stage: f"{amount:.1f}" for stage, amount in seconds.items()},
        "cpu_seconds": {stage: f"{amount:.1f}" for stage, amount in cpu.items()},
        "bridges_beside_reading": f"{cpu['bridge'] / cpu['read']:.2f}",
        "terms": {term["term"]: term["tco2"] for term in built["terms"]},
    }
