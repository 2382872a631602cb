""".xls and .ods: values through calamine, and a note that formulas could not be seen."""

from __future__ import annotations

import pytest
from legacy_by_hand import ods, ods_row, xls
from readings_of import only, outcome

from verify.errors import Unreadable

HEAD = ("期间", "数量", "单位")


@pytest.mark.parametrize(
    "content",
    [
        xls([["园区能源活动表"], list(HEAD), ["2027", 12.5, "t"], ["2027", 0.1 + 0.2, "t"]]),
        ods(ods_row("园区能源活动表") + ods_row(*HEAD) + ods_row("2027", 12.5, "t") + ods_row("2027", 0.1 + 0.2, "t")),
    ],
    ids=["xls", "ods"],
)
def test_values_are_read_below_the_title(content: bytes) -> None:
    seen = only(content, "park.old")
    assert seen.lines == [3, 4]
    assert seen.columns == {"期间": ["2027", "2027"], "数量": ["12.5", "0.3"], "单位": ["t", "t"]}
    assert seen.kinds() == {"formulas_unseen"}


def test_the_empty_end_of_an_ods_is_no_bomb() -> None:
    end = '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    assert only(ods(ods_row(*HEAD) + ods_row("2027", 1, "t") + end)).lines == [2]


@pytest.mark.parametrize("rows", [ods_row("a", repeated=1 << 25), ods_row(*"abcdefgh" * 4, repeated=600_000)])
def test_repeats_that_unfold_to_a_bomb_are_refused(rows: str) -> None:
    with pytest.raises(Unreadable) as caught:
        only(ods(rows))
    assert caught.value.key == "workbook.bomb"


def test_an_encrypted_ods_is_told() -> None:
    manifest = b"<m:manifest xmlns:m='urn:x'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    with pytest.raises(Unreadable) as caught:
        only(ods(ods_row("a"), more={"META-INF/manifest.xml": manifest}))
    assert caught.value.key == "workbook.encrypted"


GOOD_XLS = xls([["期间", "数量"], ["2027", 1.5]])


@pytest.mark.parametrize(
    "content",
    [
        GOOD_XLS[:1500],
        GOOD_XLS[:512] + bytes(len(GOOD_XLS) - 512),  # every chain of sectors is a circle: no end of memory
        GOOD_XLS[:600],
        ods("<broken>"),
    ],
)
def test_broken_insides_are_unreadable_in_bounded_memory(content: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        only(content)
    assert caught.value.key in {"workbook.damaged", "workbook.legacy_failed", "workbook.damaged_part"}


@pytest.mark.parametrize("at", [0x2C, 0x30, 0x44, 0x4C, 0x1E, 512, 520, 1024 + 116, 1024 + 128 + 116, 1536, 1550])
def test_a_flipped_byte_of_an_xls_ends_in_a_reading_or_in_unreadable(at: int) -> None:
    flipped = GOOD_XLS[:at] + bytes([GOOD_XLS[at] ^ 0xFF]) + GOOD_XLS[at + 1 :]
    assert outcome(flipped, "park.xls").partition(".")[0] in {"", "workbook"}


def test_a_table_away_from_the_corner_keeps_its_addresses() -> None:
    empty = '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="9"/></table:table-row>'
    shift = '<table:table-cell table:number-columns-repeated="2"/>'
    rows = "".join(
        ods_row(*row).replace("<table:table-cell ", shift + "<table:table-cell ", 1) for row in (HEAD, ("2027", 1, "t"))
    )
    seen = only(ods(empty + rows))
    assert seen.lines == [4]
    assert seen.letters == {"期间": "C", "数量": "D", "单位": "E"}
