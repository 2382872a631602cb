"""Commitments in a bundle: what verifies, and the named refusal of each way of being wrong, though two people signed it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.bundle.signed_bundle import CELLS, FORMULAS, Members, bundle, content_of, figure, judged, report
from verify.attest.commit.curve import G, added
from verify.attest.commit.making import Line, Made, Target, make
from verify.attest.commit.opening import write_opening
from verify.attest.commit.rows import read_rows, root_of, write_rows
from verify.attest.commit.totals import read_totals, write_totals
from verify.attest.statement import Commitments
from verify.bundle.committed import ROWS, TOTALS
from verify.canonical import canonical_bytes
from verify.cli.verdict_words import reason_of, title
from verify.words import LANGUAGES

FUEL, POWER = 2_500_000_000_000, 450_000_000_000
FACTORS = [{"id": "coal", "value": "2.500000000000"}, {"id": "el", "value": "0.450000000000"}]


def line(enterprise: str, unit: str, factor: str, value: int, *factors: int) -> Line:
    return Line("2027", unit, factor, value, {"enterprise_id": enterprise}, factors)


LINES = [
    line("A", "t", "coal", 3_000_000, FUEL, FUEL),
    line("B", "t", "coal", 2_000_000, FUEL, FUEL),
    line("A", "MWh", "el", 6_000_001, POWER, 0),
    line("C", "MWh", "el", 1_000_000, -POWER, 0),  # sold
]
TARGETS = [Target("item", "total.tco2", "14.750000"), Target("sum", FORMULAS["term.fuel.tco2"], "12.5")]
MADE = make(LINES, TARGETS)
DOCUMENT = report(factors=FACTORS)


def holding(
    made: Made = MADE, *, edit: Callable[[Members], object] | None = None, root: str = "", **changes: Any
) -> Members:
    """A bundle of these commitments; `edit` changes its members before they are listed and signed."""

    def put(members: Members) -> None:
        members |= {ROWS: made.rows, TOTALS: made.totals}
        if edit is not None:
            edit(members)

    with_crate = content_of(DOCUMENT, faces=lambda document: {**pages(document), ROWS: made.rows, TOTALS: made.totals})
    members = {name: with_crate[name] for name in (ROWS, TOTALS, "ro-crate-metadata.json")}

    def whole(held: Members) -> None:
        held |= members
        put(held)

    signed = changes.pop("commitments", Commitments(root or made.root, str(made.count)))
    return bundle(changes.pop("document", DOCUMENT), edit=whole, commitments=signed, **changes)


def pages(document: Any) -> Members:
    from tests.unit.bundle.signed_bundle import pages as made

    return made(document)


def check(members: Members, name: str = "commitments", **options: Any) -> tuple[str, str | None]:
    (found,) = (one for one in judged(members, **options).checks if one.name == name)
    return found.state, found.key


def opening(enterprise: str, made: Made = MADE) -> bytes:
    rows = [one for one in made.opening.rows if one.words().get("enterprise_id") == enterprise]
    return write_opening(made.opening.part("Buyer 1", rows))


def test_a_bundle_with_commitments_verifies_in_every_check() -> None:
    verdict = judged(holding())
    assert verdict.state == "verified"
    assert check(holding()) == ("verified", "bundle.commitments_hold")
    assert {one.name for one in verdict.checks if one.state == "not_checked"} == {"log"}
    found = next(one for one in verdict.checks if one.name == "commitments")
    assert found.arguments == {"rows": "4", "totals": "2"}
    for language in LANGUAGES:
        assert title("commitments", language)
        assert reason_of(found, language)


def test_without_commitments_nothing_is_said_of_them() -> None:
    assert "commitments" not in {one.name for one in judged(bundle()).checks}


def swapped(made: Made, root: bool) -> tuple[Made, str]:
    """One commitment swapped for another; `root`: signed so."""
    rows = read_rows(made.rows)
    point = added([rows[0].point, G])
    assert point is not None
    data = write_rows([replace(rows[0], point=point), *rows[1:]])
    return replace(made, rows=data, root=root_of(data) if root else made.root), made.root


def test_a_swapped_commitment_is_not_under_the_signed_root() -> None:
    made, signed = swapped(MADE, root=False)
    assert check(holding(made, root=signed)) == ("failed", "bundle.commitments_root")


def test_a_swapped_commitment_that_was_signed_breaks_the_totals() -> None:
    made, _ = swapped(MADE, root=True)
    assert check(holding(made)) == ("failed", "bundle.commitments_total")


def test_a_total_must_be_the_published_figure() -> None:
    other = make(LINES, [Target("item", "total.tco2", "14.75000"), TARGETS[1]])
    assert check(holding(other)) == ("failed", "bundle.commitments_value")
    unknown = make(LINES, [replace(TARGETS[0], name="scope2.tco2")])
    assert check(holding(unknown)) == ("failed", "bundle.commitments_value")
    changed = report(factors=FACTORS, items=[figure("total.tco2", "tCO2", "14.750001")])
    assert check(holding(document=changed)) == ("failed", "bundle.commitments_value")


def test_a_factor_must_be_a_published_one_of_that_row() -> None:
    for factors in ([], FACTORS[:1], [{"id": "coal", "value": "2.5"}, {"id": "heat", "value": "0.45"}]):
        assert check(holding(document=report(factors=factors))) == ("failed", "bundle.commitments_factor")


def test_a_total_under_another_factor_does_not_open() -> None:
    total = read_totals(MADE.totals, MADE.count)[1]
    forged = replace(total, terms=(replace(total.terms[0], factor=10**12),))
    assert check(holding(replace(MADE, totals=write_totals([forged])))) == ("failed", "bundle.commitments_total")


def test_rows_totals_and_statement_belong_together() -> None:
    def without(name: str) -> Callable[[Members], object]:
        return lambda members: members.pop(name)

    for name in (ROWS, TOTALS):
        assert check(holding(edit=without(name))) == ("failed", "bundle.member_missing")
    assert check(holding(commitments=None)) == ("failed", "bundle.commitments_unsigned")
    assert check(holding(commitments=Commitments(MADE.root, "5"))) == ("failed", "bundle.commitments_count")


def test_unreadable_rows_and_totals_are_refused_by_name() -> None:
    lines = MADE.rows.splitlines(keepends=True)
    bad = canonical_bytes(json.loads(lines[0]) | {"unit": ""}) + b"\n"
    made = replace(MADE, rows=bad + b"".join(lines[1:]))
    assert check(holding(replace(made, root=root_of(made.rows)))) == ("failed", "attest.commitment_row")
    assert check(holding(replace(MADE, totals=b"{}"))) == ("failed", "attest.commitment_totals")


def test_where_the_report_is_not_the_signed_one_nothing_is_checked() -> None:
    members = holding(public_facts_sha256="00" * 32)
    assert check(members) == ("not_checked", "attest.rests_on_failed")


# openings ------------------------------------------------------------------------------------------------------------


def test_an_opening_for_one_reader_fits_and_the_verdict_holds_its_rows() -> None:
    verdict = judged(holding(), opening=opening("A"))
    assert verdict.state == "verified"
    assert check(holding(), "opening", opening=opening("A")) == ("verified", "bundle.opening_holds")
    assert sorted((one.value, one.unit, one.texts["enterprise_id"]) for one in verdict.opened) == [
        ("3", "t", "A"),
        ("6.000001", "MWh", "A"),
    ]


def test_an_opening_of_other_commitments_fails_the_whole() -> None:
    other = make(LINES, TARGETS)
    verdict = judged(holding(), opening=opening("A", other))
    assert verdict.state == "failed"
    assert verdict.opened == ()
    assert check(holding(), "opening", opening=opening("A", other)) == ("failed", "attest.opening_root")


def test_an_opening_needs_commitments_that_hold() -> None:
    assert check(bundle(), "opening", opening=opening("A")) == ("failed", "bundle.opening_nothing")
    made, _ = swapped(MADE, root=True)
    assert check(holding(made), "opening", opening=opening("A")) == ("not_checked", "attest.rests_on_failed")


def test_nothing_secret_is_in_the_bundle() -> None:
    whole = b"".join(holding().values())
    for row in MADE.opening.rows:
        assert f"{row.blinding:064x}".encode() not in whole
        assert not any(one.encode() in whole for one in row.disclosures)


def test_figures_of_the_small_bundle_are_those_of_the_lines() -> None:
    assert CELLS[0]["claimed"] == "12.5"
    assert sum(one.value * one.factors[0] for one in LINES) == 14_750_000_450_000_000_000


@pytest.mark.parametrize("key", ["root", "count", "value", "factor", "total", "unsigned", "hold"])
def test_every_reason_has_words(key: str) -> None:
    from verify.words import catalogue

    assert set(catalogue("bundle")[f"commitments_{key}"]) == set(LANGUAGES)
