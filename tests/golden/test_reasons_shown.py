"""Which value applies and why stands in the report and in `explain`, in both languages (issue 4 of 8, B)."""

from __future__ import annotations

import pytest

from tests.acceptance.command import ROOT, said
from tests.golden.road import frozen
from verify.report.html import render_html
from verify.report.reader import Reader

WORDS = {
    "zh": ("文件明文规定该数值，不随数据年份更新", "来源未限定年份，各年同值"),
    "en": ("the text prints this number; it does not follow the year of the data", "its source limits it to no year"),
}


def test_every_factor_says_why() -> None:
    """0.8325 because annex 4 prints it; the fuel defaults of a standard that names no year; each input is named."""
    report = frozen("honest-met")
    factors = {one["id"]: one for one in report.facts["factors"]}
    assert all(one["why"] for name, one in factors.items() if not name.startswith("zero"))
    [grid] = factors["grid_other(factor=annex4.el.grid_other)"]["why"]
    assert (grid["value"], grid["unit"], grid["key"]) == ("0.8325", "kgCO2/kWh", "report.why.fixed_by_text")
    reader = Reader(report.document(), "zh")
    assert reader.why_of(grid).startswith("全国化石能源电力排放因子（其他电力） 0.8325 ")
    assert reader.why_of(grid).endswith("：文件明文规定该数值，不随数据年份更新")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_and_explain_say_it(language: str) -> None:
    html = render_html(frozen("honest-met").document(), language)
    told = said(
        "explain", "term.el.tco2", ROOT / "fixtures" / "parks" / "honest-met", "--lang", language, "--lines", "1"
    )
    assert all(words in html for words in WORDS[language])
    assert WORDS[language][0] in told.out
