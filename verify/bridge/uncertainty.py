"""How sure real abatement is: first-order propagation and Monte Carlo over stated errors (decomposition 3.4, ADR 0025).

The effects of the bridge are straight lines in the errors (slopes measured on the whole bridge); what is no straight line, that
an unproven fall is not counted and a rise is, is applied in every draw. float64; for the annex of a report alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from statistics import NormalDist
from typing import TYPE_CHECKING

from verify.bridge.drivers import Effect
from verify.bridge.reduction import ABATING, Proof

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_CHUNK = 4_000_000  # numbers held at a time
_FAR = 8.0  # standard deviations after which no draw turns the sign of an effect
Name = tuple[str, str, str]  # process, part, term of an effect


@dataclass(frozen=True)
class Rules:
    """`interval` as a share (0.95), number of `draws`."""

    interval: float
    draws: int


@dataclass(frozen=True)
class Spread:
    """Real abatement in tCO2 with its standard deviation by propagation, both intervals, and shares of draws.

    `positive`: above 0; `reaches`: at least the reduction that is claimed, None where none is.
    """

    real: float
    deviation: float
    low: float
    high: float
    drawn_low: float
    drawn_high: float
    positive: Fraction
    reaches: Fraction | None


Rerun = Callable[[str, float], Sequence[Effect]]  # the effects with a source of error at so many standard deviations


def slopes(effects: Sequence[Effect], sources: Sequence[str], rerun: Rerun) -> tuple[list[Effect], Numbers]:
    """Every abating effect, and (effects, sources): what one standard deviation of each source adds to it.

    The mean of one deviation up and one down: an effect that is new in a rerun starts from 0.
    """
    import numpy as np

    held: dict[Name, Effect] = {_name(one): one for one in effects if one.term in ABATING}
    moved: list[dict[Name, float]] = []
    for source in sources:
        found: dict[Name, float] = {}
        for way in (1.0, -1.0):
            for one in rerun(source, way):
                if one.term in ABATING:
                    held.setdefault(_name(one), Effect(one.process, one.part, one.term, 0.0))
                    found[_name(one)] = found.get(_name(one), 0.0) + way * one.tonnes / 2
        moved.append(found)
    names = sorted(held)
    matrix = np.array([[found.get(name, 0.0) for found in moved] for name in names], dtype=float)
    return [held[name] for name in names], matrix.reshape(len(names), len(sources))


def spread(
    effects: Sequence[Effect], matrix: Numbers, proven: Proof, claimed: float, rules: Rules, seed: int
) -> Spread:
    """`effects` and `matrix` as `slopes` gives them; `claimed`: the reduction that is claimed, tCO2 (0 or less: none is).

    The same numbers and seed give the same bytes.
    """
    import numpy as np

    if not effects:
        return _nothing(claimed)
    here = np.array([one.tonnes for one in effects])
    shown = np.array([proven(Effect(one.process, one.part, one.term, -abs(one.tonnes))) for one in effects])
    counted = shown | (here > 0)
    reach = _FAR * np.sqrt((matrix**2).sum(axis=1))
    turning = ~shown & (np.abs(here) < reach)  # an unproven effect near 0: it counts in the draws in which it rises
    steady = counted & ~turning
    real = -float(here[counted].sum())
    deviation = float(np.sqrt((matrix[counted].sum(axis=0) ** 2).sum()))
    base, along = -float(here[steady].sum()), -matrix[steady].sum(axis=0)
    drawn = np.empty(rules.draws)
    chunk = max(1, _CHUNK // (matrix.shape[1] + int(turning.sum()) + 1))
    normal = _normal(seed)
    for start in range(0, rules.draws, chunk):
        some = normal(min(chunk, rules.draws - start), matrix.shape[1])
        rises = np.maximum(here[turning] + some @ matrix[turning].T, 0.0)
        drawn[start : start + len(some)] = base + some @ along - rises.sum(axis=1)
    drawn.sort()
    width = NormalDist().inv_cdf((1 + rules.interval) / 2)
    tail = (1 - rules.interval) / 2
    low, high = (float(drawn[max(0, ceil(level * rules.draws) - 1)]) for level in (tail, 1 - tail))
    return Spread(
        real,
        deviation,
        real - width * deviation,
        real + width * deviation,
        low,
        high,
        Fraction(int((drawn > 0).sum()), rules.draws),
        Fraction(int((drawn >= claimed).sum()), rules.draws) if claimed > 0 else None,
    )


def _nothing(claimed: float) -> Spread:
    return Spread(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, Fraction(0), Fraction(0) if claimed > 0 else None)


def _normal(seed: int) -> Callable[[int, int], Numbers]:
    """(rows, columns) of standard normals by Box and Muller over the raw bits of PCG64, whose stream numpy keeps."""
    import numpy as np

    bits = np.random.PCG64(seed)

    def draw(rows: int, columns: int) -> Numbers:
        size = rows * columns
        pairs = (size + 1) // 2
        raw = (np.asarray(bits.random_raw(2 * pairs), dtype=np.uint64) >> np.uint64(11)).astype(float)
        first, second = ((2 * raw + 1) / 2.0**54).reshape(2, pairs)
        radius, angle = np.sqrt(-2 * np.log(first)), 2 * np.pi * second
        found: Numbers = np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])[:size]
        return found.reshape(rows, columns)

    return draw


def largest(sizes: Mapping[str, float], count: int) -> list[str]:
    """The `count` largest sources, by name where they are alike."""
    return sorted(sizes, key=lambda name: (-sizes[name], name))[:count]


def _name(one: Effect) -> Name:
    return one.process, one.part, one.term
