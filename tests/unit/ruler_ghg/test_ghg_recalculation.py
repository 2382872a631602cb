"""Base years (decomposition.md 1): an acquisition restates the base year, organic growth does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from ghg_world import Row, item, world

from verify.checks import World
from verify.checks.registry import _CHECKS
from verify.checks.rows import Rows

YEARS = ("2021", "2022", "2023")
# ghgp_acquisition: tonnes of years 1 to 3; C is bought at the start of year 3 and existed before
A, B, C = (25, 30, 30), (25, 30, 30), (15, 20, 20)


def _emissions(many: Mapping[str, Sequence[int]], years: Mapping[str, Sequence[str]] | None = None) -> list[Row]:
    return [
        {"period": year, "enterprise_id": name, "gas": "CO2", "quantity": str(tonnes), "unit": "t"}
        for name, series in many.items()
        for year, tonnes in zip(YEARS, series, strict=True)
        if year in (years or {}).get(name, YEARS)
    ]


def _members(*names: str, **more: Row) -> list[Row]:
    return [{"enterprise_id": name, "name": name, **more.get(name, {})} for name in names]


def _recalculation(here: World) -> Rows:
    import verify.checks.scope  # noqa: F401  registers the check

    return _CHECKS["TZ-SCP-03"].function(here, here.ruler.text.checks["TZ-SCP-03"].params)


PARK = {"base_year": "2021", "reporting_year": "2023"}


def test_an_acquisition_makes_recalculation_due() -> None:
    members = _members("A", "B", "C", C={"from": "2023-01-01", "reason": "acquired"})
    rows = _emissions({"A": A, "B": B, "C": C}, {"C": ["2023"]})
    with world({"enterprises": members, "emissions": rows}, **PARK) as here:
        assert [item(here, "total.tco2", year) for year in YEARS] == [50, 60, 80]
        found = list(_recalculation(here).found)
        assert [(one.arguments["base_total"], one.arguments["threshold"]) for one in found] == [("50", "0.05")]
        assert Fraction(found[0].arguments["gross"]) >= Fraction("0.05")


def test_the_recalculated_base_year_is_65_and_nothing_more_is_due() -> None:
    rows = _emissions({"A": A, "B": B, "C": C})
    with world({"enterprises": _members("A", "B", "C"), "emissions": rows}, **PARK) as here:
        assert [item(here, "total.tco2", year) for year in YEARS] == [65, 80, 80]
        assert not _recalculation(here).found
        change = item(here, "total.tco2", "2023") / item(here, "total.tco2", "2021") - 1
        assert round(float(change) * 100, 4) == 23.0769


@pytest.mark.parametrize(
    ("members", "many", "years"),
    [
        (_members("A", "B"), {"A": A, "B": B}, {}),
        (_members("A", "B", "N", N={"from": "2023-01-01", "reason": "new"}), {"A": A, "B": B, "N": C}, {"N": ["2023"]}),
    ],
    ids=["organic_growth", "did_not_exist_in_the_base_year"],
)
def test_growth_is_no_reason(members: list[Row], many: dict[str, Sequence[int]], years: dict[str, list[str]]) -> None:
    with world({"enterprises": members, "emissions": _emissions(many, years)}, **PARK) as here:
        assert item(here, "total.tco2", "2021") == 50
        assert not _recalculation(here).found


def test_wri_training_growth_of_21_percent() -> None:
    """33,000 t in 2007 to 40,000 t in 2010: growth, shown as it is and no restatement."""
    rows = [
        {"period": year, "enterprise_id": "A", "gas": "CO2", "quantity": tonnes, "unit": "t"}
        for year, tonnes in (("2007", "33000"), ("2010", "40000"))
    ]
    with world({"enterprises": _members("A"), "emissions": rows}, base_year="2007", reporting_year="2010") as here:
        change = (item(here, "total.tco2") / item(here, "total.tco2", "2007") - 1) * 100
        assert abs(change - 21) <= Fraction("0.5")
        assert round(float(change), 4) == 21.2121
        assert not _recalculation(here).found
