"""Why an input of a factor is the number that it is: by the date of the data, by the text, by a reading, or measured.

A reason is a key of templates/messages/report.yaml (``why.…``) with arguments; who shows it puts it into words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from verify.ledger.basis import Assignment
from verify.ledger.factor import Input
from verify.ruler import Ruler

_PARAMETER, _ROW = "parameter.", "row."


@dataclass(frozen=True)
class Reason:
    """`key`: by_data_date, newest (nothing is printed for the year), standing (no window), fixed_by_text, open_point, measured."""

    key: str
    arguments: Mapping[str, str] = field(default_factory=dict)


def reason(ruler: Ruler, one: Input, year: str, assignment: Assignment) -> Reason:
    """Why `one` holds for data of `year` under the readings of `assignment`."""
    if one.origin.startswith(_ROW):
        return Reason("measured", {"column": one.origin.removeprefix(_ROW)})
    if one.origin.startswith(_PARAMETER):
        point = one.origin.removeprefix(_PARAMETER)
        return Reason("open_point", {"parameter": point, "reading": assignment.get(point, one.printed)})
    found = ruler.find(one.origin, year)
    if found is None:
        value = ruler.values.get(ruler.bound(one.origin))
        entry = value.newest(year) if value is not None else None
        return Reason("newest", {"year": year, "used": entry.since[:4]}) if entry is not None else Reason("standing")
    value, entry = found
    if value.kind == "fixed_by_text":
        return Reason("fixed_by_text")
    if not entry.since and not entry.until:
        return Reason("standing")
    return Reason("by_data_date", {"year": year, "since": entry.since, "until": entry.until})
