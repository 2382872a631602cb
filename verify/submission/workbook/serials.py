"""Numbers of a workbook as the text that its reader sees: serial dates, and doubles to the digits that Excel keeps."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Context, Decimal, InvalidOperation

from verify.submission.workbook.formats import Format

_SHOWN = 15  # significant digits that Excel stores of what is typed and shows of what is computed
_LAST_SERIAL = 2_958_466  # 10000-01-01: after the last day that Excel knows
_NO_DAY = 60  # 1900-02-29, which the 1900 system counts and the calendar does not have
_DAY_SECONDS = 86_400
_EXACT = Context(prec=40)
_WHOLE = re.compile(r"0|-?[1-9]\d{0,14}|-?0\.\d{0,13}[1-9]|-?[1-9]\d{0,6}\.\d{0,7}[1-9]", re.ASCII)


def number_text(stored: str) -> str | None:
    """The stored text of a double as a plain decimal without exponent, None where it is no finite number.

    A text of up to 15 significant digits is kept digit by digit; a longer one (the trace of binary arithmetic, such as
    0.30000000000000004) is given with the 15 that Excel shows.
    """
    if _WHOLE.fullmatch(stored):  # most cells; the rest of this function gives the same, slowly
        return stored
    try:
        value = Decimal(stored.strip())
        double = float(value)
    except (InvalidOperation, ValueError):
        return None
    if not value.is_finite() or double in (float("inf"), float("-inf")) or (double == 0 and value != 0):
        return None
    if value == 0:
        return "0"
    if len(value.normalize(_EXACT).as_tuple().digits) > _SHOWN:
        value = Decimal(f"{double:.{_SHOWN}g}")
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def date_text(number: str, shown: Format, *, since_1904: bool) -> str | None:
    """A serial as ISO text in the granularity of its format, None where no date has this serial.

    Nothing is lost: a month format on a day other than the first keeps the day, a date format on a serial with a
    fraction keeps the time. Seconds are rounded as Excel shows them.
    """
    serial = Decimal(number)
    if not 0 <= serial < _LAST_SERIAL:
        return None
    days, fraction = divmod(serial, 1)
    seconds = int((fraction * _DAY_SECONDS).to_integral_value())
    if shown.time and not (shown.year or shown.month or shown.day):
        return _clock(int(days) * _DAY_SECONDS + seconds)
    try:
        moment = _day(int(days), since_1904=since_1904) + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return None
    if seconds or shown.time:
        return f"{moment:%Y-%m-%d %H:%M:%S}"
    if shown.year and not shown.day and moment.day == 1:
        if shown.month:
            return f"{moment:%Y-%m}"
        if moment.month == 1:
            return f"{moment:%Y}"
    return f"{moment:%Y-%m-%d}"


def _day(days: int, *, since_1904: bool) -> datetime:
    """Midnight of a serial; ValueError for the days that the 1900 system invents."""
    if since_1904:
        return datetime(1904, 1, 1) + timedelta(days=days)  # noqa: DTZ001 - a workbook knows no time zone
    if days in (0, _NO_DAY):
        raise ValueError(days)
    return datetime(1899, 12, 31) + timedelta(days=days - (days > _NO_DAY))  # noqa: DTZ001


def _clock(seconds: int) -> str:
    """A time of day or a duration: hours may pass 24."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}"
