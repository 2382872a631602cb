"""One cell element as the text that a person sees in it, or as the reason why there is none to pass on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from verify.submission.workbook.formats import PLAIN, Format
from verify.submission.workbook.package import Package
from verify.submission.workbook.parts import local
from verify.submission.workbook.serials import date_text, number_text
from verify.submission.workbook.strings import rich_text, unescaped

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any


class Cell(NamedTuple):
    """`text` (None: blank or refused), and for a refused cell the kind of `RawNote` and what stood there."""

    text: str | None
    kind: str = ""
    raw: str = ""


BLANK = Cell(None)
_TRUTH = {"1": "TRUE", "0": "FALSE"}


def read_cell(element: Element, package: Package, *, computed: bool) -> Cell:
    """The cell `element` (``c``). `computed`: it lies in the range of an array formula that another cell holds."""
    kind = element.get("t", "n")
    formula: Element | None = None
    value: str | None = None
    has_value = False
    for child in element:
        name = local(child)
        if name == "v":
            value, has_value = child.text, True
        elif name == "f":
            formula = child
        elif name == "is":
            value, has_value = rich_text(child), True
    if formula is not None or computed:
        missing = not has_value if kind == "str" else not value
        if missing or not package.fresh:
            return Cell(None, "stale_formula", _written(formula))
    if kind == "e":  # a picture or rich object in a cell hides behind #VALUE! with value metadata
        return Cell(None, "error_value" if element.get("vm") is None else "not_text", value or "")
    if not value:
        return BLANK
    if kind == "n":
        return _number(value, element, package)
    if kind == "s":
        return Cell(_shared(value, package) or None)
    if kind == "b":
        return Cell(_TRUTH.get(value.strip(), value))
    if kind == "d":
        return Cell(value.removesuffix("Z").replace("T00:00:00", "").replace("T", " "))
    return Cell(unescaped(value) if kind == "str" else value)


def array_range(element: Element) -> str:
    """The range of the array formula that this cell holds, '' where it holds none."""
    for child in element:
        if local(child) == "f" and child.get("t") in ("array", "dataTable"):
            return str(child.get("ref", ""))
    return ""


def shown_number(number: str, shown: Format, *, since_1904: bool) -> str:
    """A plain decimal as its cell shows it: a date, a percentage (``0.35`` under ``0 %`` is ``35%``), or itself."""
    if shown.is_date:
        return date_text(number, shown, since_1904=since_1904) or number
    if shown.percent:
        text = format(Decimal(number).scaleb(2), "f")
        return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"
    return number


def _number(value: str, element: Element, package: Package) -> Cell:
    number = number_text(value)
    if number is None:
        return Cell(None, "error_value", value)
    style = element.get("s")
    shown = package.formats[int(style)] if style and style.isdigit() and int(style) < len(package.formats) else PLAIN
    return Cell(number if shown is PLAIN else shown_number(number, shown, since_1904=package.since_1904))


def _shared(value: str, package: Package) -> str:
    at = value.strip()
    if not (at.isascii() and at.isdigit() and len(at) < 10 and int(at) < len(package.strings)):
        raise ValueError(value)
    return package.strings[int(at)]


def _written(formula: Element | None) -> str:
    return f"={formula.text}" if formula is not None and formula.text else "="
