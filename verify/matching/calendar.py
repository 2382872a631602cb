"""The hours of a year in a place: each begins on the whole local hour; a day of a clock change has 23 or 25 of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from verify.matching.series import Groups

_HOUR = 3600


@dataclass(frozen=True)
class Year:
    """`first`: the first hour, in hours since 1970-01-01 00:00 UTC. Per hour: its month (0 to 11), its day of the year and its
    hour on the clock; `days`: the dates."""

    first: int
    months: Groups
    days_of: Groups
    clock: Groups
    days: tuple[date, ...]

    @property
    def hours(self) -> int:
        """How many hours the year has here."""
        return int(self.months.size)


@cache
def year_of(year: int, zone: str) -> Year:
    """The calendar year `year` in the time zone `zone` (IANA name). Raises ZoneInfoNotFoundError for an unknown one."""
    import numpy as np

    place = ZoneInfo(zone)
    start = datetime(year, 1, 1, tzinfo=place)
    seconds = int(start.timestamp())
    count = (int(datetime(year + 1, 1, 1, tzinfo=place).timestamp()) - seconds) // _HOUR
    instants = [datetime.fromtimestamp(seconds + _HOUR * hour, UTC).astimezone(place) for hour in range(count)]
    first_day = start.date()
    days = [(one.date() - first_day).days for one in instants]
    return Year(
        seconds // _HOUR,
        np.array([one.month - 1 for one in instants], dtype=np.int64),
        np.array(days, dtype=np.int64),
        np.array([one.hour for one in instants], dtype=np.int64),
        tuple(first_day + timedelta(days=day) for day in range(days[-1] + 1)),
    )
