"""Which subtotals of a total must stay unpublished, so that nobody's own figure can be read or subtracted out of the rest.

Primary: a group of fewer than `fewest` enterprises, or one above `largest_share` of it. Complementary: the total is public,
so what is left unpublished is itself a published sum; more subtotals are kept back, the smallest first, until that sum is
no small group either. Shares are of absolute amounts, since a sale is negative. An enterprise with 0 hides nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

Group = Mapping[str, Fraction]  # enterprise -> its part


def safe(group: Group, fewest: int, largest_share: Fraction) -> bool:
    """Whether the sum over `group` tells nothing about one enterprise; a group that is 0 throughout has nothing to tell."""
    parts = [abs(part) for part in group.values() if part]
    return not parts or (len(parts) >= fewest and max(parts) <= largest_share * sum(parts))


def suppressed(cells: Mapping[str, Group], fewest: int, largest_share: Fraction) -> frozenset[str]:
    """The cells of a total that stay unpublished; all that are not 0 where no choice is safe.

    The same for the same cells, whatever their order: ties are broken by name.
    """
    live = {name: group for name, group in cells.items() if any(group.values())}
    found = {name for name, group in live.items() if not safe(group, fewest, largest_share)}
    rest = sorted(live.keys() - found, key=lambda name: (abs(sum(live[name].values())), name), reverse=True)
    while found and rest and not safe(together(live[name] for name in found), fewest, largest_share):
        found.add(rest.pop())
    return frozenset(found)


def together(groups: Iterable[Group]) -> dict[str, Fraction]:
    """The parts of several groups, by enterprise."""
    found: dict[str, Fraction] = {}
    for group in groups:
        for enterprise, part in group.items():
            found[enterprise] = found.get(enterprise, Fraction(0)) + part
    return found
