"""Papers beside each other: periods out of words, copies against chance, marks of files; each with what must stay silent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fixtures.simulator.laboratory import pdf
from fixtures.simulator.pairs.papers import report_of, retold
from tests.golden.road import codes, found, verified
from verify.checks import papers
from verify.checks.papers_copied import LabTest, between, inside


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("2027年3月入炉煤检测报告", ("2027-03",)),
        ("２０２７年 1－3 月煤质", ("2027-01", "2027-02", "2027-03")),
        ("2027-11 coal", ("2027-11",)),
        ("2027年度汇总", ("2027",)),
        ("报告 HM-2027-001", ()),
        ("检测报告", ()),
    ],
)
def test_months_out_of_words(words: str, months: tuple[str, ...]) -> None:
    assert papers._said(words) == months


def _series(*values: tuple[str, str], shift: str = "") -> list[LabTest]:
    return [
        LabTest(
            f"{shift}{at}",
            (f"{shift}{at}",),
            f"2027-{at:02d}",
            {"ncv": Decimal(ncv), "carbon_content": Decimal(content)},
        )
        for at, (ncv, content) in enumerate(values, 1)
    ]


REAL = [
    ("18.847", "0.025934"),
    ("19.412", "0.026102"),
    ("20.103", "0.026251"),
    ("19.656", "0.025987"),
    ("19.020", "0.026033"),
]


def test_three_equal_reports_are_a_copy_and_two_coarse_ones_are_none() -> None:
    (copy,) = inside(_series(*REAL, REAL[0], REAL[0]), 0.002, 0.001)
    assert [one.month for one in copy.tests] == ["2027-01", "2027-06", "2027-07"]
    coarse = [("18.8", "0.026")] * 6
    assert not list(inside(_series(*coarse), 0.002, 0.001))


def test_the_chance_follows_from_the_repeatability() -> None:
    # two of five on both values: 10 x (1/(2 sqrt(pi) S))^2 with S = 37.7 and 51.9 units, 10 x 0.00748 x 0.00544
    (copy,) = inside(_series(*REAL[:4], REAL[0]), 0.002, 0.001)
    assert copy.chance == pytest.approx(10 * (0.28209479 / (0.002 * 18847)) * (0.28209479 / (0.002 * 25934)), rel=1e-6)
    assert not list(inside(_series(*REAL[:4], REAL[0]), 0.002, copy.chance))


def test_one_ratio_between_two_plants() -> None:
    other = [
        (str((Decimal(ncv) * Decimal("0.985")).quantize(Decimal("0.001"))), f"0.0263{at}7")
        for at, (ncv, _) in enumerate(REAL)
    ]
    copy = between(_series(*REAL), _series(*other, shift="o"), 0.002, 0.001)
    assert copy is not None
    assert copy.properties == ("ncv",)
    assert abs(copy.ratio - Decimal("0.985").as_integer_ratio()[0] / Decimal("0.985").as_integer_ratio()[1]) < 1e-4
    moved = [*other[:4], ("18.800", "0.026397")]
    assert between(_series(*REAL), _series(*moved, shift="o"), 0.002, 0.001) is None


def test_one_report_in_two_plants_is_no_copy() -> None:
    same = _series(*REAL)
    assert between(same, same, 0.002, 0.001) is None


def test_marks_of_files() -> None:
    """A later scan is no fault; a file older than its test is; what stays with the park is undecided."""
    from dataclasses import replace

    scan = retold(
        m03=lambda one: replace(one, file="evidence/a.pdf", content=pdf("20280203", "20280203", "Canon iR-ADV")),
        m04=lambda one: replace(one, file="evidence/b.pdf", content=pdf("20270101", "20270101", "LIMS")),
        m05=lambda one: replace(one, file="evidence/c.pdf", content=b"%PDF-1.4 torn"),
    )
    del scan.files["evidence/c.pdf"]
    report = verified(scan)
    assert not report.crashes
    assert codes(report) == {"TZ-PAP-06"}
    (only,) = found(report, "TZ-PAP-06")
    assert (only["subject"], only["arguments"]["fault"]) == (report_of(4).paper, "before_test")
