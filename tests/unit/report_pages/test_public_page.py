"""The page of a public report: what was kept back is said to be withheld, wherever it stood, and never "none" or a zero."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parser

from tests.unit.disclosure.park import RULE
from tests.unit.disclosure.park import report as park
from tests.unit.report.example import VARIANTS
from tests.unit.report.overlay import overlaid, speaking
from verify.bundle.canonical_members import canonical_member
from verify.canonical import digest
from verify.disclosure import Rule, disclose
from verify.disclosure.columns import HIDDEN
from verify.disclosure.sections import ALL
from verify.errors import OurFault
from verify.report import public_pages, render_html
from verify.report.html import PUBLIC_PAGES, PUBLIC_SECTIONS, SECTIONS
from verify.words import LANGUAGES, Language, catalogue

NAMES = ("park", *VARIANTS)
# What a page says where there is nothing: it must not be said where something was kept back.
NOTHING = {
    "level": ("level_none", "level_missing"),
    "level.steps": ("level_none", "level_missing"),
    "indicators": ("indicators_none",),
    "parameters": ("open_none",),
    "findings": ("findings_none",),
    "findings.statistics": ("findings_none",),
    "zero_register": ("zeros_none",),
    "energy": ("energy_none",),
    "reported": ("reported_none",),
    "claims": ("claims_none",),
    "dispositions": ("rows_none",),
    "dispositions.excluded": ("rows_none",),
    "runs": ("unrun_none",),
    "runs.statistics": ("unrun_none",),
}


@pytest.fixture(scope="module", autouse=True)
def _words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with speaking(overlaid(tmp_path_factory.mktemp("words"))):
        yield


def public(name: str = "park", rule: Rule = RULE) -> dict[str, Any]:
    """A report as report.json of a bundle holds it."""
    whole = park() if name == "park" else VARIANTS[name]()
    done = disclose(whole["facts"], whole["places"], rule)
    return {"facts": done.facts, "places": done.places, "withheld": done.withheld, "withheld_share": done.share}


def only(path: str) -> Rule:
    """A rule that keeps back this path and what must be suppressed, nothing else."""
    sections = frozenset({*RULE.sections, *(one.partition(".")[0] for one in RULE.hidden)})
    return replace(RULE, sections=sections, hidden={path: "withheld"}, rounded={})


@cache
def text_of(name: str, language: Language) -> str:
    return render_html(public(name), language)


def tree(report: dict[str, Any], language: Language = "zh") -> Any:
    return parser.document_fromstring(render_html(report, language))


def section(page: Any, name: str) -> str:
    """The words of one section, with single blanks."""
    return " ".join(page.xpath(f"//section[@id='{name}']")[0].text_content().split())


def said(key: str, language: Language) -> str:
    return catalogue("report")[key][language]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_complete_in_words(name: str, language: Language) -> None:
    report = public(name)
    page = parser.document_fromstring(text_of(name, language))
    rows = page.xpath("//section[@id='withheld']//tbody/tr")
    assert len(rows) == len(report["withheld"])
    words = catalogue("disclosure")
    for row, cells in zip(report["withheld"], rows, strict=True):
        shown = cells.text_content()
        assert words[f"path.{row['path']}"][language].lower() in shown.lower()
        assert words[f"state_{row['state']}"][language] in shown
        assert words[row["reason"]["key"].partition(".")[2]][language] in shown
        assert shown.replace(",", "").endswith(row["count"])


def test_the_share_stands_on_the_first_screen_and_in_its_section() -> None:
    report = public()
    page = tree(report)
    shown = f"{float(report['withheld_share']):.2%}"
    assert shown in section(page, "answer")
    assert shown in section(page, "withheld")
    report["withheld_share"] = "0.0000"
    report["withheld"] = [row for row in report["withheld"] if row["path"] != "terms"]
    assert said("public_note_whole", "zh").partition("；")[2][:6] in section(tree(report), "answer")


@pytest.mark.parametrize("path", sorted({*ALL, *HIDDEN} - {"indicators.interval"}))
def test_what_is_kept_back_is_said_to_be_withheld_and_never_none(path: str) -> None:
    """One path at a time, with an example that has something there; every face takes it in both languages."""
    for name in ("not_met", "park", "corporate", "disclaimer", "bridged", "matched", "statistics"):
        report = public(name, only(path))
        told = {row["path"] for row in report["withheld"]}
        if path not in told:
            continue
        for language in LANGUAGES:
            page = tree(report, language)
            boxes = [" ".join(box.text_content().split()) for box in page.xpath("//p[@class='held']")]
            words = catalogue("disclosure")[f"path.{path}"][language]
            assert [box for box in boxes if words in box], (name, path)
            body = " ".join(page.text_content().split())
            for key in NOTHING.get(path, ()):
                assert said(key, language) not in body, (name, path, key)
            assert "None" not in page.xpath("//main")[0].text_content().replace(said("none", "en"), "")
        break
    else:
        pytest.fail(f"no example has {path}")


def test_every_section_of_a_full_report_still_says_none() -> None:
    """The broken twin of the test above: where nothing was kept back and nothing is there, the page says so."""
    report = public("met", only("places"))
    for key, path in (("findings", "findings"), ("energy", "energy"), ("zero_register", "zero_register")):
        report["facts"][key] = []
        assert said(NOTHING[path][0], "zh") in tree(report).text_content()


def test_the_first_screen_shows_no_zero_for_what_it_may_not_count() -> None:
    page = tree(public())
    counts = {
        one.xpath("string(.//*[@class='label'])"): one.xpath("string(.//b)")
        for one in page.xpath("//ul[@class='counts']/li")
    }
    assert counts[said("count_unproven", "zh")] == "–"
    assert counts[said("count_kinds_withheld", "zh")] == str(len(public()["withheld"]))
    assert said("count_capped", "zh") not in counts
    all_back = replace(RULE, hidden={**RULE.hidden, **dict.fromkeys(("findings", "runs", "dispositions"), "withheld")})
    report = public("not_met", all_back)
    shown = [one.xpath("string(.//b)") for one in tree(report).xpath("//ul[@class='counts']/li")]
    assert shown == ["–", "–", "–", "–", str(len(report["facts"]["parameters"])), "–", "–", "–", "–", str(len(report["withheld"]))]  # fmt: skip


def test_unproven_tonnes_are_known_from_the_level() -> None:
    report = public("not_met")
    level = report["facts"]["level"]
    unproven = float(level["proven"]) - float(level["claimed"])
    assert unproven > 0
    assert f"{unproven:,.2f}" in section(tree(report), "answer")


def test_the_bridge_closes_in_one_step_with_its_unproven_part() -> None:
    report = public("not_met")
    rows = tree(report).xpath("//table[contains(@class, 'level')]/tbody/tr")
    assert [row.xpath("string(th)").strip().partition(" ")[0] for row in rows] == [
        said("level_strict", "zh"),
        said("level_steps_withheld", "zh"),
        said("level_claimed", "zh"),
    ]
    assert set(rows[1].xpath(".//rect/@class")) == {"proven", "unproven"}
    level = {key: float(report["facts"]["level"][key]) for key in ("strict", "proven", "claimed")}
    widths = {one.get("class"): float(one.get("width")[:-1]) for one in rows[1].xpath(".//rect")}
    part = (level["proven"] - level["claimed"]) / (level["strict"] - level["claimed"])
    assert abs(widths["unproven"] / (widths["unproven"] + widths["proven"]) - part) < 0.001


def test_a_column_that_is_kept_back_is_not_shown_as_dashes() -> None:
    page = tree(public())
    for name in ("members", "factors"):
        heads = page.xpath(f"//section[@id='{name}']//thead/tr[1]/th")
        assert "tCO₂" not in "".join(head.text_content() for head in heads)
    assert said("covered", "zh") not in section(page, "unchecked")


def test_an_interval_is_not_shown_where_only_rounding_opened_it() -> None:
    whole = VARIANTS["not_met"]()
    rows = [row for row in whole["facts"]["indicators"] if row["value"] is not None]
    still = next(row for row in rows if not row["rests_on"])
    still |= dict.fromkeys(("value", "proven_value", "low", "high"), "0.667123")
    moved = next(row for row in rows if row["rests_on"] and row["low"] != row["high"])
    done = disclose(whole["facts"], {}, RULE)
    report = {"facts": done.facts, "places": {}, "withheld": done.withheld, "withheld_share": done.share}
    rounded = next(row for row in done.facts["indicators"] if row["id"] == still["id"])
    assert (rounded["low"], rounded["high"]) == ("0.66", "0.67")
    page = tree(report)
    titles = {row.xpath("string(.//h3)"): row.text_content() for row in page.xpath("//article[@class='indicator-row']")}
    over_all = said("interval_label", "zh").partition(" ")[0]
    assert over_all not in titles[still["title"]["zh"]]
    assert over_all in titles[moved["title"]["zh"]]
    report["withheld"] = [row for row in report["withheld"] if row["path"] != "indicators.interval"]
    again = tree(report).xpath("//article[@class='indicator-row']")
    assert over_all in next(row.text_content() for row in again if row.xpath("string(.//h3)") == still["title"]["zh"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_of_findings_name_what_was_taken_out(language: Language) -> None:
    page = parser.document_fromstring(text_of("not_met", language))
    taken = page.xpath("//p[@class='says']/span[@class='taken']")
    assert taken
    assert {one.text_content() for one in taken} == {said("withheld_value", language)}
    says = " ".join(one.text_content() for one in page.xpath("//p[@class='says']"))
    assert " – " not in says
    assert said("rows_withheld", language).partition("{")[0] in section(page, "findings")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_effect_that_is_kept_back_is_not_said_to_be_unknown(language: Language) -> None:
    report = public("not_met", only("findings.effect"))
    effects = {one.text_content() for one in tree(report, language).xpath("//p[@class='effect']/span[last()]")}
    assert effects == {
        said("effect_withheld_or_unknown", language)
    }  # of some it was never known: nobody can tell which
    told = next(row for row in report["withheld"] if row["path"] == "findings.effect")
    told["count"] = str(len(report["facts"]["findings"]))
    effects = {one.text_content() for one in tree(report, language).xpath("//p[@class='effect']/span[last()]")}
    assert effects == {said("effect_withheld", language)}


def test_an_opposite_reading_is_named_without_its_value() -> None:
    report = public("not_met")
    row = report["facts"]["indicators"][0]
    point = report["facts"]["parameters"][0]
    other = next(one["reading"] for one in point["readings"] if one["reading"] != point["chosen"])
    flip = {"parameter": point["id"], "reading": other, "value": None, "verdict": "met", "flip_point": None}
    row |= {"verdict": "undetermined", "flips": [flip]}
    report["facts"]["headline"]["verdict"] = "undetermined"
    report["withheld"].append({**report["withheld"][0], "path": "indicators.flips"})
    page = tree(report)
    answer = section(page, "answer")
    name = next(one["title"]["zh"] for one in point["readings"] if one["reading"] == other)
    assert f"按“{name}”口径的数值不公开，两者结论相反" in answer
    assert said("flip_line_withheld", "zh").format(reading=name, verdict="达到目标值") in section(page, "indicators")
    flip["verdict"] = "not_met"  # the chosen reading does not meet the limit either: nothing is opposed
    assert f"按“{name}”口径" not in section(tree(report), "answer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_disclaimer_states_no_share_that_the_public_terms_do_not_tell(language: Language) -> None:
    """The merged row hides which of its terms are incomplete: a share of the published ones would be a wrong number."""
    report = public("disclaimer")
    assert report["facts"]["opinion"]["value"] == "disclaimer"
    sentence = section(parser.document_fromstring(render_html(report, language)), "answer")
    opening, _, closing = catalogue("sentences")["disclaimer_withheld"][language].partition("{missing}")
    assert opening in sentence
    assert closing.partition("{team}")[0].strip() in sentence
    report["facts"]["opinion"]["reasons"][0] = {
        "key": "opinion.core_term_incomplete",
        "arguments": {"terms": "process, el"},
    }
    named = section(parser.document_fromstring(render_html(report, language)), "answer")
    assert {"zh": "工业生产过程、电力净受入", "en": "industrial processes, net electricity received"}[language] in named


def test_open_points_of_a_ruler_without_indicators_are_not_said_to_move_nothing() -> None:
    report = public("corporate")
    assert not report["facts"]["indicators"]
    report["facts"]["parameters"] = VARIANTS["not_met"]()["facts"]["parameters"]
    report["withheld"].append({**report["withheld"][0], "path": "parameters.value"})
    for point in report["facts"]["parameters"]:
        for reading in point["readings"]:
            reading["value"] = None
    points = section(tree(report), "open-points")
    assert said("moves_withheld", "zh") in points
    assert said("moves_nothing", "zh") not in points


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_of_a_bundle(name: str) -> None:
    report = public(name)
    pages = public_pages(report)
    assert set(pages) == {"index.html", "report.en.html", "findings.sarif"}
    canonical_member("findings.sarif", pages["findings.sarif"])
    assert pages == public_pages(report)
    run = json.loads(pages["findings.sarif"])["runs"][0]
    assert run["language"] == "zh-CN"
    assert run["properties"]["truezero/publicFactsDigest"] == digest(report["facts"])
    assert "truezero/factsDigest" not in run["properties"]
    assert set(run["properties"]["truezero/withheld"]) == {row["path"] for row in report["withheld"]}


def test_the_pages_link_to_each_other_and_to_nothing_else() -> None:
    for language, name in PUBLIC_PAGES.items():
        page = parser.document_fromstring(public_pages(public())[name])
        outward = [one for one in page.xpath("//a/@href") if not one.startswith("#")]
        assert outward == [other for key, other in PUBLIC_PAGES.items() if key != language]
        assert page.get("lang") == {"zh": "zh-CN", "en": "en"}[language]
        (link,) = page.xpath(f"//a[@href='{outward[0]}']")
        assert link.get("hreflang") == link.get("lang") != page.get("lang")
        assert page.xpath("//script | //img | //iframe | //form | //*[@src]") == []
        ids = page.xpath("//@id")
        assert len(set(ids)) == len(ids)
        assert {one[1:] for one in page.xpath("//@href") if one.startswith("#")} <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_claims_no_proof_of_itself(language: Language) -> None:
    page = parser.document_fromstring(text_of("proofs", language))
    assert page.xpath("//section/@id") == ["answer", *PUBLIC_SECTIONS]
    assert set(PUBLIC_SECTIONS) - set(SECTIONS) == {"withheld", "checking"}
    note = page.xpath("//p[@class='public']")[0].text_content()
    assert said("public_note", language) in note
    checking = section(page, "checking")
    for part in ("truezero verify-bundle", "--root", "VERIFY.md", "verifier.html", "SHA-256"):
        assert part in checking
    for limit in ("meters", "engagement", "hidden"):
        assert said(f"checking_limit_{limit}", language) in checking
    digests = section(page, "digests")
    assert digest(public("proofs")["facts"]) in digests
    assert said("public_facts_digest", language) in digests
    assert page.xpath("//meta[@name='truezero-public-facts-digest']/@content") == [digest(public("proofs")["facts"])]
    assert page.xpath("//meta[@name='truezero-facts-digest']") == []


def test_a_full_report_has_none_of_it() -> None:
    page = tree(VARIANTS["statistics"]())
    assert page.xpath("//section/@id") == ["answer", *SECTIONS]
    assert page.xpath("//*[contains(@class, 'held') or @class='public' or @class='taken']") == []
    assert page.xpath("//meta[@name='truezero-facts-digest']")


def test_a_report_that_was_never_disclosed_has_no_public_pages() -> None:
    with pytest.raises(KeyError):
        public_pages(VARIANTS["met"]())


def test_words_of_a_hostile_report_stay_words() -> None:
    report = public()
    evil = "<script>alert(1)</script>{0}"
    report["facts"]["members"][0]["name"] = evil
    report["withheld"][0]["path"] = evil
    page = tree(report)
    assert page.xpath("//script") == []
    assert evil in section(page, "withheld")
    report["facts"]["ruler"]["id"] = "../../pyproject"  # an id that names no folder of rules/
    assert tree(report).xpath("//main")
    report["withheld"][0]["state"] = "gone"
    with pytest.raises(OurFault):
        render_html(report, "zh")


def test_a_term_without_title_has_that_of_its_ruler() -> None:
    report = public()
    report["facts"]["opinion"] = {
        "value": "modified",
        "assurance": "limited",
        "reasons": [{"key": "opinion.core_term_incomplete", "arguments": {"terms": "heat"}}],
    }
    assert "热力净受入" in section(tree(report), "answer")
    report["facts"]["ruler"]["id"] = "somebody-elses"
    assert re.search(r"（heat）", section(tree(report), "answer"))


def test_the_templates_hold_no_withheld_rule_of_their_own(tmp_path: Path) -> None:
    """What is withheld comes from the report alone: the same facts with an empty list show everything."""
    report = public("met")
    report["withheld"] = []
    report["withheld_share"] = "0.0000"
    page = tree(report)
    assert page.xpath("//p[@class='held']") == []
    assert said("withheld_none", "zh") in section(page, "withheld")


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_that_are_kept_back_are_one_step_and_real_abatement_stays(language: Language) -> None:
    """-151,500 in all, of it -10,800 in the plants: what is left, -140,700, is one step."""
    page = tree(public("bridged", only("bridges.terms")), language)
    part = page.xpath("//section[@id='bridges']")[0]
    rows = part.xpath(".//table[contains(@class, 'waterfall')][1]/tbody/tr")
    assert [row.xpath("string(./td[last()]/data/@value)") for row in rows] == [
        "427301.269260",
        "-140700.000000",
        "-10800.000000",
        "275801.269260",
    ]
    assert catalogue("bridge")["others_withheld"][language].lower() in part.text_content().lower()
    assert catalogue("bridge")["rest"][language] not in part.text_content()
    assert part.xpath(".//table[contains(@class, 'terms')]") == []
    assert catalogue("bridge")["chained_note"][language] not in part.text_content()


@pytest.mark.parametrize("path", ["bridges", "bridges.causes", "bridges.coarse"])
def test_what_names_an_enterprise_in_the_bridges_is_gone(path: str) -> None:
    page = tree(public("bridged", only(path)), "en")
    part = " ".join(page.xpath("string(//section[@id='bridges'])").split())
    gone = {"bridges": "Change of emissions", "bridges.causes": "boiler_2", "bridges.coarse": "18.4"}[path]
    assert gone in " ".join(tree(VARIANTS["bridged"](), "en").xpath("string(//section[@id='bridges'])").split())
    assert gone not in part
    assert "Smaller causes" not in part or path == "bridges.coarse"
