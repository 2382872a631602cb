"""Periods, days and moments. Month 13, day/month/year and serial numbers are refused, never reinterpreted."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone

from verify.submission.coerce.faults import BAD_DATE, BAD_PERIOD, Fault, fault
from verify.submission.coerce.numbers import plain

_YEARS = range(1980, 2101)
_YEAR = re.compile(r"([0-9]{4})\s*(?:年度?)?")
_MONTH = re.compile(r"([0-9]{4})\s*(?:-|/|年)\s*([0-9]{1,2})\s*月?(?:份)?")
_MONTH_PACKED = re.compile(r"([0-9]{4})([0-9]{2})")
_MONTH_NAMED = re.compile(r"([A-Za-z]{3,9})\.?,?\s+([0-9]{4})")
_DAY = re.compile(
    r"([0-9]{4})\s*(?:-|/|\.|年)\s*([0-9]{1,2})\s*(?:-|/|\.|月)\s*([0-9]{1,2})\s*日?(?:[T ]+0{1,2}:00(?::00(?:\.0+)?)?)?"
)
_DAY_PACKED = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MOMENT = re.compile(
    r"([0-9]{4})\s*(?:-|/|\.|年)\s*([0-9]{1,2})\s*(?:-|/|\.|月)\s*([0-9]{1,2})\s*日?[T ]*"
    r"([0-9]{1,2})\s*(?::|时)\s*([0-9]{1,2})\s*分?(?::?([0-9]{1,2})(?:\.([0-9]{1,6})0*)?秒?)?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LOCAL = timezone(timedelta(hours=8))  # the clock of every park in scope


def period(text: str) -> str | Fault:
    """``YYYY`` or ``YYYY-MM``. A day is read as its month only where it is the first or the last of it (Excel months)."""
    typed = plain(text)
    if found := _YEAR.fullmatch(typed):
        return _year(found[1])
    if found := _MONTH.fullmatch(typed) or _MONTH_PACKED.fullmatch(typed):
        return _month(found[1], int(found[2]))
    if (found := _MONTH_NAMED.fullmatch(typed)) and found[1][:3].casefold() in _MONTHS:
        return _month(found[2], _MONTHS.index(found[1][:3].casefold()) + 1)
    if _DAY.fullmatch(typed) or _DAY_PACKED.fullmatch(typed):
        day = date_(text)
        if isinstance(day, Fault):
            return Fault(BAD_PERIOD, day.reason, day.arguments)
        if day.day in {1, monthrange(day.year, day.month)[1]}:
            return f"{day:%Y-%m}"
        return fault(BAD_PERIOD, "day_in_period")
    if re.fullmatch(r"[0-9]{5}", typed):
        return fault(BAD_PERIOD, "serial")
    if re.fullmatch(r"[0-9]{4}\.[0-9]{1,2}", typed):
        return fault(BAD_PERIOD, "dotted_month")
    return fault(BAD_PERIOD, "no_period")


def year(text: str) -> str | Fault:
    """``YYYY`` alone."""
    found = period(text)
    if isinstance(found, str) and len(found) != 4:
        return fault(BAD_PERIOD, "not_a_year")
    return found


def date_(text: str) -> date | Fault:
    """A day."""
    typed = plain(text)
    found = _DAY.fullmatch(typed) or _DAY_PACKED.fullmatch(typed)
    if found is None:
        return fault(BAD_DATE, _no_date(typed))
    return _day(int(found[1]), int(found[2]), int(found[3]))


def moment(text: str) -> datetime | Fault:
    """A moment in local time (UTC+8) without a zone. ``24:00`` is midnight at the end of the day."""
    try:  # the common form, six times quicker
        if len(text) in {16, 19} and text[4] == "-":
            read = datetime.fromisoformat(text)
            if read.tzinfo is None and read.year in _YEARS:
                return read
    except ValueError:
        pass
    typed = plain(text)
    found = _MOMENT.fullmatch(typed)
    if found is None:
        day = date_(text)
        return day if isinstance(day, Fault) else datetime(day.year, day.month, day.day)  # noqa: DTZ001
    day = _day(int(found[1]), int(found[2]), int(found[3]))
    if isinstance(day, Fault):
        return day
    hour, minute, second = int(found[4]), int(found[5]), int(found[6] or 0)
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute or second)):
        return fault(BAD_DATE, "no_such_time")
    micro = int((found[7] or "0").ljust(6, "0"))
    base = datetime(day.year, day.month, day.day, microsecond=micro)  # noqa: DTZ001
    read = base + timedelta(hours=hour, minutes=minute, seconds=second)
    if found[8]:
        zone = found[8].replace("Z", "+00:00")
        zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
        read = datetime.fromisoformat(read.isoformat() + zone).astimezone(_LOCAL).replace(tzinfo=None)
    return read


def _year(text: str) -> str | Fault:
    return text if int(text) in _YEARS else fault(BAD_PERIOD, "no_such_year", year=text)


def _month(year_text: str, month: int) -> str | Fault:
    if int(year_text) not in _YEARS:
        return fault(BAD_PERIOD, "no_such_year", year=year_text)
    if not 1 <= month <= 12:
        return fault(BAD_PERIOD, "no_such_month", month=str(month))
    return f"{year_text}-{month:02d}"


def _day(year_: int, month: int, day: int) -> date | Fault:
    if year_ not in _YEARS:
        return fault(BAD_DATE, "no_such_year", year=str(year_))
    if not 1 <= month <= 12:
        return fault(BAD_DATE, "no_such_month", month=str(month))
    if not 1 <= day <= monthrange(year_, month)[1]:
        return fault(BAD_DATE, "no_such_day", day=str(day))
    return date(year_, month, day)


def _no_date(typed: str) -> str:
    if re.fullmatch(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}", typed):
        return "day_order"
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", typed):
        return "serial"
    return "no_date"
