"""What the pictures of a year show: a class for every hour of every day, and the duration curve of the matched share."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verify.matching.calendar import Year
    from verify.matching.score import Matched
    from verify.matching.series import Mask

PARTS = 3
SIGNS = "nabcf"  # of an hour: nothing matched, below one third, below two, below all, all
_UNKNOWN, _UNUSED = "-", "."


def grid(one: Matched, known: Mask, year: Year) -> list[str]:
    """One text of 24 signs per day: ``n`` nothing matched, ``a`` to ``c`` parts, ``f`` all; ``-`` no data, ``.`` no load.

    An hour that a clock change repeats is drawn once, with the energy of both; one that it leaves out has no data.
    """
    import numpy as np

    cells = year.days_of * 24 + year.clock
    loads, hits = (np.zeros(len(year.days) * 24, dtype=np.int64) for _ in range(2))
    seen = np.zeros(loads.size, dtype=np.bool_)
    np.add.at(loads, cells, np.where(known, one.load, 0))
    np.add.at(hits, cells, np.where(known, one.matched, 0))
    seen[cells[known]] = True
    parts = np.minimum(1 + PARTS * hits // np.maximum(loads, 1), PARTS)
    classes = np.where(hits == 0, 0, np.where(hits == loads, PARTS + 1, parts))
    signs = np.where(~seen, _UNKNOWN, np.where(loads == 0, _UNUSED, np.array(list(SIGNS))[classes]))
    return ["".join(row) for row in signs.reshape(-1, 24).tolist()]


def duration(one: Matched, known: Mask, points: int) -> list[Fraction]:
    """The matched share of an hour, from the best hour to the worst, at `points` + 1 places at equal distances; hours with
    load and data only. Empty where there is none."""
    pairs: list[Any] = [
        Fraction(hit, load)
        for hit, load in zip(one.matched[known].tolist(), one.load[known].tolist(), strict=True)
        if load
    ]
    pairs.sort(reverse=True)
    return [pairs[(len(pairs) - 1) * place // points] for place in range(points + 1)] if pairs else []
