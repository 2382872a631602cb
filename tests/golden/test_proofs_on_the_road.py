"""Certificates and meters from the files of a park to the page: an honest park loses nothing, a planted fault is where it was planted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from fixtures.simulator.pairs import pair
from tests.golden.road import codes, verified
from verify.report import render_html
from verify.words import LANGUAGES, Language


def stages(facts: Mapping[str, Any]) -> dict[str, float]:
    return {row["stage"]: float(row["mwh"]) for row in facts["certificates"]["stages"]}


def test_all_certificates_of_an_honest_park_count() -> None:
    facts = verified(pair("TZ-CER-10").honest).facts
    section = facts["certificates"]
    assert [row["reason"] for row in section["losses"]] in ([], ["beyond"])  # of the last, broken MWh
    whole = stages(facts)
    assert whole["listed"] == whole["stated"]
    assert abs(whole["counted"] - float(section["claimed"])) < 1
    assert section["issue_unknown"] == "0.000000"
    assert "meters" not in facts  # no readings: the section is not there


@pytest.mark.parametrize(("code", "reason"), [("TZ-CER-10", "only_held"), ("TZ-CER-12", "unseen")])
def test_certificates_that_prove_nothing_fall_out_by_their_reason(code: str, reason: str) -> None:
    both = pair(code)
    report = verified(both.dishonest)
    assert code in codes(report)
    lost = {row["reason"]: float(row["mwh"]) for row in report.facts["certificates"]["losses"]}
    assert lost == {reason: stages(verified(both.honest).facts)["listed"]}
    assert report.facts["certificates"]["covered"] == "0.0000"


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_days_without_readings_stand_in_their_month(language: Language) -> None:
    """2027-07-01 to 09 of one hourly meter are left out (the pair of TZ-MTR-01): 22 of 31 days of July are read."""
    report = verified(pair("TZ-MTR-01").dishonest)
    first, *others = report.facts["meters"]["timelines"]
    assert first["marks"] == [{"code": "TZ-MTR-01", "months": ["07"]}]
    assert first["months"] == [*["1.0000"] * 6, f"{22 / 31:.4f}", *["1.0000"] * 5]
    assert all(one["months"] == ["1.0000"] * 12 and not one["marks"] for one in others)
    page = render_html({"facts": report.facts, "places": report.places}, language)
    assert 'href="#f-TZ-MTR-01"' in page
    assert 'id="f-TZ-MTR-01"' in page
