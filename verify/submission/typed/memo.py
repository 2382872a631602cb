"""One column of a batch as codes into its distinct texts: each distinct text is read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from verify.submission.coerce import Fault
from verify.submission.coerce.decimals import Kept
from verify.submission.coerce.words import identifier

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_FORGET = 100_000  # distinct texts after which a memo starts anew, so that a column of readings stays small


class Memo(dict[Any, int]):
    """Cell -> position in `typed`. A blank cell reads as `default`; a refused one as a `Fault`.

    `faults`, `blanks` and `rounded` hold the positions of that kind.
    """

    def __init__(self, read: Callable[[Any], Any], *, default: object = None) -> None:
        super().__init__()
        self._read = read
        self.default = default
        self.clear()

    def clear(self) -> None:
        """Forget every text."""
        super().clear()
        self.cells: list[Any] = []
        self.typed: list[Any] = []
        self.faults: dict[int, Fault] = {}
        self.blanks: set[int] = set()
        self.rounded: set[int] = set()
        self._built: dict[str, tuple[int, pa.Array]] = {}

    def __missing__(self, cell: Any) -> int:
        text = cell[0] if isinstance(cell, tuple) else cell
        position = len(self.typed)
        value: Any = self.default
        if text is None or not text.strip():
            self.blanks.add(position)
        else:
            value = self._read(cell)
            if isinstance(value, Fault):
                self.faults[position] = value
                value = None
            elif isinstance(value, Kept):
                if value.rounded:
                    self.rounded.add(position)
                value = value.value
        self.cells.append(text)
        self.typed.append(value)
        self[cell] = position
        return position

    def codes(self, cells: Iterable[Any], count: int) -> np.ndarray[Any, np.dtype[np.int32]]:
        """The position of every cell."""
        import numpy as np

        if len(self.typed) > _FORGET:
            self.clear()
        return np.fromiter(map(self.__getitem__, cells), dtype=np.int32, count=count)

    def distinct(self, kind: pa.DataType) -> pa.Array:
        """The typed values by position; blank or refused text is '', anything else blank or refused is null."""
        import pyarrow as pa

        text = pa.types.is_string(kind)
        return self._cached(
            "typed",
            lambda: pa.array([("" if one is None else one) for one in self.typed] if text else self.typed, type=kind),
        )

    def written(self) -> pa.Array:
        """The values as text by position, for the business key: the raw text where it could not be read."""
        import pyarrow as pa

        return self._cached("written", lambda: pa.array(self._texts(), type=pa.string()))

    def _texts(self) -> list[str]:
        faults, cells = self.faults, self.cells
        return [identifier(cells[at]) if at in faults else _written(value) for at, value in enumerate(self.typed)]

    def _cached(self, name: str, build: Callable[[], pa.Array]) -> pa.Array:
        """What `build` gives, built again only after new texts came."""
        size, array = self._built.get(name, (-1, None))
        if size != len(self.typed):
            array = build()
            self._built[name] = len(self.typed), array
        return array


class Read:
    """One column of one batch after coercion."""

    def __init__(self, memo: Memo, codes: np.ndarray[Any, np.dtype[np.int32]], kind: pa.DataType) -> None:
        self.memo = memo
        self.codes = codes
        self.kind = kind
        self._array: pa.Array | None = None

    def array(self) -> pa.Array:
        """The typed values of the rows."""
        import pyarrow as pa

        if self._array is None:
            self._array = self.memo.distinct(self.kind).take(pa.array(self.codes))
        return self._array

    def replace(self, array: pa.Array) -> None:
        """Another array for the same rows (blanked or converted cells)."""
        self._array = array

    def texts(self) -> pa.Array:
        """Each value as text for the business key."""
        import pyarrow as pa

        return self.memo.written().take(pa.array(self.codes))

    def where(self, positions: Iterable[int]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """The rows whose distinct text is one of `positions`."""
        import numpy as np

        some = list(positions)
        if not some:
            return np.zeros(len(self.codes), dtype=np.bool_)
        wanted: np.ndarray[Any, np.dtype[np.bool_]] = np.zeros(len(self.memo.typed), dtype=np.bool_)
        wanted[some] = True
        found: np.ndarray[Any, np.dtype[np.bool_]] = wanted[self.codes]
        return found

    def blank(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """The rows without text."""
        return self.where(self.memo.blanks)

    def refused(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """The rows whose text could not be read."""
        return self.where(self.memo.faults)

    def given(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """The rows with a text, readable or not."""
        return ~self.blank()

    def among(self, wanted: Callable[[Any], bool]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """The rows whose value satisfies `wanted`; blank and refused ones never do."""
        out = self.memo.faults.keys() | (self.memo.blanks if not self.memo.default else set())
        return self.where(
            position for position, value in enumerate(self.memo.typed) if position not in out and wanted(value)
        )

    def cell(self, row: int) -> str:
        """The text of `row` as typed."""
        text = self.memo.cells[self.codes[row]]
        return "" if text is None else str(text)


def _written(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
