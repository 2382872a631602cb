"""Expected numbers: a decimal, or arithmetic written out so that a reader can follow it (``10000 * 0.8325``)."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from verify.formula import FormulaError, evaluate, parse

NONE = "-"  # nothing is expected to be there
ROUNDED = "~"  # ``~1.25``: a number that its source prints rounded
_REASON = re.compile(r"[a-z][a-z_]*")  # why a figure is not defined, e.g. ``no_denominator``


@lru_cache(maxsize=65536)
def number(text: str) -> Fraction:
    """The number as a rational. Raises FormulaError."""
    value = evaluate(parse(text, "figure"), {})
    if not isinstance(value, Fraction):
        raise FormulaError("syntax", 1)
    return value


def readable(text: str, *, reasons: bool = True) -> bool:
    """Whether a text is a number, ``-``, or (with `reasons`) a word for why there is no number."""
    if text == NONE or (reasons and _REASON.fullmatch(text)):
        return True
    try:
        number(text.removeprefix(ROUNDED))
    except FormulaError:
        return False
    return True
