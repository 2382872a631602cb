"""Figures over cells: readings kept apart, sums exact, verdicts and the point where they turn."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from verify.formula import Undefined
from verify.ledger import Figures, defaults, judge, outcome
from verify.ruler import Ruler, load_ruler

COEFFICIENT = "electricity.tce_coefficient"


@pytest.fixture(scope="module")
def ruler() -> Ruler:
    return load_ruler("cn-national-2025")


def cell(**columns: Any) -> dict[str, Any]:
    blank = dict.fromkeys(
        (
            "reading",
            "term",
            "side",
            "carrier",
            "flow",
            "activity_type",
            "supply",
            "at_feedstock",
            "confidence",
            "factor_id",
        ),
        "",
    )
    amounts = dict.fromkeys(("tco2", "proven_tco2", "strict_tco2", "tce"))
    return {
        "boundary": "filed",
        "year": "2027",
        "table": "activity",
        "quantity": Decimal(1),
        "lines": 1,
        **blank,
        **amounts,
        **columns,
    }


def electric_park(ruler: Ruler, mwh: int, tonnes: int, proven: int | None = None) -> list[dict[str, Any]]:
    """`mwh` of electricity under every candidate of the coefficient, and `tonnes` of carbon."""
    energy = [
        cell(
            side="fence",
            carrier="electricity",
            flow="purchased",
            reading=f"{COEFFICIENT}={reading.id}",
            quantity=Decimal(mwh),
            tce=mwh * Decimal(reading.value),
        )
        for reading in ruler.text.parameters[COEFFICIENT].readings
    ]
    carbon = cell(
        term="el", tco2=Decimal(tonnes), proven_tco2=Decimal(proven or tonnes), strict_tco2=Decimal(proven or tonnes)
    )
    return [*energy, carbon]


def figures(ruler: Ruler, cells: list[dict[str, Any]]) -> Figures:
    return Figures(ruler, cells, "filed", "2027")


def test_an_assignment_takes_only_its_own_lines(ruler: Ruler) -> None:
    found = figures(ruler, electric_park(ruler, 1_000_000, 50_000))
    assert found.item("energy.tce", defaults(ruler)) == 300_000
    assert found.item("energy.tce", defaults(ruler, {COEFFICIENT: "0.3150"})) == 315_000
    assert found.rests_on("energy.tce") >= {COEFFICIENT}


def test_all_readings_agree_and_the_verdict_stands(ruler: Ruler) -> None:
    judged = judge(figures(ruler, electric_park(ruler, 1_000_000, 50_000)), "unit_energy_co2", defaults(ruler))
    assert judged.verdict == "met"
    assert (judged.low, judged.high) == (Fraction(50_000, 315_000), Fraction(50_000, 280_780))


def test_readings_disagree_and_the_turning_point_is_where_it_is(ruler: Ruler) -> None:
    """58000 t over 1 TWh: 0.2 at exactly 0.29 kgce/kWh."""
    judged = judge(figures(ruler, electric_park(ruler, 1_000_000, 58_000)), "unit_energy_co2", defaults(ruler))
    assert judged.verdict == "undetermined"
    assert {flip.reading for flip in judged.flips} == {"0.28078"}
    assert {flip.point for flip in judged.flips} == {Fraction("0.29")}


def test_an_unproven_zero_keeps_met_from_standing(ruler: Ruler) -> None:
    judged = judge(
        figures(ruler, electric_park(ruler, 1_000_000, 50_000, proven=90_000)), "unit_energy_co2", defaults(ruler)
    )
    assert (judged.chosen.verdict, judged.verdict, judged.unproven) == ("met", "undetermined", True)


def test_a_lone_unconfirmed_factor_founds_no_met(ruler: Ruler) -> None:
    cells = electric_park(ruler, 1_000_000, 40_000)
    cells.append(
        cell(
            term="process",
            tco2=Decimal(10),
            proven_tco2=Decimal(10),
            strict_tco2=Decimal(10),
            confidence="unconfirmed",
            factor_id="product(lime)",
        )
    )
    judged = judge(figures(ruler, cells), "unit_energy_co2", defaults(ruler))
    assert (judged.verdict, judged.lone_unconfirmed) == ("undetermined", ("product(lime)",))


@pytest.mark.parametrize(
    ("mwh", "tonnes", "size", "verdict"),
    [
        (600_000, 1, "below_20", "no_limit"),
        (1_000_000, 300_000, "20-100", "not_met"),
        (4_000_000, 330_000, "ge_100", "met"),
    ],
)
def test_the_size_class_is_recomputed(ruler: Ruler, mwh: int, tonnes: int, size: str, verdict: str) -> None:
    here = outcome(figures(ruler, electric_park(ruler, mwh, tonnes)), "unit_energy_co2", defaults(ruler))
    assert (here.size_class, here.verdict) == (size, verdict)


def test_exactly_a_million_takes_the_stricter_limit_unless_read_otherwise(ruler: Ruler) -> None:
    """1,000,000 tce and 250,000 t: 0.25 lies between the two printed limits (annex 3 prints both)."""
    cells = [
        cell(side="fence", carrier="natural_gas", tce=Decimal(1_000_000)),
        cell(term="fuel", tco2=Decimal(250_000), proven_tco2=Decimal(250_000), strict_tco2=Decimal(250_000)),
    ]
    found = figures(ruler, cells)
    assert outcome(found, "unit_energy_co2", defaults(ruler)).verdict == "not_met"
    assert outcome(found, "unit_energy_co2", defaults(ruler, {"class_boundary": "looser"})).verdict == "met"
    assert judge(found, "unit_energy_co2", defaults(ruler)).verdict == "undetermined"


def test_no_energy_is_undefined_and_not_zero(ruler: Ruler) -> None:
    here = outcome(
        figures(ruler, [cell(term="fuel", tco2=Decimal(5), proven_tco2=Decimal(5), strict_tco2=Decimal(5))]),
        "unit_energy_co2",
        defaults(ruler),
    )
    assert here.value == Undefined("division_by_zero", {"divisor": "energy.tce"})
