"""Two submissions beside each other, and a change of ruler over parks. Expected values by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.golden.demonstration import RULERS, power, write_park
from verify import resources
from verify.road.comparison import compare_two, impact
from verify.road.comparison.order import Order
from verify.road.comparison.order import conclusion as concluded

AVERAGE, YUNNAN, OFFSETS = (str(RULERS / name) for name in ("demo-average", "demo-yunnan", "demo-offsets"))


@pytest.fixture(scope="module")
def physical(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The ruler of the national average that knows no certificates and no core indicator: it compares totals."""
    text = (RULERS / "demo-average" / "ruler.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("id: demo-average", "id: demo-physical"),
        ("supply: certificate", "supply: direct_nonfossil"),
        ("kind: core", "kind: guiding"),
    ):
        assert old in text
        text = text.replace(old, new)
    folder = tmp_path_factory.mktemp("rulers") / "demo-physical"
    folder.mkdir()
    (folder / "ruler.yaml").write_text(text, encoding="utf-8")
    return str(folder)


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """First: 800 MWh, 600 of it with certificates (a quarter remains). Second: 500 MWh, 300 with certificates (two fifths)."""
    folder = tmp_path_factory.mktemp("two")
    first = write_park(folder / "first", identifier="first", rows=power("600", "200"))
    return first, write_park(folder / "second", identifier="second", rows=power("300", "200"))


def orders(found: dict[str, Any]) -> dict[str, str]:
    return {row["ruler"]["id"]: row["order"] for row in found["rulers"]}


def test_dominance_is_lower_under_every_ruler_and_basis(parks: tuple[Path, Path]) -> None:
    found = compare_two(*parks, rulers=["cn-national-2025", AVERAGE, YUNNAN])
    assert orders(found) == dict.fromkeys(["cn-national-2025", "demo-average", "demo-yunnan"], "first")
    assert (found["conclusion"], found["lower"]) == ("dominance", "first")
    row = found["rulers"][1]
    assert row["bases"] == {"first": "3", "second": "0", "equal": "0", "undefined": "0"}
    expected = [Fraction("0.5306") * 200 / (Fraction("0.30") * used) for used in (800, 500)]
    told = [Fraction(one["value"]) for one in row["own"]]
    assert all(abs(one - other) < Fraction(1, 10**12) for one, other in zip(told, expected, strict=True))


def test_turned_round_the_other_one_is_lower(parks: tuple[Path, Path]) -> None:
    found = compare_two(parks[1], parks[0], rulers=[AVERAGE])
    assert (found["conclusion"], found["lower"]) == ("dominance", "second")


def test_the_order_depends_on_the_ruler_and_names_each_side(parks: tuple[Path, Path], physical: str) -> None:
    """By certificates the first is lower; all power counted, 800 MWh against 500, the second is; offset in full they are equal."""
    found = compare_two(*parks, rulers=[AVERAGE, physical, OFFSETS])
    assert found["conclusion"] == "depends_on_ruler"
    assert found["lower"] is None
    assert found["sides"] == {
        "first": ["demo-average"],
        "second": ["demo-physical"],
        "equal": ["demo-offsets"],
        "first_or_equal": [],
        "second_or_equal": [],
        "depends": [],
        "not_comparable": [],
    }
    totals = [Fraction(one["value"]) for one in found["rulers"][1]["own"]]
    assert totals == [Fraction("0.5306") * 800, Fraction("0.5306") * 500]


def test_equal_and_lower_together_are_no_dominance(parks: tuple[Path, Path]) -> None:
    found = compare_two(*parks, rulers=[AVERAGE, OFFSETS])
    assert (found["conclusion"], found["lower"]) == ("never_higher", "first")


@pytest.mark.parametrize(
    ("orders_", "conclusion", "lower"),
    [
        (["first", "not_comparable"], "dominance", "first"),
        (["equal", "equal"], "equal", None),
        (["first", "first_or_equal"], "never_higher", "first"),
        (["second_or_equal"], "never_higher", "second"),
        (["first_or_equal", "second"], "depends_on_ruler", None),
        (["first", "depends"], "depends_on_basis", None),
        (["first", "second", "depends"], "depends_on_ruler", None),
        ([], "not_comparable", None),
    ],
)
def test_conclusions(orders_: list[Order], conclusion: str, lower: str | None) -> None:
    told = concluded({str(number): order for number, order in enumerate(orders_)})
    assert (told["conclusion"], told["lower"]) == (conclusion, lower)


def test_the_order_may_depend_on_a_reading(tmp_path: Path) -> None:
    """2023, corporate ruler: by location 800 MWh against 500; by market 100 against 200."""
    head = {"reporting_year": "2023", "base_year": "2023"}
    first = write_park(tmp_path / "first", identifier="first", rows=power("700", "100", "2023"), head=head)
    second = write_park(tmp_path / "second", identifier="second", rows=power("300", "200", "2023"), head=head)
    found = compare_two(first, second, rulers=["ghg-protocol-corporate"])
    row = found["rulers"][0]
    assert row["order"] == "depends"
    assert found["conclusion"] == "depends_on_basis"
    assert row["turns_on"] == ["scope2_method"]
    assert row["examples"]["first"]["basis"]["readings"]["scope2_method"] == "market_based"
    assert [Fraction(one) for one in row["examples"]["second"]["values"]] == [
        Fraction("0.5306") * used for used in (800, 500)
    ]


def test_what_has_no_factor_is_not_compared(parks: tuple[Path, Path]) -> None:
    found = compare_two(*parks, rulers=["ghg-protocol-corporate"])
    assert found["conclusion"] == "not_comparable"
    assert all(found["rulers"][0]["incomplete_of"])


def test_a_share_of_energy_misses_no_emission_factor() -> None:
    """The careless park makes a product that no factor is known of: its total is not the whole, its share of energy is."""
    those = [resources.parks() / name for name in ("honest-not-met", "careless")]
    row = compare_two(*those, rulers=["inner-mongolia-db15t-2948-2023"])["rulers"][0]
    assert row["item"].startswith("indicator.")
    assert row["incomplete_of"] == [[], []]
    first, second = (Fraction(one["value"]) for one in row["own"])
    assert row["order"] == ("first" if first > second else "second")
    total = compare_two(*those, rulers=["cn-factory-2026"])["rulers"][0]
    assert (total["item"], total["order"]) == ("total.tco2", "not_comparable")
    assert [len(one) for one in total["incomplete_of"]] == [0, 1]


def test_the_impact_of_a_ruler_is_recomputed_and_summed(tmp_path: Path) -> None:
    """From 0.5306 to 0.1333 on two parks of 800 GWh with 320 and 560 GWh without certificates.

    320 GWh: 0.70746… not met becomes 0.17773… met. 560 GWh: 1.238… becomes 0.31103…, not met under both.
    """
    one = write_park(tmp_path / "one", identifier="one")
    other = write_park(tmp_path / "other", identifier="other", rows=power("240000", "560000"))
    found = impact(AVERAGE, YUNNAN, [one, other])
    step = Fraction("0.1333") - Fraction("0.5306")
    assert [Fraction(park["moved"]) for park in found["parks"]] == [320_000 * step, 560_000 * step]
    assert [park["verdict"] for park in found["parks"]] == ["gained", "kept"]
    assert found["sum"]["verdicts"] == {"gained": "1", "lost": "0", "changed": "0", "kept": "1", "no_indicator": "0"}
    assert Fraction(found["sum"]["moved"]) == 880_000 * step
    back = impact(YUNNAN, AVERAGE, [one])
    assert [park["verdict"] for park in back["parks"]] == ["lost"]


def test_a_park_without_a_factor_stays_out_of_the_sum(tmp_path: Path) -> None:
    found = impact(AVERAGE, "ghg-protocol-corporate", [write_park(tmp_path / "park")])
    assert found["parks"][0]["moved"] is None
    assert found["sum"]["recomputed"] == "0"
    assert found["sum"]["moved"] is None
    assert found["parks"][0]["verdict"] == "no_indicator"
