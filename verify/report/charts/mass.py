"""In which unit the tonnes of one picture are printed: one for all its labels, so that bars can be compared by their numbers."""

from __future__ import annotations

from fractions import Fraction

from verify.report.reader import Reader

_SMALL = 100_000  # t; below it whole tonnes are shorter than a part of 万吨


def mass_unit(reader: Reader, largest: Fraction) -> tuple[int, int, str]:
    """Power of ten, places and unit of the labels: 万吨 or kilotonnes, tonnes where the park is small."""
    if largest < _SMALL:
        return 0, 0, reader.unit(reader.mass_unit)
    power, places = (4, 2) if reader.language == "zh" else (3, 1)
    return power, places, reader.unit(f"big.{reader.mass_unit}")
