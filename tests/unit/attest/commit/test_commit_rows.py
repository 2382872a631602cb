"""From ledger lines to rows, totals and openings: what a reader may check, and what each forgery is refused by."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from tests.unit.attest.commit.committed_lines import EXACT, ITEM, LINES, SUM, TARGETS
from verify.attest.commit import texts
from verify.attest.commit.curve import G, added
from verify.attest.commit.making import PART, Line, Made, Target, make
from verify.attest.commit.opening import Opening, check_opening, read_opening, write_opening
from verify.attest.commit.pedersen import BITS
from verify.attest.commit.rows import read_rows, root_of, write_rows
from verify.attest.commit.totals import Total, read_totals, write_totals
from verify.attest.log.merkle import leaf_hash, node_hash
from verify.canonical import canonical_bytes
from verify.errors import NotVerified, WrongUsage

MADE = make(LINES, TARGETS)
ROWS = read_rows(MADE.rows)
POINTS = [one.point for one in ROWS]
TOTALS = read_totals(MADE.totals, len(ROWS))


def of_enterprise(made: Made, name: str) -> Opening:
    return made.opening.part("buyer", [one for one in made.opening.rows if one.words().get("enterprise_id") == name])


def refusal(opening: Opening) -> str:
    with pytest.raises(NotVerified) as raised:
        check_opening(opening, MADE.root, ROWS)
    return raised.value.key


def test_the_totals_open_to_the_published_values() -> None:
    assert [(one.kind, one.name, one.value) for one in TOTALS] == [
        ("item", ITEM, "38.339029"),
        ("sum", SUM, "1.283176710900"),
    ]
    assert all(one.opens(POINTS) for one in TOTALS)
    rounded, exact = TOTALS
    assert rounded.rounding is not None  # thirteen decimals could tell the rows
    assert exact.rounding is None
    assert EXACT[1] == 1_283_176_710_900_000_000


def test_another_value_does_not_open() -> None:
    for one in TOTALS:
        last = str(int(one.value[-1]) ^ 1)
        assert not replace(one, value=one.value[:-1] + last).opens(POINTS)
        assert not replace(one, blinding=one.blinding ^ 1).opens(POINTS)
        assert not replace(one, rounding=G).opens(POINTS)
        assert not replace(one, value="0." + "0" * 18 + "1").opens(POINTS)


def test_a_swapped_commitment_opens_no_total() -> None:
    at = next(at for one in TOTALS[1].terms for at, _ in one.spans)
    other = added([POINTS[at], G])
    assert other is not None
    forged = [*POINTS[:at], other, *POINTS[at + 1 :]]
    assert not any(one.opens(forged) for one in TOTALS)


def test_two_rows_of_one_factor_may_change_places_and_two_of_different_factors_not() -> None:
    spans = [one.spans[0][0] for one in TOTALS[0].terms]
    forged = list(POINTS)
    forged[spans[0]], forged[spans[1]] = forged[spans[1]], forged[spans[0]]
    assert not TOTALS[0].opens(forged)


def test_groups_are_padded_to_a_power_of_two_and_nobody_sees_by_what() -> None:
    sizes = Counter((one.unit, one.factor_id) for one in ROWS)
    assert sizes == {("t", "coal"): 2, ("MWh", "el"): 3, ("GJ", "heat"): 1}  # two bought, one sold
    three = make([*LINES[:2], LINES[0]], [])
    assert three.count == 4
    padding = [one for one in three.opening.rows if not one.disclosures]
    assert [(one.value, one.words()) for one in padding] == [(0, {})]
    assert {len(one.digests) for one in read_rows(three.rows)} == {3}
    assert len({one.name for one in ROWS}) == len(ROWS)


def test_the_root_is_that_of_rfc_6962_over_the_lines() -> None:
    leaves = [leaf_hash(line) for line in MADE.rows.splitlines()]
    left = node_hash(node_hash(leaves[0], leaves[1]), node_hash(leaves[2], leaves[3]))
    assert node_hash(left, node_hash(leaves[4], leaves[5])).hex() == MADE.root == root_of(MADE.rows)
    assert root_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_nothing_secret_stands_in_public() -> None:
    public = MADE.rows + MADE.totals
    for row in MADE.opening.rows:
        assert f"{row.blinding:064x}".encode() not in public
        for one in row.disclosures:
            assert one.encode() not in public
    assert b"enterprise" not in public
    other = make(LINES, TARGETS)
    assert {one.point for one in read_rows(other.rows)}.isdisjoint(POINTS)


def test_a_large_line_becomes_rows_in_range() -> None:
    most = (1 << BITS) - 1
    large = Line("2027", "MWh", "el", 2 * most + 5, {"row_id": "x"}, (10**12,))
    made = make([large], [Target("item", ITEM, f"{(2 * most + 5) // 10**6}.{(2 * most + 5) % 10**6:06d}")])
    values = sorted(one.value for one in made.opening.rows)
    assert values == [0, 5, most, most]  # one of padding
    assert sorted(one.words()[PART] for one in made.opening.rows if one.disclosures) == ["1/3", "2/3", "3/3"]
    rows = read_rows(made.rows)
    assert read_totals(made.totals, 4)[0].opens([one.point for one in rows])
    with pytest.raises(ValueError, match="negative"):
        make([replace(large, value=-1)], [])


def test_lines_that_do_not_come_to_the_figure_are_refused() -> None:
    with pytest.raises(WrongUsage, match=r"attest\.commitment_total"):
        make(LINES, [replace(TARGETS[0], value="38.339031"), TARGETS[1]])


# openings ------------------------------------------------------------------------------------------------------------


def test_an_enterprise_opens_its_rows_and_no_other() -> None:
    for name, count in (("A", 2), ("B", 4)):
        held = of_enterprise(MADE, name)
        assert len(held.rows) == count
        again = read_opening(write_opening(held))
        assert again == held
        check_opening(again, MADE.root, ROWS)
    assert b"B|" not in write_opening(of_enterprise(MADE, "A"))


def test_every_row_opens_for_a_regulator() -> None:
    whole = MADE.opening.part("regulator", MADE.opening.rows)
    check_opening(whole, MADE.root, ROWS)
    assert whole.recipient == "regulator"


def test_what_does_not_open_is_refused_by_name() -> None:
    held = of_enterprise(MADE, "A")
    first, second = held.rows
    assert refusal(replace(held, root="00" * 32)) == "attest.opening_root"
    assert refusal(replace(held, rows=(replace(first, value=first.value + 1),))) == "attest.opening_row"
    assert refusal(replace(held, rows=(replace(first, index=second.index),))) == "attest.opening_row"
    assert refusal(replace(held, rows=(replace(first, index=99),))) == "attest.opening_row"
    forged = texts.disclosure(texts.fresh_salt(), "enterprise_id", "B")
    assert refusal(replace(held, rows=(replace(first, disclosures=(forged,)),))) == "attest.opening_text"
    assert refusal(replace(held, rows=(replace(first, disclosures=second.disclosures),))) == "attest.opening_text"
    assert refusal(replace(held, rows=(replace(first, disclosures=("WzFd",)),))) == "attest.opening_text"


def test_a_value_out_of_range_is_refused_although_it_opens() -> None:
    from verify.attest.commit.curve import N
    from verify.attest.commit.pedersen import committed

    for value in (-1, 1 << BITS, N - 1):
        point = committed(value, 7)
        assert point is not None
        rows = [replace(ROWS[0], point=point)]
        opened = replace(MADE.opening.rows[0], index=0, value=value, blinding=7, disclosures=())
        with pytest.raises(NotVerified) as raised:
            check_opening(Opening("x", MADE.root, (opened,)), MADE.root, rows)
        assert raised.value.key == "attest.opening_range"


def test_opening_files_of_another_shape_are_refused() -> None:
    plain = json.loads(write_opening(of_enterprise(MADE, "A")))
    for change in (
        {"format": "truezero-opening/2"},
        {"root_sha256": "xyz"},
        {"rows": list(reversed(plain["rows"]))},
        {"rows": [plain["rows"][0] | {"index": "01"}]},
        {"rows": [plain["rows"][0] | {"blinding": "f" * 64}]},
        {"rows": [plain["rows"][0] | {"value": "0.0000001"}]},
        {"more": "x"},
    ):
        with pytest.raises(NotVerified, match=r"attest\.opening"):
            read_opening(canonical_bytes(plain | change))


# files ---------------------------------------------------------------------------------------------------------------


def test_rows_and_totals_come_back_as_they_were_written() -> None:
    assert write_rows(ROWS) == MADE.rows
    assert write_totals(TOTALS) == MADE.totals


def test_rows_of_another_shape_are_refused_with_their_line() -> None:
    lines = MADE.rows.splitlines()
    plain = json.loads(lines[1])
    bad = [
        plain | {"commitment": "05" + plain["commitment"][2:]},
        plain | {"commitment": plain["commitment"].upper()},
        plain | {"digests": plain["digests"][::-1]},
        plain | {"row": "me"},
        plain | {"unit": ""},
        json.loads(lines[0]),  # a row twice
    ]
    for one in bad:
        with pytest.raises(NotVerified) as raised:
            read_rows(lines[0] + b"\n" + canonical_bytes(one) + b"\n")
        assert (raised.value.key, raised.value.arguments["line"]) == ("attest.commitment_row", "2")
    with pytest.raises(NotVerified, match=r"attest\.commitment_row"):
        read_rows(MADE.rows[:-1])


def test_totals_of_another_shape_are_refused() -> None:
    plain = json.loads(MADE.totals)
    first: dict[str, object] = plain["totals"][0]
    term = {"factor": "1.9003", "rows": ["0-1"]}
    bad: list[list[dict[str, object]]] = [
        [first, first],
        plain["totals"][::-1],
        [first | {"terms": [term, term]}],
        [first | {"terms": [term | {"rows": ["0-6"]}]}],
        [first | {"terms": [term | {"rows": ["1-0"]}]}],
        [first | {"terms": [term | {"rows": []}]}],
        [first | {"terms": [term | {"factor": "0"}]}],
        [first | {"terms": [term | {"factor": "0.0000000000001"}]}],
        [first | {"kind": "other"}],
        [first | {"rounding": "00"}],
        [first | {"blinding": "f" * 64}],
    ]
    for one in bad:
        with pytest.raises(NotVerified, match=r"attest\.commitment_totals"):
            read_totals(canonical_bytes(plain | {"totals": one}), len(ROWS))


def test_a_total_of_no_rows_opens_to_nothing() -> None:
    assert Total("item", "x", "0", 0, None, ()).opens([])
    assert not Total("item", "x", "1", 0, None, ()).opens([])


# texts ---------------------------------------------------------------------------------------------------------------


def test_the_digest_of_rfc_9901_section_4_2_3() -> None:
    disclosed = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    assert texts.text_digest(disclosed) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    assert texts.told(disclosed) == ("family_name", "Möbius")


def test_salts_are_long_and_fresh() -> None:
    one, other = (texts.disclosure(texts.fresh_salt(), "enterprise_id", "A") for _ in range(2))
    assert one != other
    assert texts.told(one) == ("enterprise_id", "A")
    with pytest.raises(ValueError, match="salt"):
        texts.told(texts.disclosure("short", "a", "b"))
