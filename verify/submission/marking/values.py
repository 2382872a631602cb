"""What is to be marked: remarks in the reader's words, and the cells that they speak of."""

from __future__ import annotations

from dataclasses import dataclass, field

SEVERITIES = ("error", "warning", "question", "note")
MAKER = "TrueZero"  # stands in our marks and at the head of our notes: by it they are found again
AUTHOR = "TrueZero check"  # of our notes; the notes on the headings of a template have another


@dataclass(frozen=True, slots=True)
class Spot:
    """One place: tab name, line (0: the headings of the sheet), and the columns that may be meant, best first.

    A column is a heading as typed or a column id of the table's contract; without any the table's main column is taken.
    """

    sheet: str
    line: int
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding in words. `rows` counts all its rows, of which `spots` may name only the first.

    `elsewhere` says where it stands if not in this workbook ('' : nowhere in particular).
    """

    severity: str
    code: str
    title: str
    says: str
    mend: str
    effect: str = ""
    rows: int = 0
    spots: tuple[Spot, ...] = ()
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands above the list: a heading and lines of label and text (park, year, ruler, verdict …)."""

    heading: str
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A cell by the index of its sheet in the workbook, row and column (both from 1)."""

    sheet: int
    row: int
    column: int


@dataclass(slots=True)
class Placed:
    """A remark with the cells that were found for it.

    `heading`: the cell that says that not all are marked. `linked`: first cells of whole sheets that are no table; the
    list links to them, and the sheet stays as it was.
    """

    remark: Remark
    cells: list[Cell] = field(default_factory=list)
    heading: Cell | None = None
    linked: list[Cell] = field(default_factory=list)
