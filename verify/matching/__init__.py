"""Matching of clean power with use in time and space: exact arithmetic on hourly series of watt-hours (green-power.md 4).

Every series is an int64 array of whole Wh per interval, every result a whole number of Wh or a `Fraction`; no table, no
clock of a machine, no float. The score is the energy-weighted contracted one. The mean of hourly scores and the share of
fully matched hours are not offered: docs/guides/matching.md says why.
"""

from verify.matching.allocation import Owned, by_share, pooled, pro_rata
from verify.matching.bounds import Bound, grouped_bound, possible_bound
from verify.matching.calendar import Year, year_of
from verify.matching.picture import duration, grid
from verify.matching.score import Matched, Score, at, cfe, matched
from verify.matching.storage import Stored, inherited
from verify.matching.zones import deliverable

__all__ = [
    "Bound",
    "Matched",
    "Owned",
    "Score",
    "Stored",
    "Year",
    "at",
    "by_share",
    "cfe",
    "deliverable",
    "duration",
    "grid",
    "grouped_bound",
    "inherited",
    "matched",
    "pooled",
    "possible_bound",
    "pro_rata",
    "year_of",
]
