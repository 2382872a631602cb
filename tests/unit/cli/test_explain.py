"""`explain`: a figure down to clause and cell in readable numbers; a code with its places."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from tests.acceptance.command import ROOT, Said, said
from verify.cli.trace_lines import _number

NOT_MET = ROOT / "fixtures" / "parks" / "honest-not-met"


@pytest.fixture(scope="module", params=["zh", "en"])
def told(request: pytest.FixtureRequest) -> tuple[str, Said]:
    return request.param, said("explain", "indicator.unit_energy_co2", NOT_MET, "--lang", request.param, "--lines", "2")


def test_it_goes_from_the_indicator_to_the_cells(told: tuple[str, Said]) -> None:
    language, one = told
    assert (one.code, one.err) == (0, "")
    for part in {
        "zh": (
            "目标值 ≤ 0.2 tCO₂/tce；判定：未达到目标值", "公式 total.tco2 / energy.tce",
            "条款 发改环资〔2025〕910号 附件 4 二（二）1", "烟煤单位热值含碳量 = 0.0261 tC/GJ",
            "低位发热量 = 22.3 GJ/t（取自本行）", "← activity.csv，第 1866 行  2027-01 热电联产有限公司", "（108 行）",
        ),
        "en": (
            "limit ≤ 0.2 tCO₂/tce; verdict: Not met", "formula total.tco2 / energy.tce",
            "clause 发改环资〔2025〕910号, annex 4, 二（二）1", "carbon content per unit of heat = 0.0261 tC/GJ",
            "Net calorific value = 22.3 GJ/t (from the row)", "← activity.csv, line 1866  2027-01 热电联产有限公司", "(108 lines)",
        ),
    }[language]:  # fmt: skip
        assert part in one.out, part
    assert "||" not in one.out
    assert "None" not in one.out


def test_the_cell_that_it_names_holds_the_quantity(told: tuple[str, Said]) -> None:
    """Line 1866 of the file, read here with nothing but the file."""
    row = (NOT_MET / "activity.csv").read_text(encoding="utf-8").splitlines()[1865]
    assert "8868.904" in row
    before = told[1].out[: told[1].out.index("1866")].splitlines()[-2]
    assert before.strip().startswith("8,868.904 t × 1.9847223 tCO₂/t ≈ 17,602.31154")


def test_products_and_sums_can_be_followed(told: tuple[str, Said]) -> None:
    """Each line: quantity × factor is the amount, to the places shown."""
    shown = re.findall(r"(?m)^ +([\d,.]+) \S+ × ([\d,.]+) \S+ [=≈] ([\d,.]+) ", told[1].out)
    assert len(shown) > 10
    for texts in shown:
        quantity, factor, amount = (Fraction(text.replace(",", "")) for text in texts)
        assert abs(quantity * factor - amount) < Fraction(1, 10**6) + quantity / 10**12


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2831.577000", "2,831.577"), ("0E-18", "0"), ("223/10", "22.3"), ("44/12", "44/12"), ("-12345.60", "−12,345.6"),
        ("0.832500000000", "0.8325"), ("1000000", "1,000,000"), ("reading_300", "reading_300"),
    ],
)  # fmt: skip
def test_numbers_are_readable(text: str, shown: str) -> None:
    assert _number(text) == shown


@pytest.mark.parametrize(("language", "words"), [("zh", "避免"), ("en", "avoid")])
def test_a_code_is_explained_without_a_submission(language: str, words: str) -> None:
    one = said("explain", "tz-acc-01", "--lang", language)
    assert (one.code, one.err) == (0, "")
    assert one.out.startswith("TZ-ACC-01  ")
    assert words.casefold() in one.out.casefold()
    assert "**" not in one.out


def test_a_code_with_a_submission_lists_every_cell(faulty: Path) -> None:
    one = said("explain", "TZ-SUB-07", faulty, "--lang", "zh")
    assert one.code == 0
    assert "这份提交中有 1 条：" in one.out
    assert "→ activity.csv，第 2 行“quantity”列读到“12O0”" in one.out
    assert "这份提交中没有 TZ-GRN-01。" in said("explain", "TZ-GRN-01", faulty, "--lang", "zh").out


def test_a_figure_needs_a_submission() -> None:
    one = said("explain", "total.tco2", "--lang", "zh")
    assert (one.code, one.out) == (2, "")
    assert "truezero explain total.tco2 提交" in one.err
