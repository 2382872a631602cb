"""Certificates and meters on the page: sentence first, bars that add up, marks that link, what a public report keeps back."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.unit.report.example import with_bridges, with_proofs
from tests.unit.report.example.proofs import certificates, meters
from verify.canonical import canonical_bytes, exact
from verify.disclosure import Rule, disclose
from verify.disclosure.columns import numbers
from verify.report import certificates as certificates_face
from verify.report import meters as meters_face
from verify.report.charts.flow import flow
from verify.report.html import render_html
from verify.report.reader import Reader
from verify.ruler import load_ruler
from verify.words import LANGUAGES, Language

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/formats/report.schema.json").read_text(encoding="utf-8"))


def public() -> dict[str, Any]:
    whole = with_proofs()
    done = disclose(whole["facts"], whole["places"], Rule.of(load_ruler("cn-national-2025")))
    return {"facts": done.facts, "places": done.places, "withheld": done.withheld, "withheld_share": done.share}


def percent(text: str) -> Fraction:
    return exact(text.removesuffix("%"))


def test_every_loss_stands_between_the_bars_that_it_parts() -> None:
    section = certificates()
    drawn = flow(section["stages"], section["losses"], section["claimed_share"])
    assert drawn is not None
    assert percent(drawn.claim or "") == Fraction(8212, 100)
    bar = Fraction(100)
    for step in drawn.steps:
        if step.reason:
            assert abs(percent(step.x) + percent(step.width) - bar) < Fraction(2, 100)
            bar = percent(step.x)
        else:
            assert abs(percent(step.width) - bar) < Fraction(2, 100)
            assert step.x == "0.000%"


def test_a_claim_above_the_list_stretches_the_picture_and_a_crumb_is_seen() -> None:
    stages = [{"stage": "listed", "share": "1"}, {"stage": "held", "share": "0.999"}]
    drawn = flow(stages, [{"stage": "held", "reason": "not_issued", "share": "0.001"}], "2")
    assert drawn is not None
    assert [step.width for step in drawn.steps] == ["50.000%", "0.600%", "49.950%"]
    assert drawn.claim == "100.000%"
    assert flow([{"stage": "listed", "share": None}], [], None) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_stands_first_and_names_claim_and_proof(language: Language) -> None:
    found = certificates_face.told(Reader(with_proofs(), language))
    assert found is not None
    assert "1,240" in found.sentences[0]
    assert "900" in found.sentences[0]
    assert "200" in found.sentences[2]
    assert found.codes["only_held"] == ["TZ-CER-10"]
    assert found.codes["expired"] == []  # no such finding in the report: nothing to link to


@pytest.mark.parametrize("language", LANGUAGES)
def test_meters_say_how_many_are_not_drawn(language: Language) -> None:
    found = meters_face.told(Reader(with_proofs(), language))
    assert found is not None
    assert "99.12%" in found.sentences[0]
    assert "40" in found.sentences[1]
    gate, sun, late, nearly, *_ = found.lines
    assert [month.sign for month in gate.months] == ["", "", "01", *[""] * 5, *["12"] * 4]
    assert (gate.months[2].state, gate.months[2].top) == ("part", "6")
    assert (sun.months[5].sign, sun.months[5].more) == ("05", True)
    assert [month.state for month in late.months] == [*["unowed"] * 6, *["all"] * 3, *["none"] * 3]
    assert nearly.months[11].top == "2"  # 98 % is not drawn as whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_lead_to_their_findings(language: Language) -> None:
    page = render_html(with_proofs(), language)
    for code in ("TZ-CER-10", "TZ-MTR-05"):
        assert page.count(f'id="f-{code}"') == 1
        assert f'href="#f-{code}"' in page
    assert 'href="#f-TZ-MTR-12"' not in page
    assert render_html(with_proofs(), language) == page


def test_a_report_without_them_has_no_section() -> None:
    page = render_html(with_bridges(), "en")
    assert 'id="certificates"' not in page
    assert 'id="meters"' not in page


def test_the_public_sees_shares_and_neither_amounts_nor_meters() -> None:
    report = public()
    assert [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(report)] == []
    facts = report["facts"]
    secret = {*(row["mwh"] for row in certificates()["stages"]), "1240.000000", "1110.000000", "200.000000"}
    assert not secret & set(numbers(facts["certificates"]))
    assert b"M-0101" not in canonical_bytes(facts)
    assert facts["certificates"]["covered"] == certificates()["covered"]
    assert (facts["meters"]["share"], facts["meters"]["timelines"]) == (meters()["share"], [])
    told = {row["path"]: row["count"] for row in report["withheld"]}
    assert told["certificates.amounts"] == "13"  # one row with claim and issue, five stages, seven losses
    assert (told["certificates.generators"], told["meters.timelines"]) == ("2", "6")
    page = render_html(report, "en")
    assert "72.58%" in page
    assert "1,240" not in page


@pytest.mark.parametrize("section", ["certificates", "meters"])
def test_a_section_withheld_whole_says_so(section: str) -> None:
    whole = with_proofs()
    rule = Rule.of(load_ruler("ghg-protocol-corporate"))  # its rule names neither
    done = disclose(whole["facts"], whole["places"], rule)
    report = {"facts": done.facts, "places": done.places, "withheld": done.withheld, "withheld_share": done.share}
    assert [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(report)] == []
    assert f'id="{section}"' in render_html(report, "en")
    assert list(numbers(done.facts[section])) == []
