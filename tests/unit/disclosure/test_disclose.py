"""The public report: what stays, what goes, what is told, and what an attacker can still work out of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.unit.disclosure.park import RULE, TERMS, TOTAL, report, secrets, tonnes
from tests.unit.report.example import VARIANTS
from tests.unit.report.overlay import overlaid, speaking
from verify.canonical import canonical_bytes, exact
from verify.disclosure import Disclosed, Rule, disclose, subtotals
from verify.disclosure.columns import HIDDEN, numbers
from verify.disclosure.sections import ALL, HEAD
from verify.disclosure.small_groups import safe
from verify.errors import WrongUsage
from verify.report import render_html, render_junit, render_sarif
from verify.ruler import available, load_ruler
from verify.words import LANGUAGES, catalogue

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/formats/report.schema.json").read_text(encoding="utf-8"))


def public(rule: Rule = RULE, whole: Mapping[str, Any] | None = None) -> Disclosed:
    given = whole or report()
    return disclose(given["facts"], given["places"], rule)


def learned(facts: Mapping[str, Any]) -> set[Fraction]:
    """What the public facts tell an attacker: every number, each times each total, sums and differences of any two, and
    sums of any choice of terms, taken from the total or not. To a thousandth of a tonne."""
    plain = {exact(text) for text in numbers(dict(facts))}
    totals = {exact(row["claimed"]) for row in facts["items"] if row["item"] == "energy.tce"}
    known = plain | {value * total for value in plain for total in totals}
    found = set(known)
    for one, two in combinations(sorted(known), 2):
        found |= {one + two, two - one}
    terms = [exact(row["tco2"]) for row in facts["terms"]]
    for size in range(1, len(terms) + 1):
        for chosen in combinations(terms, size):
            found |= {sum(chosen, Fraction(0)), TOTAL - sum(chosen, Fraction(0))}
    return {abs(round(value, 3)) for value in found}


def leaks(facts: Mapping[str, Any]) -> list[str]:
    """The secrets that an attacker learns."""
    known = learned(facts)
    return [name for name, value in secrets().items() if abs(round(value, 3)) in known]


def test_nothing_secret_can_be_worked_out() -> None:
    assert leaks(public().facts) == []


def test_the_attack_works_on_the_full_report() -> None:
    assert set(leaks(report()["facts"])) == set(secrets())


@pytest.mark.parametrize(
    "path",
    [
        "bunkers",
        "factors.tco2",
        "findings.arguments",
        "level.steps",
        "members.tco2",
        "parameters.value",
        "runs.tco2",
        "sensitivities.result",
        "zero_register",
    ],
)
def test_every_path_that_the_ruler_withholds_is_needed(path: str) -> None:
    """A broken twin for each: with this one left public, a secret is out."""
    hidden = {key: state for key, state in RULE.hidden.items() if key != path}
    assert leaks(public(replace(RULE, hidden=hidden, sections=RULE.sections | {path.partition(".")[0]})).facts) != []


def test_primary_suppression_alone_would_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only `process` small: total less the other terms is `process`."""
    park = report()
    wide = {one: {"A": "11.1", "B": "22.2", "C": "33.3"} for one in ("transformation", "el")}
    for row in park["facts"]["terms"]:
        if row["term"] in wide:
            parts = wide[row["term"]]
            row["by_enterprise"] = [{"enterprise_id": one, "name": one, "tco2": x} for one, x in parts.items()]

    def primary(cells: Mapping[str, Any], fewest: int, share: Fraction) -> frozenset[str]:
        return frozenset(name for name, group in cells.items() if not safe(group, fewest, share))

    assert "process" not in leaks(public(whole=park).facts)
    monkeypatch.setattr(subtotals, "suppressed", primary)
    assert "process" in leaks(public(whole=park).facts)


def test_what_the_public_sees() -> None:
    facts = public().facts
    fuel = {row["item"]: row["claimed"] for row in facts["items"] if row["claimed"] is not None}
    assert Fraction(fuel["total.tco2"]) == TOTAL
    assert Fraction(fuel["term.fuel.tco2"]) == tonnes("fuel")
    assert [row["term"] for row in facts["terms"]] == ["fuel", "withheld"]
    assert sum(exact(row["tco2"]) for row in facts["terms"]) == TOTAL  # the parts still make the whole
    assert [row["name"] for row in facts["members"]] == list("ABCDEF")
    assert {key: facts[key] for key in HEAD if key in facts} == {key: report()["facts"][key] for key in HEAD}


def test_other_years_and_zeros_of_a_term() -> None:
    kept = [(row["item"], row["year"]) for row in public().facts["items"] if row["item"].startswith("term.")]
    year = report()["facts"]["year"]
    assert kept == [("term.fuel.tco2", year), ("term.heat.tco2", year), ("term.heat.tco2", "2025")]


def test_a_term_with_zeros_of_one_enterprise_shows_its_claimed_value_only() -> None:
    park = report()
    for row in park["facts"]["items"]:
        if row["item"] == "term.fuel.tco2":
            row["strict"] = "500000.000001"
    row = next(row for row in public(whole=park).facts["items"] if row["item"] == "term.fuel.tco2")
    assert (Fraction(row["claimed"]), row["strict"]) == (tonnes("fuel"), None)
    assert row["proven"] == row["claimed"]


def test_scopes_part_the_total_a_second_time() -> None:
    """scope 1 less the published fuel would be the suppressed process: then no term is published."""
    park = report()
    scope = next(row for row in park["facts"]["items"] if row["item"] == "total.tco2")
    park["facts"]["items"].append(scope | {"item": "scope1.tco2e"})
    facts = public(whole=park).facts
    assert [row["term"] for row in facts["terms"]] == ["withheld"]
    assert exact(facts["terms"][0]["tco2"]) == TOTAL


def test_terms_without_a_small_group_are_all_published() -> None:
    park = report()
    for row in park["facts"]["terms"]:
        row["by_enterprise"] = [{"enterprise_id": one, "name": one, "tco2": "10.5"} for one in "ABC"]
    done = public(whole=park)
    assert [row["term"] for row in done.facts["terms"]] == list(TERMS)
    assert all(row["by_enterprise"] == [] for row in done.facts["terms"])
    assert (done.share, done.within_cap) == ("0.0000", True)


def test_the_share_and_the_cap() -> None:
    done = public()
    gross = {term: sum(abs(Fraction(x)) for x in parts.values()) for term, parts in TERMS.items()}
    share = 1 - gross["fuel"] / sum(gross.values())
    assert done.share == str(round(float(share), 4))
    assert done.within_cap
    assert not public(replace(RULE, most_withheld=share - Fraction(1, 1000))).within_cap


def test_what_is_withheld_is_told() -> None:
    done = public()
    told = {row["path"]: row for row in done.withheld}
    assert {"terms", "terms.by_enterprise", "items.term", "members.tco2", "zero_register", "energy", "places"} <= set(
        told
    )
    assert told["terms"]["count"] == "3"
    assert told["members.tco2"]["count"] == "6"
    assert told["terms"]["reason"]["key"] == "disclosure.small_group"  # not which of the three is the small one
    assert [row["path"] for row in done.withheld] == sorted(told)
    assert canonical_bytes(done.withheld)
    words = catalogue("disclosure")
    for row in done.withheld:
        assert {f"path.{row['path']}", f"state_{row['state']}", row["reason"]["key"].partition(".")[2]} <= set(words)


def test_every_path_has_words() -> None:
    paths = {*ALL, *HIDDEN, "places", "items.term", "items.zeros", "reported.term", "terms.by_enterprise"}
    assert {f"path.{path}" for path in paths} <= set(catalogue("disclosure"))


def test_committed_is_told_as_committed() -> None:
    rule = replace(RULE, hidden={**RULE.hidden, "members.tco2": "committed"})
    assert next(row["state"] for row in public(rule).withheld if row["path"] == "members.tco2") == "committed"


def test_places_of_rows_that_nobody_names_are_gone() -> None:
    assert report()["places"]
    assert public().places == {}
    without = ("places", "findings.row_ids", "dispositions.excluded")
    rule = replace(RULE, hidden={key: state for key, state in RULE.hidden.items() if key not in without})
    given = report()
    named = set(given["facts"]["findings"][0]["row_ids"])
    excluded = {row["row_id"] for row in given["facts"]["dispositions"]["excluded"]}
    assert set(public(rule).places) == (named | excluded) & set(given["places"])


def test_what_the_ruler_does_not_name_is_withheld() -> None:
    park = report()
    park["facts"]["a_section_of_tomorrow"] = [{"tco2": "1"}]
    done = public(replace(RULE, sections=RULE.sections - {"claims"}), park)
    assert "a_section_of_tomorrow" not in done.facts
    assert done.facts["claims"] == []
    assert {"a_section_of_tomorrow", "claims"} <= {row["path"] for row in done.withheld}


def test_a_ruler_that_withholds_terms_publishes_none_of_their_items() -> None:
    rule = replace(RULE, hidden={**RULE.hidden, "terms": "withheld"})
    facts = public(rule).facts
    assert facts["terms"] == []
    assert [row for row in facts["items"] if row["item"].startswith("term.") and exact(row["claimed"])] == []


def test_an_interval_is_rounded_outward_and_never_over_the_limit() -> None:
    park = report()
    row = park["facts"]["indicators"][0]
    for low, high, limit, expected in [
        ("0.123456", "0.198765", "0.2", ("0.12", "0.2")),
        ("0.123456", "0.198765", "0.199", ("0.12", "0.199")),
        ("0.201234", "0.251", "0.2005", ("0.2005", "0.26")),
        ("0.15", "0.25", "0.2", ("0.15", "0.25")),
        ("-0.001", "0.001", None, ("-0.01", "0.01")),
        (None, None, "0.2", (None, None)),
    ]:
        row |= {"low": low, "high": high, "limit": limit}
        shown = public(whole=park).facts["indicators"][0]
        assert (shown["low"], shown["high"]) == expected


def test_it_changes_nothing_that_it_is_given_and_gives_the_same_again() -> None:
    given = report()
    before = deepcopy(given)
    first, second = public(whole=given), public(whole=given)
    assert given == before
    assert canonical_bytes(list(first)) == canonical_bytes(list(second))
    again = disclose(first.facts, first.places, RULE)  # a public report has nothing more to hide
    assert again.facts["items"] == first.facts["items"]


@pytest.mark.parametrize("ruler", available())
@pytest.mark.parametrize("name", [*VARIANTS, "park"])
def test_public_facts_keep_the_shape_of_a_report(ruler: str, name: str, tmp_path: Path) -> None:
    """The schema takes them and every face renders them, in both languages."""
    done = public(Rule.of(load_ruler(ruler)), VARIANTS[name]() if name in VARIANTS else report())
    document = {"facts": done.facts, "places": done.places}
    assert [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(document)] == []
    with speaking(overlaid(tmp_path)):
        for language in LANGUAGES:
            assert "<html" in render_html(document, language)
            assert render_sarif(document, language)["version"] == "2.1.0"
            assert render_junit(document, language)


@pytest.mark.parametrize("where", ["public", "subtotals", "withheld", "committed"])
def test_a_mistyped_path_does_not_load(where: str) -> None:
    def change(data: dict[str, Any]) -> None:
        data["disclosure"].setdefault(where, []).append("member.tco2")

    with pytest.raises(WrongUsage, match="unknown_path"):
        Rule.of(load_ruler("cn-national-2025", change=change))


def test_a_mistyped_path_to_round_does_not_load() -> None:
    def change(data: dict[str, Any]) -> None:
        data["disclosure"]["rounded"]["indicators.low"] = "2"

    with pytest.raises(WrongUsage, match="unknown_path"):
        Rule.of(load_ruler("cn-national-2025", change=change))


@pytest.mark.parametrize("ruler", available())
def test_the_numbers_are_those_of_the_ruler(ruler: str) -> None:
    rule = Rule.of(load_ruler(ruler))
    assert (rule.fewest, rule.largest_share, rule.subtotals) == (3, Fraction(85, 100), True)


@pytest.mark.parametrize("ruler", ["cn-national-2025", "ghg-protocol-corporate"])
def test_other_numbers_of_the_ruler_are_used(ruler: str) -> None:
    def stricter(data: dict[str, Any]) -> None:
        data["values"]["practice.fewest_enterprises"]["value"] = "5"

    assert Rule.of(load_ruler(ruler, change=stricter)).fewest == 5
