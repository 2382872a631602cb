"""A small workbook of two members and a few rows, furnished like a park's own, and remarks about it."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.marked_book import furnish
from verify.submission.marking import Cover, Remark, Spot
from verify.submission.template import write_workbook

ACTIVITY = "能源活动 Energy activity"
ROWS = {
    "activity": [
        {
            "period": f"2027-{month:02}",
            "enterprise_id": "E1",
            "carrier": "diesel",
            "flow": "final_use",
            "quantity": amount,
            "unit": "t",
        }
        for month, amount in enumerate(("12O0", "3", "-4", "5"), start=1)
    ]
}
COVER = Cover("核查结果", (("园区", "小园区  2027"),))


def book(folder: Path, *, macros: bool = False, note: bool = True) -> Path:
    """The workbook; cell K2 (the first quantity) carries a note of the park."""
    plain = folder / "plain.xlsx"
    write_workbook(plain, rows=ROWS, tables=["activity"], park={"id": "small"})
    made = folder / f"park.xls{'m' if macros else 'x'}"
    furnish(plain, made, note_at=(ACTIVITY, "K2") if note else None, macros=macros)
    return made


def remark(*spots: Spot, severity: str = "error", code: str = "TZ-SUB-07", rows: int = 0) -> Remark:
    """A remark in plain words."""
    return Remark(
        severity, code, "不是数", "读到“12O0”，不是数。", "照表计抄写。", rows=rows or len(spots), spots=spots
    )


def spot(line: int, *columns: str) -> Spot:
    """A place in the activity sheet."""
    return Spot(ACTIVITY, line, columns)
