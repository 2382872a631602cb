"""The reduction bridge: every cause of a reported change between two years, exact (decomposition 3.4).

R1 - R0 = misstatement + method + boundary + activity + structure + relocation + grid + fuel factor
          + contracts + export credits + proven intensity, fuel switch and process + unexplained
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from verify.bridge.drivers import FUEL_SWITCH, INTENSITY, PROCESS, TERMS, Effect, Year, decomposed
from verify.bridge.quantum import adding_up
from verify.bridge.restatement import Recomputed, restated

MISSTATEMENT, METHOD, BOUNDARY = "misstatement", "method", "boundary"
CONTRACTS, EXPORTS, UNEXPLAINED = "contracts", "export_credits", "unexplained"
OUTSIDE = (MISSTATEMENT, METHOD, BOUNDARY)
ABATING = (INTENSITY, FUEL_SWITCH, PROCESS)
ORDER = (*OUTSIDE, *(term for term in TERMS if term not in ABATING), CONTRACTS, EXPORTS, *ABATING, UNEXPLAINED)

Proof = Callable[[Effect], bool]  # whether the fall of a cell is proven (verify.bridge.proof)


@dataclass(frozen=True)
class Side:
    """One of the two years, tCO2: the recomputations, the drivers inside the common boundary, and what stands outside them.

    `contracts` by label and `exports` by source: what they take off in that year (a credit is negative). The drivers, the
    exports and the contracts together are ``recomputed.com_ref``.
    """

    recomputed: Recomputed
    drivers: Year
    contracts: Mapping[str, Fraction] = field(default_factory=dict)
    exports: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Bridge:
    """The terms in the order of `ORDER`, tCO2 with 6 decimals, which add up to `reported` with as many.

    `falls` and `rises`: the terms gross, over cells, labels and sources. `like_for_like`: E1 - E0 inside the common boundary.
    """

    terms: Mapping[str, Fraction]
    falls: Mapping[str, Fraction]
    rises: Mapping[str, Fraction]
    before: Fraction
    after: Fraction
    like_for_like: Fraction
    effects: tuple[Effect, ...] = field(repr=False)

    @property
    def reported(self) -> Fraction:
        """R1 - R0."""
        return self.after - self.before

    @property
    def real(self) -> Fraction:
        """Real abatement: the proven falls of intensity, fuel switch and process less every rise of them."""
        return -sum((self.terms[term] for term in ABATING), Fraction(0))

    @property
    def share(self) -> Fraction | None:
        """Real abatement over the claimed reduction; None where nothing fell, for then there is nothing to have a share of."""
        return self.real / -self.reported if self.reported < 0 else None


def reduction(before: Side, after: Side, proven: Proof, moved: Sequence[Effect] | None = None) -> Bridge:
    """The bridge from one year to another. `moved`: the effects of its drivers, where they are known already.

    Raises OurFault where it does not close to 1e-9 of the sum of both totals.
    """
    parts: dict[str, list[Fraction]] = {term: [] for term in ORDER}
    then, now = restated(before.recomputed), restated(after.recomputed)
    for term in OUTSIDE:
        parts[term].append(now[term] - then[term])
    for term, old, new in ((CONTRACTS, before.contracts, after.contracts), (EXPORTS, before.exports, after.exports)):
        for name in sorted(old.keys() | new.keys()):
            parts[term].append(new.get(name, Fraction(0)) - old.get(name, Fraction(0)))
    effects = tuple(told(decomposed(before.drivers, after.drivers) if moved is None else moved, proven))
    inside: dict[str, list[float]] = {}
    for effect in effects:
        inside.setdefault(effect.term, []).append(effect.tonnes)
    for term, amounts in inside.items():  # float64, added up without loss, then exact like the others
        parts[term] += [
            Fraction(math.fsum(one for one in amounts if one < 0)),
            Fraction(math.fsum(one for one in amounts if one > 0)),
        ]
    falls = {term: sum((one for one in some if one < 0), Fraction(0)) for term, some in parts.items()}
    rises = {term: sum((one for one in some if one > 0), Fraction(0)) for term, some in parts.items()}
    reported = after.recomputed.reported - before.recomputed.reported
    gross = sum(rises.values(), Fraction(0)) - sum(
        falls.values(), Fraction(0)
    )  # restated totals may exceed those reported
    size = abs(after.recomputed.reported) + abs(before.recomputed.reported) + gross
    return Bridge(
        adding_up({term: falls[term] + rises[term] for term in ORDER}, reported, size),
        falls,
        rises,
        before.recomputed.reported,
        after.recomputed.reported,
        after.recomputed.com_ref - before.recomputed.com_ref,
        effects,
    )


def told(effects: Iterable[Effect], proven: Proof) -> Iterable[Effect]:
    """Effects with every fall that is not proven as unexplained; a rise stays where it is and counts against."""
    for one in effects:
        if one.term in ABATING and one.tonnes < 0 and not proven(one):
            yield Effect(one.process, one.part, UNEXPLAINED, one.tonnes)
        else:
            yield one


def least(bridges: Mapping[str, Bridge]) -> str:
    """The classification that decides: the one with the least real abatement, the first of several (decomposition 3.4)."""
    return min(bridges, key=lambda name: bridges[name].real)
