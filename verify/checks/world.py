"""What a check may look at: the tables as handed in, the ledger, the figures, the ruler. It opens nothing and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.engine import Engine, Table
from verify.formula import Value
from verify.history import Frozen
from verify.ledger import METHOD, REFERENCE, Figures, Judged, Ledger, Vocabulary
from verify.ledger.basis import Assignment, consistent, read_reading
from verify.ruler import Ruler
from verify.submission import Submission

FILED = "filed"


@dataclass
class World:
    """One submission under one ruler. `chosen` is the headline assignment, `judged` the indicators of the reporting year."""

    submission: Submission
    ruler: Ruler
    engine: Engine
    ledger: Ledger
    vocabulary: Vocabulary
    chosen: Assignment
    year: str
    base_year: str
    years: tuple[str, ...]
    figures: Mapping[str, Figures] = field(repr=False)
    judged: Mapping[str, Judged] = field(repr=False)
    history: tuple[Frozen, ...] = ()  # commitments of earlier filings that this one is held against
    cache: dict[str, Any] = field(default_factory=dict, repr=False)

    def table(self, name: str) -> Table:
        """A canonical table (verify.submission); empty where it was not handed in."""
        return self.submission.tables[name]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """All rows of a small table (enterprises, evidence, claims …), fetched once."""
        key = f"rows:{name}"
        if key not in self.cache:
            self.cache[key] = self.engine.rows(self.table(name).order_by("row_id"))
        return self.cache[key]  # type: ignore[no-any-return]

    def handed_in(self, name: str) -> bool:
        """Whether the park handed in a row of the table; a sheet of headings alone says nothing."""
        return name in self.submission.handed_in

    def lines(self, *, method: str = REFERENCE) -> Table:
        """Ledger lines of the filed boundary under the chosen assignment, by the ruler's factors or as reported."""
        key = f"lines:{method}"
        if key not in self.cache:
            assignment = {**self.chosen, METHOD: method}
            readings = sorted(
                {cell["reading"] for cell in self.ledger.cells if consistent(read_reading(cell["reading"]), assignment)}
            )
            held = self.ledger.lines.filter(lambda t: (t.boundary == FILED) & t.reading.isin(readings or [""]))
            self.cache[key] = self.engine.keep(f"lines_{method}", held)  # asked for by many checks: computed once
        return self.cache[key]

    def cells(self, year: str | None = None, **only: str | Iterable[str]) -> list[dict[str, Any]]:
        """Ledger cells of a year (default: the reporting year) under the chosen assignment, filtered by equality or membership."""
        wanted = {key: {word} if isinstance(word, str) else set(word) for key, word in only.items()}
        return [
            cell
            for cell in self._held(year or self.year)
            if all(cell.get(key) in words for key, words in wanted.items())
        ]

    def item(self, identifier: str, year: str | None = None) -> Value:
        """A figure of the ruler in a year, under the chosen assignment."""
        figures = self.figures.get(year or self.year)
        assert figures is not None
        return figures.item(identifier, self.chosen)

    @property
    def foreign(self) -> bool:
        """Whether the park files under another ruler than this one."""
        return not self.ruler.named_by(self.submission.park.ruler)

    @property
    def mass_unit(self) -> str:
        """The unit of the total: tCO2, or tCO2e under a ruler of several gases."""
        return self.ruler.text.method.items["total.tco2"].unit

    def number(self, identifier: str) -> Fraction:
        """A value of the ruler (``practice.balance_mass`` …) in base units; per cent are shares."""
        return self.ruler.number(identifier, self.year)

    def evidence_kinds(self) -> dict[str, str]:
        """Evidence id -> kind."""
        return {row["evidence_id"]: row["kind"] for row in self.rows("evidence")}

    def spells(self) -> list[dict[str, Any]]:
        """The enterprises of the park, one row per membership spell."""
        return self.rows("enterprises")

    def _held(self, year: str) -> list[dict[str, Any]]:
        key = f"cells:{year}"
        if key not in self.cache:
            self.cache[key] = [
                cell
                for cell in self.ledger.cells
                if cell["boundary"] == FILED
                and cell["year"] == year
                and consistent(read_reading(cell["reading"]), self.chosen)
            ]
        return self.cache[key]  # type: ignore[no-any-return]


def total(cells: Iterable[Mapping[str, Any]], column: str) -> Decimal:
    """The exact sum of one column of cells (nulls, which are of the other measure, left out)."""
    return sum((cell[column] for cell in cells if cell.get(column) is not None), Decimal(0))
