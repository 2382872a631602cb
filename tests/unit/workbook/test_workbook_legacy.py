""".xls and .ods: values through calamine, and a note that formulas could not be seen."""

from __future__ import annotations

import pytest
from legacy_by_hand import ods, ods_row, xls
from readings_of import only

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


def test_broken_insides_are_unreadable() -> None:
    good = xls([["期间"], ["2027"]])
    for content in (good[:1500], good[:512] + bytes(len(good) - 512), ods("<broken>")):
        with pytest.raises(Unreadable) as caught:
            only(content)
        assert caught.value.key.startswith("workbook.damaged")
