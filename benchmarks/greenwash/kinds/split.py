"""GW-15 to GW-17: what a fall is called. The inventory may be right; the bridge must not credit what was not abated."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from benchmarks.greenwash.draft import Draft
from benchmarks.greenwash.kinds.base import BRIDGE, kind
from benchmarks.greenwash.kinds.scope import GAS, gas
from fixtures.simulator.annex import annex

_OUT = Decimal(300)
_LESS = Decimal("0.0001")


def _heat_pump(draft: Draft, tonnes: Fraction) -> None:
    """A third of the gas is saved for good: an own measure with its paper, metered in every year."""
    plant = draft.plant("gw15")
    draft.measure(plant, GAS, "余热热泵")
    for year in draft.years:
        part = Decimal(2) / 3 if year == draft.year else Decimal(1)
        draft.burn(plant, year, GAS, (gas(tonnes) * 3 * part).quantize(_LESS), basis="meter")
        draft.made(plant, year, "gw15铸件", _OUT)


def _power(tonnes: Fraction) -> int:
    """MWh that carry the heat of the gas which burns to `tonnes`."""
    return int(Fraction(gas(tonnes)) * annex().fuels[GAS].ncv / Fraction("3.6"))


def _rise(tonnes: Fraction) -> Fraction:
    """By how much the plant emits more once its heat is grid power, whatever stands on the certificates."""
    return _power(tonnes) * annex().electricity_tco2 - tonnes


@kind(
    "GW-15",
    "electrified and certified, sold as fuel switch",
    _heat_pump,
    by=BRIDGE,
    inventory_right=True,
    credit=lambda h: -_rise(h),
    twin_credit=lambda h: h,
)
def electrified(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Its gas becomes power with certificates that are in order, and a measure says fuel switch."""
    plant = draft.plant("gw15")
    if tricked:
        draft.measure(plant, GAS, "煤改电")
    for year in draft.years:
        if tricked and year == draft.year:
            draft.certified(plant, year, _power(tonnes))
        else:
            draft.burn(plant, year, GAS, gas(tonnes), basis="meter")
        draft.made(plant, year, "gw15铸件", _OUT)


def _two_lines(draft: Draft, tonnes: Fraction, second: str, *, rises: bool) -> None:
    """A line that saves and a line that does not; `second` is what the other line makes in the claim year."""
    first = draft.plant("gw16甲")
    other = draft.source(first, "gw16乙")
    draft.measure(first, GAS, "甲线保温")
    for year in draft.years:
        last = year == draft.year
        draft.burn(first, year, GAS, gas(tonnes) * (1 if last else 2), basis="meter")
        draft.made(first, year, "gw16甲件", _OUT)
        draft.burn(other, year, GAS, gas(tonnes) * (2 if last and rises else 1), basis="meter")
        draft.made(other, year, second if last else "gw16乙件", _OUT)


@kind(
    "GW-16",
    "losers renamed, their loss becomes structure",
    lambda d, h: _two_lines(d, h, "gw16乙件", rises=False),
    by=BRIDGE,
    inventory_right=True,
    twin_credit=lambda h: h,
)
def renamed_losers(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """What the line that got worse makes has another name in the claim year."""
    _two_lines(draft, tonnes, "gw16丙件" if tricked else "gw16乙件", rises=True)


def _growth(draft: Draft, tonnes: Fraction, said: str) -> None:
    """Output grows by half, gas by less, and the park as a whole emits more than before."""
    plant = draft.plant("gw17")
    fall = max(draft.figures[draft.base_year]["total"] - draft.figures[draft.year]["total"], Fraction(0))
    then = gas((fall + tonnes) * 4)
    for year in draft.years:
        last = year == draft.year
        draft.burn(plant, year, GAS, (then * Decimal("1.25") if last else then).quantize(_LESS), basis="meter")
        draft.made(plant, year, "gw17铸件", _OUT * (Decimal("1.5") if last else 1))
    if said:
        row = {"claim_id": "C17", "year": draft.year, "base_year": draft.base_year, "kind": "reduction", "text": said,
               "url": "https://park.example/17", "captured_on": f"{int(draft.year) + 1}-03-10"}  # fmt: skip
        draft.said.append(("claims", row))


@kind(
    "GW-17",
    "intensity down, tonnes up, told as a reduction",
    lambda d, h: _growth(d, h, ""),
    park_wide=True,
    alone=True,
    twin_credit=None,
)
def intensity_for_tonnes(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The park as a whole emits more, and says that it reduced."""
    _growth(draft, tonnes, f"园区较{draft.base_year}年实现大幅减排降碳" if tricked else "")
