"""The rows of one batch on their way: what was read, what is wrong with each, what is to be said about it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from verify.submission.coerce.faults import Fault
from verify.submission.contract import Contract
from verify.submission.raw import RawNote
from verify.submission.typed.log import FaultLog, Logged
from verify.submission.typed.memo import Read
from verify.submission.typed.notes import EXCLUDING, code_of

if TYPE_CHECKING:
    import numpy as np

    Mask = np.ndarray[Any, np.dtype[np.bool_]]


class Rows:
    """`bad` holds the first excluding fault of each row ('' for none), `raw` the refused texts of a row,
    `refused` the rows whose cell of a column the reader itself could not pass on."""

    def __init__(
        self, contract: Contract, log: FaultLog, sheet: int, lines: list[int], headings: Mapping[str, str]
    ) -> None:
        import numpy as np

        self.sheet = sheet
        self.lines = lines
        self.headings = headings
        self.reads: dict[str, Read] = {}
        self.bad: np.ndarray[Any, np.dtype[np.object_]] = np.full(len(lines), "", dtype=object)
        self.raw: dict[int, str] = {}
        self.refused: dict[str, set[int]] = {}
        self._contract = contract
        self._log = log

    def refused_by_reader(self, notes: Iterable[RawNote]) -> None:
        """Notes about single cells and rows, as faults of their row."""
        columns = {heading: name for name, heading in self.headings.items()}
        for note in notes:
            column = columns.get(note.column, "")
            if note.column and not column:
                continue  # a column of no contract holds no fact
            arguments = {"reason": note.kind, **note.arguments}
            self._log.add(
                Logged(code_of(note), self._contract.table, column, note.raw, arguments, self.sheet, note.line)
            )
            row = bisect_left(self.lines, note.line)
            if note.kind in EXCLUDING and row < len(self.lines) and self.lines[row] == note.line:
                self.refused.setdefault(column, set()).add(row)
                if not (column and self._contract.columns[column].keeps_row):
                    self.exclude(row, code_of(note))

    def exclude(self, row: int, code: str) -> None:
        """Leave `row` out; its first fault is the one that counts."""
        if not self.bad[row]:
            self.bad[row] = code

    def mark(self, name: str, mask: Mask, why: Callable[[int], Fault], *, excludes: bool) -> None:
        """Log the fault `why(row)` of column `name` for every row of `mask`, and exclude those rows if `excludes`."""
        import numpy as np

        by_code: dict[str, list[int]] = {}
        for row in np.nonzero(mask)[0].tolist():
            by_code.setdefault(why(row).code, []).append(row)
            if excludes:
                self.raw[row] = f"{self.raw.get(row, '')}\x1f{self.reads[name].cell(row)}"
                self.exclude(row, why(row).code)
        for code, found in by_code.items():
            shown = found[: max(1, self._log.room(code, self._contract.table, name))]
            self._log.add_many(len(found), [self._logged(name, row, why(row)) for row in shown])

    def _logged(self, name: str, row: int, why: Fault) -> Logged:
        arguments = {"reason": why.reason, **dict(why.arguments)}
        return Logged(
            why.code, self._contract.table, name, self.reads[name].cell(row), arguments, self.sheet, self.lines[row]
        )
