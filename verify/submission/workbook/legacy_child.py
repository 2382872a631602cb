"""Runs as a process of its own: reads an .xls or .ods from standard input and writes its cells as lines of JSON.

The parser behind it is not ours and can be led in circles by a damaged file (a chain of sectors that bites its tail, an
untrue count of strings); here that costs this process, whose memory and time are limited, and nobody else. Where the
system knows no such limits (Windows) only the time limit of the caller holds. Imports nothing of TrueZero.

Lines: ``{"sheets": [[name, hidden], …]}``, then per sheet ``{"sheet": …, "merged": [[top, left, bottom, right], …]}`` and
``[line, [value, …]]``. A number is ``{"n": repr}``; dates and times are ISO text; an error stands as its text under "e".
"""

import io
import json
import sys
from datetime import date, datetime, time, timedelta

MEMORY = 2 << 30  # bytes of address space
OUTPUT = 512 << 20  # bytes of JSON
SECONDS = 130  # of processor time
LOCKED, REFUSED = 3, 4  # exit codes: a password; the parser says no
_ERRORS = frozenset({"#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!"})


def main() -> int:
    """Standard input to standard output; exit code 0, `LOCKED` or `REFUSED`."""
    _limit()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        _say({"sheets": [[one.name, one.visible != SheetVisibleEnum.Visible] for one in sheets]})
        for one in sheets:
            sheet = book.get_sheet_by_name(one.name)
            merged = [[top + 1, left + 1, bottom + 1, right + 1] for (top, left), (bottom, right) in _merged(sheet)]
            _say({"sheet": one.name, "merged": merged})
            before = [""] * (sheet.start[1] if sheet.start else 0)  # iter_rows leaves out empty columns, not empty rows
            for line, row in enumerate(sheet.iter_rows(), start=1):
                if any(value != "" for value in row):
                    _say([line, before + [_plain(value) for value in row]])
    except PasswordError:
        return LOCKED
    except CalamineError:
        return REFUSED
    return 0


def _merged(sheet: object) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return getattr(sheet, "merged_cell_ranges", None) or []


def _plain(value: object) -> object:
    if isinstance(value, str):
        return {"e": value} if value in _ERRORS else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return {"n": repr(value)}
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return {"o": repr(value)}


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")


def _limit() -> None:
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_AS": MEMORY, "RLIMIT_CPU": SECONDS, "RLIMIT_FSIZE": OUTPUT, "RLIMIT_CORE": 0}
    for what, most in limits.items():
        try:
            resource.setrlimit(getattr(resource, what), (most, most))
        except (ValueError, OSError):
            continue  # a stricter limit already holds, or the system does not know this one


if __name__ == "__main__":
    sys.exit(main())
