"""What a number format says about a cell: plain number, percentage, or a date with its granularity.

Built-in ids follow ECMA-376 part 1, 18.8.30, with the meanings of a Chinese Excel (ids 27 to 36 and 50 to 58).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Format:
    """The parts of a date that the format shows, and whether it shows a percentage. All false: a plain number."""

    year: bool = False
    month: bool = False
    day: bool = False
    time: bool = False
    percent: bool = False

    @property
    def is_date(self) -> bool:
        """Whether a number under this format is a point in time."""
        return self.year or self.month or self.day or self.time


PLAIN = Format()

_DAY, _MONTH, _CLOCK = "yyyy-mm-dd", "yyyy-mm", "h:mm:ss"
_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 30, 31), _DAY),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), "m-d"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), _MONTH),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), _CLOCK),
    22: "yyyy-mm-dd h:mm",
}
_SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_AM_PM = re.compile(r"AM/PM|A/P|上午/下午", re.IGNORECASE)
_TOKEN = re.compile(r"\[?(y+|e+|m+|d+|h+|s+)\]?", re.IGNORECASE)


@lru_cache(maxsize=1024)
def understood(number_format_id: int, code: str | None) -> Format:
    """The format of an id, with the code of the styles part where the workbook defines one (None: built in)."""
    text = _BUILT_IN.get(number_format_id, "General") if code is None else code
    section = _SILENT.sub("", text.replace("General", "").replace("G/通用格式", "")).split(";")[0]
    found = _date(_AM_PM.sub("h", section))
    if found.is_date:
        return found
    return Format(percent="%" in section)


def _date(section: str) -> Format:
    tokens = [match.group(0).strip("[]").lower() for match in _TOKEN.finditer(re.sub(r"E[+-]", "", section))]
    kinds = [token[0] for token in tokens]
    month = time = False
    for at, kind in enumerate(kinds):
        if kind in "hs":
            time = True
        elif kind == "m":
            after_hour = "h" in kinds[:at][-1:]  # m is a minute after an hour or before a second
            before_second = "s" in kinds[at + 1 :][:1]
            time = time or after_hour or before_second
            month = month or not (after_hour or before_second)
    return Format(year="y" in kinds or "e" in kinds, month=month, day="d" in kinds, time=time)
