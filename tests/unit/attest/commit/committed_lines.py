"""A few ledger lines of two enterprises, and two figures that come out of them."""

from __future__ import annotations

from verify.attest.commit.making import Line, Target

COAL, POWER = 1_900_300_000_000, 570_300_000_000  # 10^-12 tCO2 per unit
ITEM, SUM = "total.tco2", 'sum(tco2, term="el")'


def line(enterprise: str, unit: str, factor: str, value: int, *factors: int) -> Line:
    texts = {"enterprise_id": enterprise, "row_id": f"{enterprise}|{factor}|{value}"}
    return Line("2027", unit, factor, value, texts, tuple(factors))


LINES = [
    line("A", "t", "coal", 12_500_001, COAL, 0),
    line("B", "t", "coal", 7_000_000, COAL, 0),
    line("A", "MWh", "el", 3_250_000, POWER, POWER),
    line("B", "MWh", "el", 1_000_003, POWER, POWER),
    line("B", "MWh", "el", 2_000_000, -POWER, -POWER),  # sold
    line("B", "GJ", "heat", 5, 0, 0),  # enters neither
]
EXACT = [sum(one.factors[at] * one.value for one in LINES) for at in (0, 1)]
TARGETS = [Target("item", ITEM, "38.339029"), Target("sum", SUM, "1.283176710900")]
