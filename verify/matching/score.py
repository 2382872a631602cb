"""The energy-weighted contracted score: Sum min(C_h, G_h) / Sum C_h, at any interval (green-power.md 4)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.matching.series import sums, together, total

if TYPE_CHECKING:
    from verify.matching.series import Groups, Series


@dataclass(frozen=True)
class Matched:
    """Interval by interval: ``load = matched + imported`` and ``clean = matched + excess``, whole Wh."""

    load: Series
    clean: Series
    matched: Series
    imported: Series
    excess: Series


@dataclass(frozen=True)
class Score:
    """Sums over all intervals, whole Wh. Excess of one interval is never carried to another."""

    load: int
    clean: int
    matched: int
    imported: int
    excess: int

    @property
    def contracted(self) -> Fraction | None:
        """The score, a share of the load; None where there is no load."""
        return Fraction(self.matched, self.load) if self.load else None


def matched(load: Any, clean: Any) -> Matched:
    """What is matched within each interval. Raises ValueError for series that are not whole Wh of the same hours."""
    import numpy as np

    used, made = together(load, clean)
    both = np.minimum(used, made)
    return Matched(used, made, both, used - both, made - both)


def at(load: Any, clean: Any, groups: Groups | None = None) -> Score:
    """The score at the interval of the series, or at coarser ones (`groups`: the month, the year of each hour): one formula."""
    used, made = together(load, clean)
    if groups is not None:
        used, made = sums(used, groups), sums(made, groups)
    found = matched(used, made)
    return Score(*map(total, (found.load, found.clean, found.matched, found.imported, found.excess)))


def cfe(load: Any, clean: Any, grid_clean: Any, whole: int) -> Fraction | None:
    """The CFE score Sum (M_h + q_h I_h) / Sum C_h. `grid_clean`: clean parts of `whole` in the grid's power, hour by hour.

    Raises ValueError where a share is above one.
    """
    found = matched(load, clean)
    (parts,) = together(grid_clean)
    if parts.size != found.load.size or (parts.size and int(parts.max()) > whole):
        raise ValueError("a share of every hour, none above one")
    used = total(found.load)
    if not used:
        return None
    from_grid = sum(a * b for a, b in zip(found.imported.tolist(), parts.tolist(), strict=True))
    return (total(found.matched) + Fraction(from_grid, whole)) / used
