"""Draws, plan, sheet and projection: repeated from the format's text, by hand, and over what a person may hand back."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest

from verify.engagement import plan, projection, worksheet
from verify.engagement.draws import Draws, seed_of
from verify.engagement.procedure import sampling
from verify.engagement.worksheet import Entry
from verify.errors import WrongUsage
from verify.road.population import Population, Unit

SEED = bytes(range(32))
STEPS = 3


def unit(at: int, tonnes: str, *, source: str = "s1", at_risk: str = "", enterprise: str = "e1") -> Unit:
    return Unit(
        row_id=f"activity:{at:03}", table="activity", enterprise_id=enterprise, source_id=source, period=f"2027-{at:02}",
        item="coal", quantity=Decimal(10), unit="t", tonnes=Decimal(tonnes), at_risk=Decimal(at_risk or tonnes),
        evidence_id=f"E{at}", place={"file": "activity.csv", "sheet": "", "line": at},
    )  # fmt: skip


def whole(*units: Unit, total: str = "", papers: int = 4) -> Population:
    amount = Fraction(total) if total else sum((Fraction(one.tonnes) for one in units), Fraction(0))
    names = tuple(f"E{at}" for at in range(papers))
    return Population("px", "2027", "r", "0" * 64, "f" * 64, Fraction(1, 20), amount, units, names)


def made(of: Population, step: int = 0) -> tuple[plan.Plan, dict[str, Any]]:
    found = plan.plan(of, SEED, sampling(), step)
    return found, plan.as_document(of, found, SEED, sampling(), step)


EVEN = whole(*(unit(at, "100") for at in range(1, 101)))
MIXED = whole(
    unit(1, "5000"), *(unit(at, "20", source="small") for at in range(2, 12)), unit(12, "0.5", at_risk="3000")
)


def test_words_are_those_of_the_format() -> None:
    """docs/formats/sample.md, worked here anew."""
    words = [int.from_bytes(sha256(SEED + b"\0papers\0" + at.to_bytes(8, "big")).digest(), "big") for at in range(3)]
    draws = Draws(SEED, "papers")
    assert [draws.below(1000) for _ in words] == [word % 1000 for word in words]


def test_every_set_is_as_likely() -> None:
    seen = Counter(
        tuple(Draws(sha256(bytes([at % 256, at // 256])).digest(), "x").some("abcd", 2)) for at in range(3000)
    )
    assert len(seen) == 6
    assert all(400 < count < 600 for count in seen.values())


@pytest.mark.parametrize("text", ["", "00", "zz" * 32, "00" * 31, "00" * 33])
def test_a_seed_is_32_octets(text: str) -> None:
    with pytest.raises(WrongUsage, match=r"sample\.seed"):
        seed_of(text)


def test_even_rows_are_drawn_at_the_interval() -> None:
    """10,000 t, 500 t tolerable, 50 expected: n = ceil(10000 x 2.9957 / 420) = 72, so 71 or 72 of 100 rows."""
    found, _ = made(EVEN)
    assert found.tolerable == 500
    assert found.interval == Fraction(10_000, 72)
    assert len(found.drawn) in {71, 72}
    assert not any(one.certain for one in found.drawn)


def test_large_rows_and_large_zeros_are_certain() -> None:
    found, _ = made(MIXED)
    certain = {one.unit.row_id for one in found.drawn if one.certain}
    assert {"activity:001", "activity:012"} <= certain


def test_a_small_source_is_sampled_and_another_is_not() -> None:
    """200 of 8,200 t are below 5 %: 3 of 10 months at first, then 5, 8 and 10."""
    for step, count in enumerate((3, 5, 8, 10)):
        found, _ = made(MIXED, step)
        months = {one.source_id: one for one in found.months}
        assert (months["small"].small, len(months["small"].units)) == (True, count)
        assert (months["s1"].small, len(months["s1"].units)) == (False, 2)
    with pytest.raises(WrongUsage, match=r"sample\.no_step"):
        made(MIXED, 4)


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    one, other = (plan.plan(EVEN, seed, sampling()) for seed in (SEED, bytes(32)))
    assert one == plan.plan(EVEN, SEED, sampling())
    assert {row.unit.row_id for row in one.drawn} != {row.unit.row_id for row in other.drawn}


def test_nothing_to_draw_from() -> None:
    with pytest.raises(WrongUsage, match=r"sample\.nothing"):
        made(whole())


def filled(document: dict[str, Any], **changed: str) -> dict[tuple[str, str], Entry]:
    """A sheet in which everything holds, but for rows by id."""
    found = worksheet.read(worksheet.write(document, "zh"), "sheet.csv")
    held = {key: Entry(Decimal(1 if key[0] == "papers" else 10)) for key in found}
    return held | {key: Entry(Decimal(changed[key[1]])) for key in held if key[1] in changed}


def test_what_holds_is_within() -> None:
    _, document = made(EVEN)
    done = projection.project(document, filled(document), STEPS)
    assert (done.conclusion, done.wrong, done.missing) == ("within", (), ())
    assert done.hidden.found == done.hidden.projected == 0
    assert done.hidden.limit == pytest.approx(2.99573 * 10_000 / 72, rel=1e-4)


def test_an_error_is_projected_by_its_taint() -> None:
    """A row of 100 t filed at 10 and found at 12 hides 20 t, taint 0.2: 0.2 intervals."""
    found, document = made(EVEN)
    row = found.drawn[5].unit.row_id
    done = projection.project(document, filled(document, **{row: "12"}), STEPS)
    assert done.hidden.found == 20
    assert done.hidden.projected == pytest.approx(float(found.interval) / 5)
    assert done.overstated.found == 0
    assert ("tonnes", row) in done.wrong


def test_a_zero_that_does_not_hold_counts_with_its_tonnes() -> None:
    """Filed as 0.5 t, 2,900 t by its papers: certain, so the error stands for itself."""
    _, document = made(MIXED)
    found = filled(document) | {("tonnes", "activity:012"): Entry(Decimal(10), Decimal(2900))}
    done = projection.project(document, found, STEPS)
    assert done.hidden.found == Fraction("2899.5")
    assert done.hidden.projected == pytest.approx(2899.5)
    assert done.conclusion == "beyond"


def test_directions_are_not_set_off() -> None:
    found, document = made(EVEN)
    one, other = (found.drawn[at].unit.row_id for at in (3, 9))
    done = projection.project(document, filled(document, **{one: "12", other: "8"}), STEPS)
    assert (done.hidden.found, done.overstated.found) == (20, 20)


def test_many_errors_are_beyond() -> None:
    found, document = made(EVEN)
    rows = {one.unit.row_id: "20" for one in found.drawn[:8]}
    assert projection.project(document, filled(document, **rows), STEPS).conclusion == "beyond"


def test_a_wrong_month_asks_for_more_until_there_is_no_more() -> None:
    for step, conclusion in ((0, "enlarge"), (3, "beyond")):
        found, document = made(MIXED, step)
        drawn = {one.unit.row_id for one in found.drawn}
        small = next(one for one in found.months if one.small)
        row = next(one.row_id for one in small.units if one.row_id not in drawn)
        assert projection.project(document, filled(document, **{row: "10.1"}), STEPS).conclusion == conclusion


def test_an_empty_line_leaves_no_conclusion() -> None:
    _, document = made(EVEN)
    sheet = worksheet.read(worksheet.write(document, "en"), "sheet.csv")
    done = projection.project(document, sheet, STEPS)
    assert done.conclusion == "incomplete"
    assert len(done.missing) == len(sheet)


def test_a_strange_line_is_refused() -> None:
    _, document = made(EVEN)
    with pytest.raises(WrongUsage, match=r"sample\.sheet_row"):
        projection.project(document, {("tonnes", "activity:999"): Entry(Decimal(1))}, STEPS)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda data: data.decode("utf-8-sig").encode("gb18030"), "sheet_unreadable"),
        (lambda data: b"a,b\r\n1,2\r\n", "sheet_columns"),
        (lambda data: b"", "sheet_columns"),
        (lambda data: data.replace(b"E1,,,\r\n", b"E1,many,,\r\n", 1), "sheet_number"),
        (lambda data: data.replace(b"E1,,,\r\n", b"E1,-1,,\r\n", 1), "sheet_number"),
        (lambda data: data.replace(b"E1,,,\r\n", b"E1,1e99,,\r\n", 1), "sheet_number"),
        (lambda data: data + data.split(b"\r\n")[1] + b"\r\n", "sheet_twice"),
    ],
)
def test_a_spoiled_sheet_is_named(change: Any, key: str) -> None:
    _, document = made(MIXED)
    with pytest.raises(WrongUsage, match=rf"sample\.{key}"):
        worksheet.read(change(worksheet.write(document, "zh")), "sheet.csv")


def test_no_cell_is_a_formula() -> None:
    row = unit(1, "5000")
    evil = Unit(**{**row.__dict__, "row_id": "=cmd|'/c calc'!A1"})
    _, document = made(whole(evil, unit(2, "10")))
    data = worksheet.write(document, "en").decode("utf-8-sig")
    assert ",'=cmd" in data
    assert ("tonnes", "=cmd|'/c calc'!A1") in worksheet.read(worksheet.write(document, "en"), "sheet.csv")
