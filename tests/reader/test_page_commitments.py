"""The page and the program judge commitments alike: vectors, a good bundle, and each way of being wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.mutation.mutant import zipped
from tests.reader import node
from tests.reader.test_page_verdicts import disagreements
from tests.unit.attest.commit.test_commit_vectors import VECTORS
from tests.unit.bundle.signed_bundle import HELD, Members, report
from tests.unit.bundle.test_committed import FACTORS, LINES, MADE, TARGETS, holding, swapped
from verify.attest.commit.curve import G, P, encode
from verify.attest.commit.making import make
from verify.attest.commit.rows import root_of
from verify.attest.commit.totals import read_totals, write_totals
from verify.attest.statement import Commitments

pytestmark = pytest.mark.skipif(node.find() is None, reason="no Node here")


def test_points_commitments_and_sums_are_those_of_the_vectors() -> None:
    good = encode(G).hex()
    points = [good, "04" + good[2:], good.upper(), f"02{P:064x}", f"02{P + 5:064x}", f"02{1:064x}", good[:-2]]
    (found,) = node.ask([{"job": "commitments", "rows": VECTORS["commitments"], "points": points}])
    assert found["made"] == [one["point"] for one in VECTORS["commitments"]]
    assert found["sum"] == VECTORS["weighted"]["point"]
    assert found["read"] == [True] + [False] * 6


@cache
def wrong() -> dict[str, Members]:
    altered, signed = swapped(MADE, root=False)
    forged, _ = swapped(MADE, root=True)
    first, second = read_totals(MADE.totals, MADE.count)
    lines = MADE.rows.splitlines(keepends=True)
    twice = replace(MADE, rows=MADE.rows + lines[0], root=root_of(MADE.rows + lines[0]), count=MADE.count + 1)
    open_end = replace(MADE, rows=MADE.rows[:-1])
    return {
        "swapped": holding(altered, root=signed),
        "swapped and signed": holding(forged),
        "a row twice": holding(twice),
        "no line feed": holding(replace(open_end, root=root_of(open_end.rows))),
        "other value": holding(make(LINES, [replace(TARGETS[0], value="14.75000"), TARGETS[1]])),
        "factor not published": holding(document=report(factors=FACTORS[:1])),
        "other factor": holding(
            replace(MADE, totals=write_totals([replace(second, terms=(replace(second.terms[0], factor=10**12),))]))
        ),
        "other blinding": holding(replace(MADE, totals=write_totals([replace(first, blinding=1), second]))),
        "no rounding": holding(replace(MADE, totals=write_totals([replace(first, rounding=None), second]))),
        "totals of another shape": holding(replace(MADE, totals=b"{}")),
        "no rows": holding(edit=lambda members: members.pop("commitments.jsonl")),
        "not signed": holding(commitments=None),
        "other count": holding(commitments=Commitments(MADE.root, "5")),
        "other report": holding(public_facts_sha256="00" * 32),
    }


FEW = ("swapped", "swapped and signed", "factor not published")


def judged_alike(cases: dict[str, Members]) -> None:
    assert disagreements([(name, zipped(members), HELD) for name, members in cases.items()]) == []


def test_the_page_judges_commitments_as_the_program_does() -> None:
    cases = wrong()
    judged_alike({"good": holding(), **{name: cases[name] for name in FEW}})


@pytest.mark.accept
def test_every_wrong_bundle_is_judged_alike() -> None:
    judged_alike(wrong())


def test_the_page_names_the_same_reason() -> None:
    cases = wrong()
    good, *found = node.ask(node.judging(zipped(one), HELD) for one in (holding(), *(cases[name] for name in FEW)))
    reasons = [next(key for check, _, _, key in page["checks"] if check == "commitments") for page in found]
    assert reasons == ["bundle.commitments_root", "bundle.commitments_total", "bundle.commitments_factor"]
    assert {one["state"] for one in found} == {"failed"}
    assert good["state"] == "verified"
    assert ["commitments", "verified", True, "bundle.commitments_hold"] in good["checks"]
