"""Many variants of one park in one submission: each stands in a year of its own, so that one ledger serves them all.

Every figure and every check of a year looks at that year alone (only stocks meet the next year), so a variant's year says
what the variant alone would say; `test_a_year_alone_says_the_same` holds that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fixtures.freeze import park_of
from fixtures.simulator import Park, write_csv
from tests.golden.parks_by_hand import Row, examples, write_submission
from verify.checks import Finding, World, run_checks
from verify.engine import Engine
from verify.road.world import build
from verify.ruler import Ruler, load_ruler
from verify.submission import read

FIRST, LAST = 2027, 2100  # the last year that a period may name
ROOM = LAST - FIRST + 1
Tables = Mapping[str, Sequence[Row]]
AGAIN = "AGAIN"  # every book holds a paper of this name, or each of its papers a second time
_NO_MEMBER = "TZ-SUB-23"  # a row of a time in which its enterprise is outside
_DATED = ("activity", "production", "process_balances")


@dataclass(frozen=True)
class Book:
    """One year of a park: its rows, its members, and how a submission of many such years is written."""

    activity: list[Row]
    others: Tables
    enterprises: list[Row]
    write: Callable[[Path, Tables], object]


@dataclass(frozen=True)
class Variant:
    """The rows of a year that was changed, and who is outside the fence in it."""

    activity: list[Row]
    absent: frozenset[str] = field(default=frozenset())


@dataclass
class Years:
    """The variants of a book accounted together; a variant is named by its place in the list."""

    world: World
    found: dict[int, list[Finding]]

    def figure(self, variant: int, item: str) -> Fraction:
        """An item of the ruler under the default readings."""
        value = self.world.item(item, str(FIRST + variant))
        assert isinstance(value, Fraction), (item, value)
        return value

    def terms(self, variant: int) -> dict[str, Fraction]:
        """Every term of E, and T."""
        names = [name for name in self.world.ruler.text.method.items if name.startswith("term.")]
        return {name: self.figure(variant, name) for name in (*names, "energy.tce")}

    def new(self, variant: int) -> list[Finding]:
        """The findings of a variant that the first one, the park as it is, does not have."""
        known = {_told(one, FIRST) for one in self.found.get(0, [])}
        return [one for one in self.found.get(variant, []) if _told(one, FIRST + variant) not in known]


def px2() -> Book:
    """The second park of the pack: CHP, waste heat, SMR."""
    park = next(one for one in examples() if one["id"] == "PX-2")

    def write(folder: Path, tables: Tables) -> object:
        papers = [{"evidence_id": AGAIN, "kind": "production_record"}]
        return write_submission(folder, {**park, **tables, "evidence": papers})

    return Book(park["activity"], {"production": park["production"]}, park["enterprises"], write)


def simulated(name: str = "honest-not-met") -> Book:
    """The reporting year of a frozen park, month by month. Every paper is there twice, for rows that are booked twice."""
    park = park_of(name)
    year = {table: [row for row in park.rows(table) if row["period"].startswith(str(FIRST))] for table in _DATED}
    papers = park.rows("evidence")
    again = [another_paper(row) for row in papers]
    fixed = {"sources": park.rows("sources"), "meters": park.rows("meters"), "evidence": [*papers, *again]}

    def write(folder: Path, tables: Tables) -> object:
        whole = {**fixed, **{table: list(rows) for table, rows in tables.items()}}
        return write_csv(Park(tables=whole, meta=park.meta, truth={}), folder)

    others = {table: rows for table, rows in year.items() if table != "activity"}
    return Book(year["activity"], others, park.rows("enterprises"), write)


def another_paper(row: Row) -> Row:
    """The row under another paper, so that it is no copy of a row with the same key."""
    paper = row.get("evidence_id", "")
    return {**row, "evidence_id": f"{paper}-{AGAIN}" if paper else AGAIN}


@contextmanager
def accounted(
    book: Book, variants: Sequence[Variant], codes: Sequence[str] = (), door: frozenset[str] = frozenset()
) -> Iterator[Years]:
    """The variants through the door and the ledger, and through the checks of `codes`.

    `door`: what the door may find of a row and leave it out for; rows of members that are outside are left out always.
    """
    assert len(variants) <= ROOM, "a submission has no room for so many years"
    tables = {
        "activity": [row for at, one in enumerate(variants) for row in _in_year(one.activity, at)],
        **{
            name: [row for at in range(len(variants)) for row in _in_year(rows, at)]
            for name, rows in book.others.items()
        },
        "enterprises": [row for one in book.enterprises for row in _spells(one, variants)],
    }
    with TemporaryDirectory() as folder:
        book.write(Path(folder) / "park", tables)
        engine = Engine()
        submission = read(Path(folder) / "park", engine=engine, workdir=Path(folder), values=None)
        world = build(submission, _with(tuple(codes)), engine, year=str(FIRST))
        assert {one.code for one in submission.excluded} <= {_NO_MEMBER, *door}, submission.excluded[:3]
        runs, findings = run_checks(world)
        assert not [run.crash for run in runs if run.crash]
        found: dict[int, list[Finding]] = {}
        for one in findings:
            if not (one.code == "TZ-BAL-05" and one.period[4:] in {"", "-12"}):  # there the variants meet
                found.setdefault(int(one.period[:4]) - FIRST, []).append(one)
        yield Years(world, found)


@cache
def _with(codes: tuple[str, ...]) -> Ruler:
    """The national ruler with these checks alone."""
    ruler = load_ruler("cn-national-2025")
    chosen = {code: ruler.text.checks[code] for code in codes}
    return replace(ruler, text=ruler.text.model_copy(update={"checks": chosen}))


def _in_year(rows: Sequence[Row], variant: int) -> Iterator[Row]:
    for row in rows:
        yield {**row, "period": f"{FIRST + variant}{row['period'][4:]}"}


def _spells(enterprise: Row, variants: Sequence[Variant]) -> Iterator[Row]:
    """A member's spells: one for every run of years in which it is inside."""
    inside = [enterprise["enterprise_id"] not in one.absent for one in variants]
    edges = [at for at in range(len(inside) + 1) if (at > 0 and inside[at - 1]) != (at < len(inside) and inside[at])]
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        yield {**enterprise, "from": f"{FIRST + first}-01-01", "to": f"{FIRST + after - 1}-12-31"}


def _told(one: Finding, year: int) -> tuple[object, ...]:
    """What a finding says, its own year left out."""
    words = {name: text.replace(str(year), "") for name, text in one.arguments.items()}
    return one.code, one.subject, one.period[4:], one.effect, tuple(sorted(words.items()))
