"""Every error of the table of units has its words in both languages, filled with its arguments."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from verify.errors import WrongUsage
from verify.units import Unit, Units
from verify.words import LANGUAGES, say

UNITS = Units.standard()


def _bad_number() -> None:
    from verify.units.load import _factor

    _factor("t", "0.1.2")


def _ambiguous() -> None:
    one = Fraction(1)
    names = ("a/b", "a", "b/c", "c")
    Units({"mass": "a"}, [Unit(name, "mass", one, (name,)) for name in names], {}).ratio("a/b/c")


CALLS: dict[str, Callable[[], object]] = {
    "units.unknown": lambda: UNITS.get("桶"),
    "units.not_a_ratio": lambda: UNITS.ratio("t"),
    "units.unknown_dimension": lambda: UNITS.base("beauty"),
    "units.not_convertible": lambda: UNITS.ratio("kgce/L", denominator="mass"),
    "units.no_base": lambda: Units({"mass": "t"}, [], {}),
    "units.duplicate_name": lambda: Units({"mass": "t"}, [Unit("t", "mass", UNITS.get("t").to_base, ("t",))] * 2, {}),
    "units.bad_number": _bad_number,
    "units.ambiguous_ratio": _ambiguous,
}


@pytest.mark.parametrize("key", CALLS)
def test_words(key: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        CALLS[key]()
    assert caught.value.key == key
    for language in LANGUAGES:
        assert "{" not in say(key, language, **caught.value.arguments)
