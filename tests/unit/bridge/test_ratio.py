"""The ratio bridge: the dilution of decomposition 3a by hand, any sign of the numerator, random closure."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from verify.bridge.ratio import Amount, ratio
from verify.canonical import rounded
from verify.errors import WrongUsage


def amount(before: str, after: str, **terms: str) -> Amount:
    return Amount(Fraction(before), Fraction(after), {name: Fraction(text) for name, text in terms.items()})


def test_dilution_moves_no_tonne_and_the_whole_ratio() -> None:
    """240 kt in both years; 667 GWh of certificate power at 0.30 kgce/kWh lift T from 800 to 1,000.1 ktce."""
    found = ratio(
        amount("240000", "240000", energy_intensity="0"), amount("800000", "1000100", use="0", dilution="200100")
    )
    assert found.before == Fraction("0.3")
    assert rounded(found.after, 3) == Fraction("0.24")
    assert found.above == {"energy_intensity": 0}
    assert found.below["use"] == 0
    assert found.below["dilution"] == rounded(found.after - found.before, 9)
    assert rounded(found.below["dilution"], 3) == Fraction("-0.06")


def test_tonnes_alone() -> None:
    found = ratio(amount("300", "240", fuel_switch="-70", activity="10"), amount("1000", "1000", use="0"))
    assert found.above == {"fuel_switch": Fraction("-0.07"), "activity": Fraction("0.01")}


def test_growth_of_both_by_half_leaves_the_ratio() -> None:
    found = ratio(amount("300", "450", activity="150"), amount("1000", "1500", use="500"))
    assert found.above["activity"] == -found.below["use"] > 0


@pytest.mark.parametrize("signs", [(1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (1, 0), (0, 0)])
def test_it_closes_for_any_sign(signs: tuple[int, int]) -> None:
    chance = Random(str(signs))
    for _ in range(50):
        e0, e1 = (Fraction(round(sign * chance.uniform(1, 1e6), 6)) for sign in signs)
        t0, t1 = (Fraction(round(chance.uniform(1, 1e6), 6)) for _ in range(2))
        parts = [Fraction(round(chance.uniform(-1e6, 1e6), 6)) for _ in range(3)]
        above = {"a": parts[0], "b": e1 - e0 - parts[0]}
        below = {"c": parts[1], "d": parts[2], "e": t1 - t0 - parts[1] - parts[2]}
        found = ratio(Amount(e0, e1, above), Amount(t0, t1, below))
        moved = sum((*found.above.values(), *found.below.values()), Fraction(0))
        assert moved == rounded(e1 / t1 - e0 / t0, 9)


def test_terms_that_do_not_add_up_and_energy_of_nothing_are_refused() -> None:
    with pytest.raises(WrongUsage, match="terms_do_not_add_up"):
        ratio(amount("1", "2", a="0.5"), amount("1", "1", use="0"))
    with pytest.raises(WrongUsage, match="no_ratio_of_zero"):
        ratio(amount("1", "1", a="0"), amount("0", "1", use="1"))
