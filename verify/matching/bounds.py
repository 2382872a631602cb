"""Where data are coarse: the most that an hourly score could be, never a score (green-power.md 4)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.matching.series import sums, together, total

if TYPE_CHECKING:
    from verify.matching.series import Groups, Mask


@dataclass(frozen=True)
class Bound:
    """At most `matched` Wh of `load` Wh can be matched hour by hour. It is no score: nothing shows that so much is."""

    load: int
    matched: int

    @property
    def share(self) -> Fraction | None:
        """The upper bound of the score; None where there is no load."""
        return Fraction(self.matched, self.load) if self.load else None


def grouped_bound(load: Any, clean: Any) -> Bound:
    """From sums of months (or of any longer intervals): Sum min(C_m, G_m).

    Sum over hours of min <= min of sums, month by month. The smallest of the monthly scores is no bound of the whole year:
    a dark month bounds itself only.
    """
    import numpy as np

    used, made = together(load, clean)
    return Bound(total(used), total(np.minimum(used, made)))


def possible_bound(load: Any, clean: Any, groups: Groups, possible: Mask, most: int | None = None) -> Bound:
    """From an hourly load and the output of longer intervals: nothing is matched in hours in which the plant cannot run.

    `clean`: output of each group; `possible`: hours in which it can run (light for PV); `most`: Wh that its capacity gives
    in an hour. Per group min(G, Sum over possible hours of min(C_h, most)): holds for every profile, of whatever shape.
    """
    import numpy as np

    (used,) = together(load)
    (made,) = together(clean)
    reached = np.where(possible, used if most is None else np.minimum(used, most), 0).astype(np.int64)
    return Bound(total(used), total(np.minimum(sums(reached, groups), made)))
