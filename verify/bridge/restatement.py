"""From what was reported to what the ruler says of the common boundary: misstatement, method, boundary (decomposition 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from verify.bridge.shapley import shares

BOUNDARY, METHOD = "boundary", "method"


@dataclass(frozen=True)
class Recomputed:
    """One year, tCO2: `reported` by the park; the verifier's recomputation by boundary (as filed, common), then by method
    (as reported, reference), e.g. ``rep_ref`` = boundary as filed with the reference method."""

    reported: Fraction
    rep_rep: Fraction
    rep_ref: Fraction
    com_rep: Fraction
    com_ref: Fraction


def restated(year: Recomputed) -> Mapping[str, Fraction]:
    """`misstatement`, `method` and `boundary`, tCO2: what was reported is ``com_ref`` and these three."""
    values = {
        frozenset(): year.com_ref,
        frozenset({BOUNDARY}): year.rep_ref,
        frozenset({METHOD}): year.com_rep,
        frozenset({BOUNDARY, METHOD}): year.rep_rep,
    }
    found = shares((METHOD, BOUNDARY), values.__getitem__)
    return {"misstatement": year.reported - year.rep_rep, **found}
