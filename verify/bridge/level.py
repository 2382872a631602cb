"""The level bridge of one year: from every zero, credit and exclusion at its default to the figure as claimed (decomposition 3b)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.bridge.shapley import shares


@dataclass(frozen=True)
class LevelBridge:
    """`terms`: what each switch takes off (negative) or adds; `of_it_proven`: the same for the switches that are proven.

    ``claimed = strict + sum(terms)`` and ``proven = strict + sum(of_it_proven)``, exact.
    """

    strict: Fraction
    proven: Fraction
    claimed: Fraction
    terms: Mapping[str, Fraction]
    of_it_proven: Mapping[str, Fraction]


Level = Callable[[frozenset[str]], Fraction]  # the figure with these switches as claimed, the others at default


def level(switches: Sequence[str], as_claimed: Level, as_proven: Level) -> LevelBridge:
    """`as_claimed` gives each switch as filed; `as_proven` only what is proven of it, the rest at default.

    Both are the same with every switch off. Raises WrongUsage for more switches than `verify.bridge.shapley.MOST`.
    """
    everything = frozenset(switches)
    return LevelBridge(
        as_claimed(frozenset()),
        as_proven(everything),
        as_claimed(everything),
        shares(switches, as_claimed),
        shares(switches, as_proven),
    )
