"""The statistical family on small parks (TZ-NUM-01 to 06): planted series are asked about, honest ones are not, all tests are listed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, handed, papers
from tests.unit.checks.world import found as run
from tests.unit.checks.world import ran
from verify.checks.number_family import FAMILY, family
from verify.checks.rows import NotApplicable

Row = dict[str, Any]
MONTHS = [f"{year}-{month:02d}" for year in ("2025", "2026", "2027") for month in range(1, 13)]
DIGITS, DUPLICATES, HEAPING, HUGGING, VARIANCE, BREAK = FAMILY


def natural(seed: int, mean: float, scatter: float = 0.02, months: int = 36) -> list[str]:
    """Months around a mean with a season and a scatter, on three places."""
    random = Random(seed)
    return [f"{mean * (1 + 0.1 * (month % 12 - 6) / 6) * random.gauss(1, scatter):.3f}" for month in range(months)]


def power(of: str, values: list[str], source: str = "", **more: str) -> list[Row]:
    """Metered power of a member, month by month."""
    row = {"enterprise_id": of, "source_id": source or f"{of}-works", "carrier": "electricity", "flow": "final_use"}
    row |= {"unit": "MWh", "basis": "meter"} | more
    return [row | {"period": month, "quantity": value} for month, value in zip(MONTHS, values, strict=False)]


def made(of: str, values: list[str]) -> list[Row]:
    """Output of the works of a member."""
    row = {"enterprise_id": of, "source_id": f"{of}-works", "product": "coke", "flow": "made", "unit": "t"}
    return [row | {"period": month, "quantity": value} for month, value in zip(MONTHS, values, strict=False)]


def silent(here: Any) -> None:
    """Nothing of the whole family is asked."""
    asked = [(one.test.code, one.test.test, one.test.subject) for one in family(here) if one.state == "significant"]
    assert asked == []


def test_honest_months_raise_nothing_and_every_test_is_listed() -> None:
    here = handed({
        "activity": [*power(A, natural(1, 900)), *power(B, natural(2, 4_000))],
        "production": [*made(A, natural(3, 7_000)), *made(B, natural(4, 500))],
    })  # fmt: skip
    silent(here)
    lines = family(here)
    assert {one.test.test for one in lines} == {
        "last_digit", "round_digits", "equal_months", "scaled_copy", "meter_scatter", "unit_energy_break",
    }  # fmt: skip
    refused = {one.test.reason for one in lines if one.state == "refused"}
    assert refused <= {"few_values", "coarse", "nothing_beside"}
    assert all(one.adjusted is not None for one in lines if one.state != "refused")


def test_equal_months_are_found_at_their_rows() -> None:
    values = natural(1, 90_000)
    copied = [*values[:30], *values[6:12]]
    here = handed({"activity": power(A, copied)})
    found = [one for one in run(DUPLICATES, here) if one.arguments["test"] == "equal_months"]
    assert len(found) == 12
    assert {one.arguments["chance"] for one in found} == {"0.000001"}
    assert {one.effect for one in found} == {None}


def test_a_scaled_year_of_another_member_is_found_and_its_own_season_is_not() -> None:
    values = natural(1, 9_000)
    scaled = [*natural(2, 9_630)[:24], *(f"{Decimal(one) * Decimal('1.07'):.3f}" for one in values[24:])]
    here = handed({"activity": [*power(A, values), *power(B, scaled)]})
    found = run(DUPLICATES, here)
    assert {(one.subject, one.period) for one in found} == {(f"{A}-works", "2027"), (f"{B}-works", "2027")}
    silent(
        handed({"activity": [*power(A, values), *power(A, scaled, "A-other")]})
    )  # sources of one member may be linked


def test_a_year_repeated_with_growth_is_found() -> None:
    values = natural(1, 9_000)[:12]
    grown = [f"{Decimal(one) * Decimal('1.031'):.3f}" for one in values]
    found = run(DUPLICATES, handed({"activity": power(A, [*values, *grown])}))
    assert {(one.period, one.arguments["other"]) for one in found} == {("2026", f"{A}-works 2025")}


def test_heaped_months_are_found_and_a_coarse_grid_is_an_instrument() -> None:
    random = Random(5)
    values = [natural(seed, 5_000) for seed in (6, 7)]
    heaped = [[one[:-1] + random.choice("05") if at % 4 else one for at, one in enumerate(of)] for of in values]
    rows = [*power(A, heaped[0]), *power(A, heaped[1], "A-other")]
    assert {one.subject for one in run(HEAPING, handed({"activity": rows}))} == {A}
    assert {one.subject for one in run(DIGITS, handed({"activity": rows}))} == {A}
    fives = [[one[:-1] + "5" if int(one[-1]) > 4 else one[:-1] + "0" for one in of] for of in values]
    silent(handed({"activity": [*power(A, fives[0]), *power(A, fives[1], "A-other")]}))


def readings(value: Any, count: int = 2_000) -> dict[str, list[Row]]:
    meters = [{"meter_id": "M", "enterprise_id": A, "source_id": "", "carrier": "electricity"}]
    first = datetime(2027, 1, 1)  # noqa: DTZ001 -- readings carry local time
    rows = [{"meter_id": "M", "at": first + timedelta(minutes=15 * at), "value": value(at)} for at in range(count)]
    return {"activity": power(A, natural(1, 900)), "meters": meters, "readings": rows}


def test_readings_are_counted_in_the_engine() -> None:
    random = Random(8)
    honest = handed(readings(lambda at: f"{random.gauss(400, 60):.2f}"))
    silent(honest)
    (line,) = [one for one in family(honest) if one.test.subject == "M" and one.test.code == DIGITS]
    assert line.test.p is not None
    invented = handed(readings(lambda at: f"{random.gauss(400, 60):.1f}{random.choice('137')}"))
    assert [one.subject for one in run(DIGITS, invented)] == ["M"]
    stepped = handed(readings(lambda at: f"{2 * random.randrange(10_000, 30_000) / 100:.2f}"))
    silent(stepped)


def laboratory(values: list[str], carbon: str = "") -> dict[str, list[Row]]:
    rows = [
        {"period": month, "enterprise_id": A, "source_id": "A-boiler", "carrier": "bituminous_coal", "flow": "final_use", "unit": "t",
         "quantity": quantity, "basis": "meter", "ncv": value, "carbon_content": carbon or "0.0261", "evidence_id": f"L-{month}"}
        for month, quantity, value in zip(MONTHS, natural(9, 800), values, strict=False)
    ]  # fmt: skip
    return {
        "activity": rows,
        "evidence": [{"evidence_id": f"L-{month}", "kind": "laboratory_report"} for month in MONTHS],
    }


def test_one_batch_presented_as_months() -> None:
    random = Random(10)
    silent_ncv = [f"{random.gauss(22.3, 0.25):.3f}" for _ in range(12)]
    here = handed(laboratory(silent_ncv))
    assert not [one for one in run(VARIANCE, here) if one.arguments["other"] == "ncv"]
    batch = [f"{22.3 + random.gauss(0, 0.001):.3f}" for _ in range(12)]
    found = [one for one in run(VARIANCE, handed(laboratory(batch))) if one.arguments["other"] == "ncv"]
    assert {one.subject for one in found} == {A}


def test_a_flat_meter_beside_a_moving_output() -> None:
    random = Random(11)
    output = [f"{random.uniform(5_000, 9_000):.0f}" for _ in range(36)]
    flat = [f"{900 + random.random() * 0.2:.3f}" for _ in range(36)]
    here = handed({"activity": power(A, flat), "production": made(A, output)})
    assert {one.subject for one in run(VARIANCE, here)} == {f"{A}-works"}
    steady = [f"{7_000 + random.random():.3f}" for _ in range(36)]
    with pytest.raises(NotApplicable):  # nothing moves, so a steady meter tells nothing
        ran(VARIANCE, handed({"activity": power(A, flat), "production": made(A, steady)}))


def values_beside(default: float, below: int, above: int) -> list[str]:
    """Heat values spread widely around the default, and piled just below it."""
    wide = [default * (1 + 0.02 * step) for step in (-4, -3, -2, 2, 3, 4)]
    near = [default * (1 - 0.0003 * (one + 1)) for one in range(below)]
    return [f"{one:.4f}" for one in (*wide, *near, *(default * (1 + 0.0003 * (one + 1)) for one in range(above)))]


def test_values_crowd_below_the_default() -> None:
    from tests.unit.checks.world import standard

    default = float(standard().number("fuel.bituminous_coal.ncv", "2027"))
    found = run(HUGGING, handed(laboratory(values_beside(default, 24, 0))))
    assert {(one.subject, one.arguments["other"]) for one in found} == {(A, "ncv")}
    assert not run(HUGGING, handed(laboratory(values_beside(default, 13, 11))))


def broken_at(month: int) -> dict[str, list[Row]]:
    output = natural(12, 7_000)
    random = Random(13)
    used = [
        f"{float(one) * 0.2 * random.gauss(1, 0.02) * (0.7 if at >= month else 1):.3f}" for at, one in enumerate(output)
    ]
    return {"activity": power(A, used), "production": made(A, output)}


def test_a_break_is_located_and_held_against_events() -> None:
    found = run(BREAK, handed(broken_at(20)))
    assert {one.period for one in found} == {"2026-09"}
    event = {"enterprise_id": A, "source_id": "", "kind": "swap", "from": "2026-08-15"}
    explained = handed({**broken_at(20), "events": [event]})
    assert run(BREAK, explained) == []
    (line,) = [one for one in family(explained) if one.state == "explained"]
    assert line.event == "swap"
    assert run(BREAK, handed({**broken_at(20), "events": [event | {"from": "2026-02-01"}]}))


def test_annual_figures_are_below_every_gate() -> None:
    row = power(A, ["900.123"])[0] | {"period": "2027"}
    for code in FAMILY:
        with pytest.raises(NotApplicable):
            ran(code, handed({"activity": [row], "evidence": papers()}))
