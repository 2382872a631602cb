"""The page and the program judge the same bundles alike: state of the whole, and name, state and reason of every check.

The first of each class of the named mutants; all of them: acceptance 6.1. The program judges without its renderer (`pages=None`), for the
page has none: `pages` is not checked in both.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import islice

import pytest

from tests.mutation.mutant import Mutant, groups, zipped
from tests.mutation.remembered import remembered
from tests.mutation.small import GOOD
from tests.mutation.stays import all_of_them
from tests.reader import node
from tests.unit.bundle.signed_bundle import HELD, bundle
from verify.bundle.container import read_container
from verify.bundle.judge import judge, refused
from verify.bundle.page import modules_of
from verify.bundle.refused import Refused
from verify.bundle.trust import Held
from verify.bundle.verdict import Verdict

pytestmark = pytest.mark.skipif(node.find() is None, reason="no Node here")
EACH = 3  # of each class of mutants


def by_python(data: bytes, held: Held | None) -> Verdict:
    try:
        container = read_container(data)
    except Refused as error:
        return refused(error)
    return judge(container, held)


@cache
def words() -> set[str]:
    """The messages that the page can say."""
    data = json.loads(modules_of()["data"].removeprefix("export const DATA = ").rstrip(";\n"))
    return set(data["words"]["zh"]) & set(data["words"]["en"])


def disagreements(cases: list[tuple[str, bytes, Held | None]]) -> list[str]:
    with remembered():
        ours = [by_python(data, held) for _, data, held in cases]
    found = node.ask(node.judging(data, held) for _, data, held in cases)
    wrong = []
    for (name, _, _), mine, page in zip(cases, ours, found, strict=True):
        told = {(one.name, one.state, one.required) for one in mine.checks}
        other = {(name, state, required) for name, state, required, _ in page["checks"]}
        if (
            mine.state == page["state"] == "failed"
        ):  # what is worked out from tables that failed already is nobody's statement
            told, other = ({row for row in rows if row[0] != "recompute"} for rows in (told, other))
        if wordless := {key for _, _, _, key in page["checks"] if key is not None} - words():
            wrong.append(f"{name}: no words for {sorted(wordless)}")
        if mine.state != page["state"] or told != other or page["detail"]:
            wrong.append(f"{name}: {mine.state}, page {page['state']}: {sorted(told ^ other)} {page['detail']}")
    return wrong


def named(most: int | None = None) -> list[tuple[str, bytes, Held | None]]:
    """The first mutants of each class (all of them without `most`), and what stays verified."""
    held: list[Mutant] = [one for generator in groups().values() for one in islice(generator(), most)]
    cases = [(one.name, one.bundle if isinstance(one.bundle, bytes) else zipped(one.bundle), one.held) for one in held]
    return [*cases, *((one.name, zipped(one.bundle), one.held) for one in islice(all_of_them(), most))]


def test_the_good_bundle_is_verified_and_figures_are_the_same() -> None:
    data = zipped(GOOD)
    (page,) = node.ask([node.judging(data, HELD)])
    mine = by_python(data, HELD)
    assert page["state"] == mine.state == "verified"
    assert [tuple(one) for one in page["checks"]] == [(c.name, c.state, c.required, c.key) for c in mine.checks]
    assert [(r["item"], r["kind"], r["state"], r["recomputed"], tuple(r["given"])) for r in page["recomputed"]] == [
        (r.item, r.kind, r.state, r.recomputed, r.given) for r in mine.recomputed
    ]


def test_without_a_root_or_with_a_log_it_is_never_green() -> None:
    more = zipped(bundle(log_origin="log.example.org/truezero"))
    cases = [("no root", zipped(GOOD), None), ("log", more, HELD)]
    assert [one["state"] for one in node.ask(node.judging(data, held) for _, data, held in cases)] == [
        "not_checked"
    ] * 2
    assert disagreements(cases) == []


def test_a_part_of_the_named_mutants_is_judged_alike() -> None:
    assert disagreements(named(EACH)) == []


@pytest.mark.accept
def test_all_named_mutants_are_judged_alike() -> None:
    assert disagreements(named()) == []
