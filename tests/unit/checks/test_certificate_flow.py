"""Certificates from the list to the claim: each falls out once, for the first reason; the sums are those written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.checks.handed import A, Row, handed, papers, power
from tests.unit.checks.test_green import bought, certificate, green, retired, span
from verify.opinion import certificates

SEEN = {"evidence_id": "E-certificate_statement"}


def section(rows: list[Row], events: list[Row], certified: str = "1000", **more: list[Row]) -> dict[str, Any]:
    bills = [row for row in bought(direct="0", certified=certified) if row["supply"] == "certificate"]
    found = certificates.facts(handed(green(bills, rows, events, evidence=papers(), **more)))
    assert found is not None
    return found


def amounts(found: dict[str, Any]) -> tuple[dict[str, int], dict[str, int]]:
    """(MWh by stage, MWh by reason)."""
    whole = {row["stage"]: int(float(row["mwh"])) for row in found["stages"]}
    return whole, {row["reason"]: int(float(row["mwh"])) for row in found["losses"]}


def made(first: int, last: int, **more: Any) -> Row:
    return certificate(first, last, generated_from="2027-03-01", generated_to="2027-03-31", **more)


def test_an_honest_list_loses_nothing() -> None:
    issue = span(1, 1000, event="issue", at="2027-05-01", to_holder=A)
    found = section([made(1, 1000)], [issue, retired(1, 1000, **SEEN)])
    assert amounts(found) == (dict.fromkeys(("listed", "held", "retired", "stated", "counted"), 1000), {})
    assert found["covered"] == "1.0000"
    assert found["issue_unknown"] == "0.000000"


def test_each_reason_takes_its_own() -> None:
    """1,240 claimed; 1,500 listed: 100 never issued, 40 held only, 60 for another, 50 for two, 70 late, 80 unseen; 1,100 stay."""
    issue = span(1, 1400, event="issue", at="2027-05-01", to_holder=A)
    events = [
        issue,
        retired(1401, 1500, **SEEN),
        retired(41, 100, beneficiary="海外买方", **SEEN),
        retired(101, 150, **SEEN),
        retired(101, 150, at="2028-03-01", beneficiary="海外买方", **SEEN),
        retired(151, 220, at="2030-01-05", **SEEN),
        retired(221, 300),
        retired(301, 1400, **SEEN),
    ]
    found = section([made(1, 1500), made(301, 310, row_id="again")], events, "1240")
    whole, lost = amounts(found)
    assert lost == {
        "listed_twice": 10, "not_issued": 100, "only_held": 40, "elsewhere": 60, "used_twice": 50, "expired": 70, "unseen": 80,
    }  # fmt: skip
    assert whole == {"listed": 1510, "held": 1400, "retired": 1300, "stated": 1100, "counted": 1100}
    assert found["covered"] == "0.8870"  # 0.88709…, rounded down
    (farm,) = found["generators"]
    assert (farm["listed"], farm["stated"]) == ("1510.000000", "1100.000000")


def test_what_is_beyond_the_claim_is_of_no_plant() -> None:
    found = section([made(1, 300), made(301, 900, generator="sea")], [retired(1, 900, **SEEN)], "500")
    whole, lost = amounts(found)
    assert (whole["stated"], whole["counted"], lost) == (900, 500, {"beyond": 400})
    assert [row["stated"] for row in found["generators"]] == ["300.000000", "600.000000"]
    assert found["issue_unknown"] == "900.000000"  # no issue was handed in: unknown, not missing
    assert found["covered"] == "1.0000"


def test_certificates_of_other_years_are_not_of_this_one() -> None:
    old = certificate(1, 400, generated_from="2026-12-01", generated_to="2026-12-31")
    whole, lost = amounts(section([old], [retired(1, 300, used_for_period="2026", **SEEN), retired(301, 320, **SEEN)]))
    assert (whole["listed"], whole["stated"], lost) == (20, 20, {})


def test_a_split_that_explains_two_rows_counts_them_once() -> None:
    split = span(1, 400, event="split", at="2028-01-15")
    whole, lost = amounts(section([made(1, 1000), made(1, 400, row_id="part")], [split, retired(1, 1000, **SEEN)]))
    assert (whole["listed"], lost) == (1000, {})


@pytest.mark.parametrize("tables", [{}, {"certificate_events": [retired(1, 10)]}])
def test_without_certificates_there_is_no_section(tables: dict[str, list[Row]]) -> None:
    assert certificates.facts(handed({"activity": [power(A, "purchased", "10", "certificate")], **tables})) is None
