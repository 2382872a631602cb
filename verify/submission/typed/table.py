"""One table of a submission: raw batches in, typed batches out, every fault logged with its cell.

A typed batch holds the canonical columns and, for each row, its business key, the place, the raw text of refused cells
and the first fault that excludes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from verify.submission.coerce.faults import Fault
from verify.submission.coerce.steam import SteamValues
from verify.submission.contract import Column, Contract
from verify.submission.raw import RawBatch
from verify.submission.typed import conditions
from verify.submission.typed.codes import CHECKS
from verify.submission.typed.kinds import reading, stored_type
from verify.submission.typed.log import FaultLog
from verify.submission.typed.measured import Measured
from verify.submission.typed.memo import Memo, Read
from verify.submission.typed.plain import plain
from verify.submission.typed.rows import Rows

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Mask = np.ndarray[Any, np.dtype[np.bool_]]

MISSING_COLUMN = "TZ-SUB-03"
EMPTY = "TZ-SUB-05"
ROUNDED = "TZ-SUB-28"
# after the canonical columns; `_bad` is '' for a row that may be used
PLACES = ("_key", "_raw", "_bad", "_sheet", "_line")


class TableTyper:
    """Types every batch of one table. Memos are kept between batches and sheets.

    `free_ids` is true where park.yaml says that ids are no credit codes; `steam` are the values for heat by the tonne.
    """

    def __init__(self, contract: Contract, log: FaultLog, *, steam: SteamValues | None, free_ids: bool) -> None:
        self.contract = contract
        self._log = log
        self._free_ids = free_ids
        self._measured = Measured(contract, steam)
        self._memos = {
            name: Memo(reading(column), default=column.default or None)
            for name, column in contract.columns.items()
            if column.unit_column is None
        }
        self._unit_columns = {column.unit_column for column in contract.columns.values() if column.unit_column}
        self._types = {name: stored_type(column) for name, column in contract.columns.items()}

    def batch(self, raw: RawBatch, headings: Mapping[str, str], sheet: int) -> pa.RecordBatch:
        """The typed batch of `raw`. `headings` maps each column of the contract that the sheet has to its heading."""
        count = len(raw.lines)
        rows = Rows(self.contract, self._log, sheet, raw.lines, headings)
        rows.refused_by_reader(raw.notes)
        self._read(rows, raw, count)
        self._empty(rows)
        self._conditional(rows)
        self._codes(rows)
        return self._assembled(rows, count)

    def _read(self, rows: Rows, raw: RawBatch, count: int) -> None:
        def cells(name: str) -> list[str | None]:
            heading = rows.headings.get(name)
            return [None] * count if heading is None else raw.columns[heading]

        for name, memo in self._memos.items():
            column = self.contract.columns[name]
            if name not in self._unit_columns:
                quick = plain(column, cells(name)) if column.type == "decimal" and column.required else None
                rows.reads[name] = quick or Read(memo, memo.codes(cells(name), count), self._types[name])
        for name, column in self.contract.columns.items():
            if column.unit_column is None:
                continue
            allowed = self._measured.dimensions(column, rows.reads, count)
            unit_cells = cells(column.unit_column)
            if column.unit_column not in rows.reads:
                rows.reads[column.unit_column] = self._measured.unit(column.unit_column, unit_cells, allowed)
            rows.reads[name] = self._measured.quantity(name, cells(name), unit_cells, allowed)
        for name, column in self.contract.columns.items():
            self._faults(rows, name, column)
        if "pressure" in self.contract.columns:
            self._steam(rows)

    def _faults(self, rows: Rows, name: str, column: Column) -> None:
        read = rows.reads[name]
        if read.memo.faults:
            rows.mark(
                name, read.refused(), lambda row: read.memo.faults[read.codes[row]], excludes=not column.keeps_row
            )
        if read.memo.rounded:
            rows.mark(name, read.where(read.memo.rounded), lambda _: Fault(ROUNDED, "rounded"), excludes=False)

    def _steam(self, rows: Rows) -> None:
        import numpy as np

        converted, faults = self._measured.convert_steam(rows.reads, rows.reads["unit"], rows.reads["quantity"])
        found = {row: one for row, one in zip(converted.tolist(), faults, strict=True) if one is not None}
        if found:
            mask = np.zeros(len(rows.lines), dtype=bool)
            mask[list(found)] = True
            rows.mark("quantity", mask, found.__getitem__, excludes=True)

    def _empty(self, rows: Rows) -> None:
        for name, column in self.contract.columns.items():
            if not column.required:
                continue
            if name not in rows.headings:  # found once for the sheet, not once per row
                if not column.keeps_row:
                    rows.bad[rows.bad == ""] = MISSING_COLUMN
                continue
            self._blank(rows, name, column, rows.reads[name].blank(), EMPTY)

    def _conditional(self, rows: Rows) -> None:
        for name, column in self.contract.columns.items():
            must = conditions.needed(column, rows.reads)
            if must is not None:
                self._blank(rows, name, column, must & rows.reads[name].blank(), conditions.NEEDED_HERE)
            wrong = conditions.misplaced(column, rows.reads)
            if wrong is not None:
                wrong = wrong & rows.reads[name].given()
                if wrong.any():
                    rows.mark(name, wrong, lambda _: Fault(conditions.NOT_FOR_THIS, "not_for_this"), excludes=False)
                    _blanked(rows.reads[name], wrong)
        for earlier, later, wrong in conditions.out_of_order(self.contract, rows.reads):
            columns = self.contract.columns
            excludes = not (columns[earlier].keeps_row or columns[later].keeps_row)
            why = Fault(conditions.OUT_OF_ORDER, "out_of_order", (("earlier", earlier),))
            rows.mark(later, wrong, lambda _, why=why: why, excludes=excludes)  # type: ignore[misc]

    def _codes(self, rows: Rows) -> None:
        for name, column in self.contract.columns.items():
            if column.check is None or (column.check == "credit_code" and self._free_ids):
                continue
            read, check = rows.reads[name], CHECKS[column.check]
            wrong = {
                position: found for position, value in enumerate(read.memo.typed) if value and (found := check(value))
            }
            if wrong:
                rows.mark(name, read.where(wrong), lambda row: wrong[read.codes[row]], excludes=False)  # noqa: B023

    def _blank(self, rows: Rows, name: str, column: Column, mask: Mask, code: str) -> None:
        for row in rows.refused.get(name, ()):
            mask[row] = False  # the reader refused the cell and said why
        if mask.any():
            rows.mark(name, mask, lambda _: Fault(code, "empty"), excludes=not column.keeps_row)

    def _assembled(self, rows: Rows, count: int) -> pa.RecordBatch:
        import pyarrow as pa
        import pyarrow.compute as pc

        arrays = {name: rows.reads[name].array() for name in self.contract.columns}
        if self.contract.has_year:
            arrays["year"] = pc.utf8_slice_codeunits(arrays["period"], 0, 4)
        raw: list[str] = [""] * count
        for row, text in rows.raw.items():
            raw[row] = text
        arrays["_key"] = _joined([rows.reads[name].texts() for name in self.contract.key])
        arrays["_raw"] = pa.array(raw, type=pa.string())
        arrays["_bad"] = pa.array(rows.bad, type=pa.string())
        arrays["_sheet"] = pa.array([rows.sheet] * count, type=pa.int32())
        arrays["_line"] = pa.array(rows.lines, type=pa.int64())
        return pa.RecordBatch.from_arrays(list(arrays.values()), names=list(arrays))


def _blanked(read: Read, mask: Mask) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    nothing = pa.scalar("" if pa.types.is_string(read.kind) else None, type=read.kind)
    read.replace(pc.if_else(pa.array(mask), nothing, read.array()))


def _joined(parts: list[pa.Array]) -> pa.Array:
    """The parts of a business key with ``|`` between them; a ``|`` inside a part is written ``\\|``."""
    import pyarrow.compute as pc

    for at, part in enumerate(parts):
        if pc.any(pc.match_substring_regex(part, r"[|\\]")).as_py():
            parts[at] = pc.replace_substring_regex(part, r"([|\\])", r"\\\1")
    return pc.binary_join_element_wise(*parts, "|") if len(parts) > 1 else parts[0]
