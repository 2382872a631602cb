"""Where the sun stood: elevation in degrees by date and place, in floating point (statistics only, DESIGN 6).

Formulas of the NOAA solar calculator in their short form (Spencer's series): good to about half a degree and half a
minute, far below the thresholds that it serves. Clock time is that of the door, UTC+8.
"""

from __future__ import annotations

from typing import Any

from verify.engine import Table

MERIDIAN = 15.0 * 8  # of Beijing time, to which the door brings every stamp: fifteen degrees an hour
_DAY = 1440


def elevation(begin: Table, longitude: Any, latitude: Any) -> Table:
    """Degrees above the horizon at minutes since 1970 (local), for a place in decimal degrees."""
    angle = _year_angle(begin)
    true_minutes = begin % _DAY + 4.0 * (longitude - MERIDIAN) + equation_of_time(begin)
    hour = _radians((true_minutes - 720.0) / 4.0)
    tilt = (
        0.006918 - 0.399912 * angle.cos() + 0.070257 * angle.sin() - 0.006758 * (2 * angle).cos()
        + 0.000907 * (2 * angle).sin() - 0.002697 * (3 * angle).cos() + 0.00148 * (3 * angle).sin()
    )  # fmt: skip
    place = _radians(latitude)
    return (place.sin() * tilt.sin() + place.cos() * tilt.cos() * hour.cos()).asin() / _radians(1.0)


def equation_of_time(begin: Table) -> Table:
    """Minutes by which a sundial is ahead of the clock."""
    angle = _year_angle(begin)
    return 229.18 * (
        0.000075 + 0.001868 * angle.cos() - 0.032077 * angle.sin() - 0.014615 * (2 * angle).cos() - 0.040849 * (2 * angle).sin()
    )  # fmt: skip


def _year_angle(begin: Table) -> Table:
    """The day of the year as an angle; 365.2425 days, which a leap year shifts by less than a day."""
    days = (begin / _DAY).floor()
    return (days - (days / 365.2425).floor() * 365.2425) * (2 * 3.141592653589793 / 365.2425)


def _radians(degrees: Any) -> Any:
    return degrees * (3.141592653589793 / 180.0)
