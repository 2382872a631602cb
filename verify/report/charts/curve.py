"""A falling curve of shares over hours, from the best to the worst, in a box of 100 x 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.canonical import decimal_text, exact


@dataclass(frozen=True)
class Curve:
    """`line` and `area`: paths; y grows downwards, 0 is a share of one."""

    line: str
    area: str


def curve(shares: Sequence[str]) -> Curve | None:
    """The curve through `shares` (decimal text, 0 to 1) at equal distances; None for fewer than two."""
    if len(shares) < 2:
        return None
    last = len(shares) - 1
    points = [
        (_short(Fraction(place * 100, last)), _short((1 - exact(share)) * 100)) for place, share in enumerate(shares)
    ]
    line = "M" + "L".join(f"{x} {y}" for x, y in points)
    return Curve(line, f"{line}V100H0z")


def _short(value: Fraction) -> str:
    text = decimal_text(value, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text
