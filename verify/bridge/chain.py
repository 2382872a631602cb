"""The yearly steps beside the two-point bridge: LMDI over the two ends and the sum over the years differ (decomposition 3.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from verify.bridge.quantum import adding_up
from verify.bridge.reduction import ABATING, ORDER, Bridge, Proof, Side, reduction
from verify.errors import WrongUsage

SIGN, REACHES = "sign", "reaches"


@dataclass(frozen=True)
class Chain:
    """The sums of the steps by term, tCO2 with 6 decimals; together the change between the two ends, exact."""

    terms: Mapping[str, Fraction]

    @property
    def real(self) -> Fraction:
        """Real abatement of all steps together."""
        return -sum((self.terms[term] for term in ABATING), Fraction(0))

    def turns(self, bridge: Bridge) -> tuple[str, ...]:
        """What is answered otherwise than by the two-point bridge: `sign` (whether there is abatement, none or a rise),
        `reaches` (whether it comes to the reduction that is claimed; only where one is)."""
        found = []
        if _sign(self.real) != _sign(bridge.real):
            found.append(SIGN)
        if bridge.reported < 0 and (self.real >= -bridge.reported) != (bridge.real >= -bridge.reported):
            found.append(REACHES)
        return tuple(found)


def chain(steps: Sequence[Bridge]) -> Chain:
    """The steps in their order, each from where the last one ended. Raises WrongUsage where one does not begin there."""
    for step, following in pairwise(steps):
        if step.after != following.before:
            raise WrongUsage("bridge.broken_chain", left=float(following.before - step.after))
    if not steps:
        raise WrongUsage("bridge.broken_chain", left=0.0)
    whole = {term: sum((step.falls[term] + step.rises[term] for step in steps), Fraction(0)) for term in ORDER}
    moved = sum((step.rises[term] - step.falls[term] for step in steps for term in ORDER), Fraction(0))
    before, after = steps[0].before, steps[-1].after
    return Chain(adding_up(whole, after - before, abs(before) + abs(after) + moved))


def chained(sides: Sequence[Side], proven: Callable[[int], Proof]) -> Chain:
    """The chain over several years. `proven`: what proves the falls of a step, by its number."""
    return chain([reduction(then, now, proven(number)) for number, (then, now) in enumerate(pairwise(sides))])


def _sign(amount: Fraction) -> int:
    return (amount > 0) - (amount < 0)
