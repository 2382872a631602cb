"""One test out of many as a world that checks can look at: views of the shared tables and of the shared ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from verify.checks import World
from verify.checks.world import FILED
from verify.engine import Table
from verify.ledger import Judged, Ledger, Vocabulary, judge
from verify.road.rule_tests.sheets import Sheets
from verify.road.rule_tests.stage import Accounted, Stage, assignment, figures
from verify.ruler import Ruler
from verify.submission import Park, PlaceIndex, Submission


def world(stage: Stage, ruler: Ruler, accounted: Accounted, number: int) -> World:
    """The world of a test, as `verify.road.world.build` makes it of a submission."""
    case = stage.cases[number]
    chosen = assignment(ruler, case)
    ledger = _ledger(accounted, str(number))
    cells = accounted.cells.get(str(number), [])
    years = sorted({*(cell["year"] for cell in cells), *(gap["year"] for gap in ledger.gaps), case.test.year})
    own = {year: figures(ruler, accounted, number, year) for year in years}
    return World(
        submission=_submission(stage, accounted.tables, number),
        ruler=ruler,
        engine=accounted.engine,
        ledger=ledger,
        vocabulary=Vocabulary.standard(),
        chosen=chosen,
        year=case.test.year,
        base_year=case.test.base_year or ruler.text.baseline.year,
        years=tuple(years),
        figures=own,
        judged=_Judged(own[case.test.year], chosen),
    )


def _ledger(accounted: Accounted, boundary: str) -> Ledger:
    """The part of the shared ledger that belongs to one boundary, under the name that a park's own boundary has."""
    import ibis

    def own(table: Table) -> Table:
        return table.filter(lambda t: t.boundary == boundary).mutate(boundary=ibis.literal(FILED))

    def filed(rows: Any) -> list[dict[str, Any]]:
        return [{**row, "boundary": FILED} for row in rows if row["boundary"] == boundary]

    whole = accounted.ledger
    return replace(
        whole,
        lines=own(whole.lines),
        gaps=filed(whole.gaps),
        cells=filed(whole.cells),
        balances=filed(whole.balances),
        facts={name: own(table) for name, table in whole.facts.items()},
    )


def _submission(stage: Stage, tables: Sheets, number: int) -> Submission:
    case = stage.cases[number]
    name = case.test.title
    head = {"id": f"{number}", "names": {"zh": name.zh, "en": name.en}, "province": case.test.province}
    handed_in = frozenset(row.table for row in stage.rows[number])
    return Submission(
        id=str(number),
        park=Park.model_validate({**head, **case.test.park}),
        tables=_Own(tables, str(number)),
        handed_in=handed_in,
        dispositions=None,
        disposition_counts={},
        excluded=(),
        findings=(),
        finding_groups=(),
        finding_counts={},
        places=PlaceIndex([], {}),
        sources=(),
    )


@dataclass(frozen=True)
class _Own(Mapping[str, Table]):
    """The rows of one test in every table."""

    tables: Sheets
    submission: str

    def __getitem__(self, name: str) -> Table:
        return self.tables[name].filter(lambda t: t.submission_id == self.submission)

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)


class _Judged(Mapping[str, Judged]):
    """The indicators of the year, judged when somebody asks."""

    def __init__(self, own: Any, chosen: Mapping[str, str]) -> None:
        self._figures = own
        self._chosen = chosen
        self._known: dict[str, Judged] = {}

    def __getitem__(self, identifier: str) -> Judged:
        if identifier not in self._figures.ruler.text.indicators:
            raise KeyError(identifier)
        if identifier not in self._known:
            self._known[identifier] = judge(self._figures, identifier, self._chosen)
        return self._known[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures.ruler.text.indicators)

    def __len__(self) -> int:
        return len(self._figures.ruler.text.indicators)
