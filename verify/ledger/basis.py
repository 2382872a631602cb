"""A basis (口径): one question asked of the data (DESIGN 3 and 7, ADR 0002).

A basis is a boundary (which enterprises, when) and an assignment: a reading for every open point, and for every value
that someone wants changed. Lines carry the condition under which they hold (their *reading*), so that many bases cost
only the rows in which they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from verify.ruler import Ruler

METHOD = "method"  # pseudo-parameter: ``reference`` (the ruler's factors) or ``reported`` (as filed in the row)
REFERENCE, REPORTED = "reference", "reported"
AS_PRINTED = "as_printed"  # reading of a changed value that means: what the law prints

Assignment = Mapping[str, str]


@dataclass(frozen=True)
class Spell:
    """An enterprise inside the boundary between two months, inclusive (``YYYY-MM``; '' is open)."""

    enterprise_id: str
    since: str
    until: str

    def holds(self, period: str) -> bool:
        """Whether any part of `period` (``YYYY`` or ``YYYY-MM``) lies in the spell."""
        first, last = (period, period) if len(period) > 4 else (f"{period}-01", f"{period}-12")
        return (not self.since or self.since <= last) and (not self.until or self.until >= first)


@dataclass(frozen=True)
class Boundary:
    """A set of member spells under an id; `filed` is the park's own list."""

    id: str
    spells: tuple[Spell, ...]

    def members(self, periods: Iterable[str]) -> list[tuple[str, str]]:
        """(enterprise, period) pairs that are inside."""
        return sorted(
            {(spell.enterprise_id, period) for period in periods for spell in self.spells if spell.holds(period)}
        )


@dataclass(frozen=True)
class Basis:
    """One question: a boundary of the query by its id, and a reading for every open point and changed value."""

    boundary: str
    assignment: Assignment


@dataclass(frozen=True)
class Changes:
    """Values computed beside the law's: ``changed[value id] = {reading: number in base units}``."""

    changed: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)

    def readings(self, identifier: str) -> Mapping[str, Fraction]:
        """The readings of one value besides `AS_PRINTED`."""
        return self.changed.get(identifier, {})


def defaults(ruler: Ruler, chosen: Assignment | None = None) -> dict[str, str]:
    """The assignment of the headline figure: the park's declared readings, else the ruler's defaults."""
    assignment = {identifier: parameter.default for identifier, parameter in ruler.text.parameters.items()}
    assignment[METHOD] = REFERENCE
    assignment.update(chosen or {})
    return assignment


def held(assignment: Assignment, key: str) -> str:
    """The reading of `key` in a basis; a changed value that the basis does not name stays as printed."""
    return assignment.get(key, AS_PRINTED if key.startswith("value:") else "")


def value_key(identifier: str) -> str:
    """The pseudo-parameter of a changed value."""
    return f"value:{identifier}"


def write_reading(conditions: Mapping[str, str]) -> str:
    """Conditions as the text that a ledger line carries: ``a=b;c=d``, sorted; '' holds always."""
    return ";".join(f"{key}={conditions[key]}" for key in sorted(conditions))


def read_reading(text: str) -> dict[str, str]:
    """The conditions of a line's reading."""
    return dict(part.split("=", 1) for part in text.split(";")) if text else {}


def consistent(conditions: Assignment, assignment: Assignment) -> bool:
    """Whether a line with these conditions belongs to a basis; a changed value not named in it stays as printed."""
    return all(held(assignment, key) == reading for key, reading in conditions.items())
