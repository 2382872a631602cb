"""JUnit: every outcome has its own element, and a build fails on errors only."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.unit.report.example import VARIANTS, not_met
from verify.report import render_junit
from verify.words import LANGUAGES


def cases(report: dict) -> dict[str, ET.Element]:
    return {
        case.get("name", "").split()[0]: case for case in ET.fromstring(render_junit(report, "zh")).iter("testcase")
    }  # type: ignore[arg-type]


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_are_those_of_the_cases(name: str, language: str) -> None:
    root = ET.fromstring(render_junit(VARIANTS[name](), language))  # type: ignore[arg-type]
    for part in (root, root[0]):
        assert int(part.get("tests", "")) == len(list(root.iter("testcase")))
        for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(part.get(kind, "")) == len(list(root.iter(tag)))


@pytest.mark.parametrize(
    ("code", "tag", "says"),
    [
        ("TZ-ACC-01", None, None),
        ("TZ-ACC-05", "failure", "少计 910.02"),
        ("TZ-ACC-07", "system-out", "共 27 行，列出 1 行"),
        ("TZ-GRN-02", "system-out", "待澄清"),
        ("TZ-CAR-01", "skipped", "加工转换没有含碳产出"),
        ("TZ-COV-03", "skipped", "至 2028-06-30"),
        ("TZ-BAL-04", "error", "未取得供电、供气企业的结算数据"),
    ],
)
def test_outcomes(code: str, tag: str | None, says: str | None) -> None:
    case = cases(not_met())[code]
    assert [child.tag for child in case] == ([] if tag is None else [tag])
    if tag and says:
        assert says in f"{case[0].get('message', '')}{case[0].text or ''}".replace("\N{NO-BREAK SPACE}", " ")


def test_a_finding_without_a_run_has_its_case() -> None:
    report = not_met()
    report["facts"]["runs"] = [row for row in report["facts"]["runs"] if row["code"] != "TZ-SUB-07"]
    assert cases(report)["TZ-SUB-07"].find("failure") is not None


def test_no_clock_and_no_host() -> None:
    text = render_junit(not_met(), "zh").decode()
    assert not {"time=", "timestamp", "hostname"} & {
        word for word in ("time=", "timestamp", "hostname") if word in text
    }


def test_what_xml_cannot_hold_is_replaced() -> None:
    report = not_met()
    report["facts"]["park"]["names"]["zh"] = "园\x00区\x0b\ufffe"
    assert ET.fromstring(render_junit(report, "zh"))[0].get("name") == "园\ufffd区\ufffd\ufffd 2027 年度"
