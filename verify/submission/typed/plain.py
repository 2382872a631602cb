"""A long column of plain decimals, read at once. Anything that is not plain goes the careful way, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from verify.submission.contract import Column
from verify.submission.typed.memo import Memo, Read

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Mask = np.ndarray[Any, np.dtype[np.bool_]]

_LONG = 2_000  # rows from which this pays


class PlainRead(Read):
    """A column whose every cell is blank or a plain decimal within the bounds of its column."""

    def __init__(self, cells: list[str | None], array: pa.Array, empty: Mask) -> None:
        import numpy as np

        super().__init__(Memo(lambda cell: cell), np.empty(0, dtype=np.int32), array.type)
        self._cells = cells
        self._array = array
        self._empty = empty

    def texts(self) -> pa.Array:
        import pyarrow as pa

        return pa.array([cell or "" for cell in self._cells], type=pa.string())

    def where(self, positions: Any) -> Mask:
        import numpy as np

        return np.zeros(len(self._cells), dtype=np.bool_)

    def blank(self) -> Mask:
        return self._empty

    def among(self, wanted: Callable[[Any], bool]) -> Mask:
        import numpy as np

        return np.array([value is not None and wanted(value) for value in self.array().to_pylist()], dtype=np.bool_)

    def cell(self, row: int) -> str:
        return self._cells[row] or ""


def plain(column: Column, cells: list[str | None]) -> PlainRead | None:
    """The column read at once, or None where a cell needs the careful way."""
    import pyarrow as pa
    import pyarrow.compute as pc

    digits = column.digits
    if len(cells) < _LONG or digits is None:
        return None
    texts = pa.array(cells, type=pa.string())
    empty = pc.equal(pc.fill_null(texts, ""), "")
    pattern = rf"^-?\d{{1,{digits[0] - digits[1]}}}(?:\.\d{{1,{digits[1]}}})?$"
    if not pc.all(pc.or_(empty, pc.fill_null(pc.match_substring_regex(texts, pattern), True))).as_py():
        return None
    array = pc.cast(pc.if_else(empty, pa.scalar(None, pa.string()), texts), pa.decimal128(*digits))
    bounds = pc.min_max(array).as_py()
    if bounds["min"] is not None and not _within(column, bounds["min"], bounds["max"]):
        return None
    return PlainRead(cells, array, empty.to_numpy(zero_copy_only=False))


def _within(column: Column, least: Decimal, most: Decimal) -> bool:
    if column.minimum is not None:
        bound = Decimal(column.minimum)
        if least < bound or (column.above_minimum and least == bound):
            return False
    return column.maximum is None or most <= Decimal(column.maximum)
