"""Honest series made dishonest, each kind at several strengths, and what the meter checks find of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from tests.acceptance.meter_data import Vector, simbench
from tests.acceptance.metered import Given, found, handed

PATTERNS = ("TZ-MTR-05", "TZ-MTR-06", "TZ-MTR-07")
POINTS = 96 * 90  # ninety days of quarter hours: four windows of a year
DAY = 96
SAME = {"lv_semiurb4"}  # one series with PV5 (shared/data README and must show 2)
PLANTED = ("WP", "BM")  # hold copies by life itself

Random = np.random.Generator
Fraud = Callable[[Vector, Random, float], Vector]


def windows(count: int) -> Iterator[tuple[str, Given]]:
    """`count` different honest windows: every honest series of res_profiles, its quarters one after the other."""
    names = [name for name in simbench() if not name.startswith(PLANTED) and name not in SAME]
    for number in range(count):
        name, quarter = names[number % len(names)], number // len(names)
        given = simbench()[name]
        yield f"{name}-q{quarter}", replace(given, values=given.values[quarter * POINTS : (quarter + 1) * POINTS])


def _places(values: Vector, random: Random, length: int) -> tuple[int, int]:
    """Where a stretch is taken from and where it is put, both at midnight and apart."""
    days, need = len(values) // DAY, -(-length // DAY) + 1
    source = int(random.integers(0, days // 2 - need))
    target = int(random.integers(days // 2, days - need))
    return source * DAY, target * DAY


def copied(values: Vector, random: Random, days: float) -> Vector:
    """So many days are put in place of later ones."""
    return _copy(values, random, int(days) * DAY)


def scaled(values: Vector, random: Random, factor: float) -> Vector:
    """A fortnight is put in place of a later one, times a factor."""
    return _copy(values, random, 14 * DAY, factor=factor)


def shifted(values: Vector, random: Random, intervals: float) -> Vector:
    """A fortnight is put in place of a later one, so many intervals late."""
    return _copy(values, random, 14 * DAY, late=int(intervals))


def _copy(values: Vector, random: Random, length: int, *, factor: float = 1.0, late: int = 0) -> Vector:
    source, target = _places(values, random, length + late)
    made = values.copy()
    made[target + late : target + late + length] = values[source : source + length] * factor
    return made


def smoothed(values: Vector, random: Random, width: float) -> Vector:
    """A fortnight is replaced by its own moving average."""
    _, target = _places(values, random, 14 * DAY)
    made, kernel = values.copy(), np.ones(int(width)) / int(width)
    made[target : target + 14 * DAY] = np.convolve(values, kernel, "same")[target : target + 14 * DAY]
    return made


def rounded(values: Vector, random: Random, digits: float) -> Vector:
    """A fortnight is copied and then rounded to so many digits."""
    source, target = _places(values, random, 14 * DAY)
    made = values.copy()
    made[target : target + 14 * DAY] = np.round(values[source : source + 14 * DAY], int(digits))
    return made


def frozen(values: Vector, random: Random, hours: float) -> Vector:
    """One value, from a moment at which the meter shows something below its highest, for so many hours."""
    made, length = values.copy(), int(hours * 4)
    there = np.nonzero((values[:-length] > 0.05 * values.max()) & (values[:-length] < 0.95 * values.max()))[0]
    if len(there):
        at = int(random.choice(there))
        made[at : at + length] = values[at]
    return made


def interpolated(values: Vector, random: Random, points: float) -> Vector:
    """So many readings are replaced by the line between two that differ."""
    made, length = values.copy(), int(points)
    apart = np.abs(values[length:] - values[:-length])
    there = np.nonzero(apart > 0.1 * values.max())[0]
    at = int(random.choice(there)) if len(there) else 0
    made[at : at + length + 1] = np.linspace(values[at], values[at + length], length + 1)
    return made


KINDS: dict[str, tuple[Fraud, tuple[float, ...], str]] = {
    "copied": (copied, (2, 7, 28), "days"),
    "scaled": (scaled, (0.9, 1.03, 1.5), "times"),
    "shifted": (shifted, (1, 5, 37), "quarter hours late"),
    "smoothed": (smoothed, (3, 9, 25), "readings averaged"),
    "rounded": (rounded, (4, 3, 2), "digits left of a copied fortnight"),
    "frozen": (frozen, (12, 30, 72), "hours"),
    "interpolated": (interpolated, (12, 24, 96), "readings"),
}


def caught(series: dict[str, Given]) -> dict[str, list[str]]:
    """Meter -> codes of the patterns found in it; a copy counts where it is of the meter itself."""
    here, codes = handed(series), dict[str, list[str]]()
    for code in PATTERNS:
        for one in found(code, here):
            if one.arguments.get("other", one.subject) == one.subject:
                codes.setdefault(one.subject, []).append(code)
    return codes


def table(count: int, strengths: int = 3, seed: int = 6) -> list[dict[str, Any]]:
    """One row per kind and strength: of `count` series how many are found, and by which codes; first the honest ones."""
    honest = dict(windows(count))
    alarms = caught(honest)
    rows: list[dict[str, Any]] = [
        {"kind": "honest", "strength": "", "series": len(honest), "found": len(alarms), "codes": _counted(alarms)}
    ]
    for kind, (fraud, levels, unit) in KINDS.items():
        for level in levels[-strengths:]:
            random = np.random.default_rng([seed, len(kind), round(level * 100)])
            made = {name: replace(one, values=fraud(one.values, random, level)) for name, one in honest.items()}
            hits = caught(made)
            rows.append(
                {
                    "kind": kind,
                    "strength": f"{level:g} {unit}",
                    "series": len(made),
                    "found": len(hits),
                    "codes": _counted(hits),
                }
            )
    return rows


def _counted(hits: dict[str, list[str]]) -> dict[str, int]:
    codes = [code for many in hits.values() for code in set(many)]
    return {code: codes.count(code) for code in sorted(set(codes))}
