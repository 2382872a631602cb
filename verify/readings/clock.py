"""Minutes since 1970 of the calendar, in Python."""

from __future__ import annotations

from datetime import date

_EPOCH, _DAY = date(1970, 1, 1).toordinal(), 1440


def first_minute(year: int) -> int:
    """The first minute of a year; of years beyond the calendar, that of the last one it has."""
    return (date(min(max(year, 1), 9999), 1, 1).toordinal() - _EPOCH) * _DAY
