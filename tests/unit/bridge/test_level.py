"""The level bridge: the illustration of decomposition 3b by hand."""

from __future__ import annotations

from fractions import Fraction

from verify.bridge.level import level
from verify.canonical import rounded

BURNED, GRID, CERTIFIED, ADDED = Fraction(240), Fraction("0.8325"), Fraction(400), Fraction(667)  # kt, kt/GWh, GWh, GWh
TCE = Fraction("0.3")  # ktce per GWh


def park(on: frozenset[str], proven: Fraction = Fraction(1)) -> Fraction:
    """tCO2 per tce. Certificates as claimed are 0 emission; the addition comes with its own certificates."""
    share = proven if "certificates" in on else 0
    tonnes = BURNED + CERTIFIED * GRID * (1 - share)
    energy = Fraction(800) + (ADDED * TCE if "addition" in on else 0)
    return tonnes / energy


def test_the_illustration() -> None:
    """strict 0.716; certificates -0.375, addition -0.102; claimed 0.240."""
    found = level(["certificates", "addition"], park, park)
    assert [rounded(one, 3) for one in (found.strict, found.claimed)] == [Fraction("0.716"), Fraction("0.24")]
    assert {name: rounded(one, 3) for name, one in found.terms.items()} == {
        "certificates": Fraction("-0.375"),
        "addition": Fraction("-0.102"),
    }
    assert found.strict + sum(found.terms.values()) == found.claimed == found.proven


def test_what_is_half_proven_is_proven_by_half() -> None:
    """Without the addition: 333 kt of certificates over 800 ktce, of which half have their cancellation on file."""
    found = level(["certificates"], park, lambda on: park(on, Fraction(1, 2)))
    assert found.terms == {"certificates": -CERTIFIED * GRID / 800}
    assert found.of_it_proven == {"certificates": -CERTIFIED * GRID / 1600}
    assert found.proven == found.strict + found.of_it_proven["certificates"]


def test_a_switch_that_raises_is_a_rise() -> None:
    found = level(["stock"], lambda on: Fraction(5 if on else 3), lambda on: Fraction(3))
    assert found.terms == {"stock": Fraction(2)}
    assert found.of_it_proven == {"stock": Fraction(0)}
