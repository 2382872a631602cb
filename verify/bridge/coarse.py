"""Bounds where no output is known: how much of a change could have been output, and how much what counts as abatement.

Of a process without an output only the product of output and intensity is known. That product is taken as one change that is
at most all output and at most all intensity (both on its side of 0); what its carriers and factors do is known without any
output. The bridge itself lets such an output go with that of the park and credits no fall (ADR 0022); it lies within.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import fsum

from verify.bridge.drivers import ACTIVITY, FUEL_SWITCH, INTENSITY, PROCESS, STRUCTURE, Effect
from verify.bridge.reduction import ABATING

_TOGETHER = (ACTIVITY, STRUCTURE, INTENSITY, PROCESS)  # what a known output would tell apart


@dataclass(frozen=True)
class Range:
    """From and to, tCO2."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Coarse:
    """tCO2. `tonnes`: of the base year in processes without an output; `either`: their falls and their rises that could be output
    or intensity; `switch`: what their carriers did, known but unproven; `real`: real abatement of the whole bridge."""

    tonnes: Fraction
    either: Range
    switch: Fraction
    real: Range


def bounds(effects: Iterable[Effect], coarse: Collection[str], tonnes: Fraction, real: Fraction) -> Coarse:
    """`effects` as they come from the drivers, before any proof; `coarse` names processes; `real` is that of the bridge.

    Low: nothing of these processes is abatement, and what rose is all intensity. High: what fell is all intensity, and proven.
    """
    together: dict[str, list[float]] = defaultdict(list)
    abating: dict[str, list[float]] = defaultdict(list)
    switch: dict[str, list[float]] = defaultdict(list)
    for one in effects:
        if one.process in coarse:
            for held, terms in ((together, _TOGETHER), (abating, ABATING), (switch, (FUEL_SWITCH,))):
                if one.term in terms:
                    held[one.process].append(one.tonnes)
    low = high = Fraction(0)
    falls = rises = switched = Fraction(0)
    for process in sorted(together.keys() | switch.keys()):
        change = Fraction(fsum(together[process]))
        falls, rises = falls + min(change, Fraction(0)), rises + max(change, Fraction(0))
        moved = Fraction(fsum(switch[process]))
        switched += moved
        now = -Fraction(fsum(one for one in abating[process] if one > 0))  # as the bridge has it
        least = -max(change, Fraction(0)) - Fraction(fsum(one for one in switch[process] if one > 0))
        most = -min(change, Fraction(0)) - moved
        low, high = low + min(least, now) - now, high + max(most, now) - now
    return Coarse(tonnes, Range(falls, rises), switched, Range(real + low, real + high))
