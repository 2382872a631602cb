"""Which processes of two years are one and the same: as filed, by source, or by industry (decomposition 3.4).

Who names the products decides between structure and intensity, so the classifications belong to the ruler and the least of
their real abatements decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from verify.bridge.amounts import Unit

AS_FILED, BY_SOURCE, TWO_DIGIT = "as_filed", "by_source", "two_digit"
_DIGITS = 2  # of the industry code (GB/T 4754)


@dataclass(frozen=True)
class Classification:
    """`classed`: the unit that a unit counts in; `by_product`: another product of the same unit is another process."""

    id: str
    classed: Callable[[Unit], Unit]
    by_product: bool


def classification(name: str, industry: Mapping[str, str]) -> Classification:
    """One of the three. `industry`: the code of each enterprise. KeyError for another name."""
    return {
        AS_FILED: Classification(AS_FILED, lambda unit: unit, by_product=True),
        BY_SOURCE: Classification(BY_SOURCE, lambda unit: unit, by_product=False),
        TWO_DIGIT: Classification(TWO_DIGIT, lambda unit: _industry(unit, industry), by_product=False),
    }[name]


def _industry(unit: Unit, industry: Mapping[str, str]) -> Unit:
    code = industry.get(unit[0], "")[:_DIGITS]
    return (f"#{code}", "") if code else unit
