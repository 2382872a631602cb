"""Commitments to rows that stay back: are they the signed ones, do the published totals come out of them, does an opening fit.

Needs no package beyond the program's own: sums of public points run in plain integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.attest.commit.curve import Point
from verify.attest.commit.opening import QUANTITY, OpenedRow, Opening, check_opening, quantity_text, read_opening
from verify.attest.commit.rows import Row, read_rows, root_of
from verify.attest.commit.totals import Term, Total, read_totals
from verify.attest.outcome import Record
from verify.attest.statement import Statement
from verify.bundle.cell_sums import SUM
from verify.canonical import FACTOR_PLACES, exact
from verify.errors import NotVerified

ROWS, TOTALS = "commitments.jsonl", "commitments.totals.json"
MEMBERS = (ROWS, TOTALS)
RESTS = "attest.rests_on_failed"
_ONE = 10**FACTOR_PLACES  # the factor of a sum of amounts themselves


@dataclass(frozen=True)
class OpenedLine:
    """A committed row that was opened: what stood in public, its value as a decimal text, its texts by name."""

    index: int
    period: str
    unit: str
    factor_id: str
    value: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Committed:
    """The signed rows and the totals that come out of them."""

    root: str
    rows: Sequence[Row]
    totals: Sequence[Total]


def committed(
    record: Record,
    members: Mapping[str, bytes],
    statement: Statement,
    facts: Mapping[str, Any] | None,
    cells: Sequence[Mapping[str, str]] | None,
    opening: bytes | None = None,
) -> tuple[OpenedLine, ...]:
    """The check `commitments`, where there are any, and `opening` where one was brought: its rows, where it fits.

    `facts`: those of the signed report; `cells`: rows of ``data/cells.csv``. None of either: not checked.
    """
    found: Committed | None = None
    if statement.commitments is not None or any(name in members for name in MEMBERS):
        if facts is None or cells is None:
            record.skip("commitments", RESTS)
        else:
            found = record.run("commitments", lambda: _committed(members, statement, facts, cells))
        if found is not None:
            record.note("bundle.commitments_hold", rows=str(len(found.rows)), totals=str(len(found.totals)))
    if opening is None:
        return ()
    if found is None:
        if statement.commitments is None:
            record.run("opening", _nothing_to_open)
        else:
            record.skip("opening", RESTS)
        return ()
    held = found
    opened = record.run("opening", lambda: _opened(opening, held))
    if opened is None:
        return ()
    record.note("bundle.opening_holds", rows=str(len(opened.rows)), recipient=opened.recipient or "–")
    return tuple(_line(one, held.rows[one.index]) for one in opened.rows if one.disclosures)


def _committed(
    members: Mapping[str, bytes], statement: Statement, facts: Mapping[str, Any], cells: Sequence[Mapping[str, str]]
) -> Committed:
    for name in MEMBERS:
        if name not in members:
            raise NotVerified("bundle.member_missing", member=name)
    if statement.commitments is None:
        raise NotVerified("bundle.commitments_unsigned", member=ROWS)
    signed = statement.commitments
    root = root_of(members[ROWS])
    if root != signed.root_sha256:
        raise NotVerified("bundle.commitments_root", signed=signed.root_sha256, found=root)
    rows = read_rows(members[ROWS])
    if str(len(rows)) != signed.rows:
        raise NotVerified("bundle.commitments_count", signed=signed.rows, found=str(len(rows)))
    totals = read_totals(members[TOTALS], len(rows))
    published, factors = _published(facts, cells), _factors(facts)
    points: list[Point] = [one.point for one in rows]
    for total in totals:
        if published.get((total.kind, total.name)) != total.value:
            raise NotVerified("bundle.commitments_value", item=total.name, value=total.value)
        _public_factors(total, rows, factors)
        if not total.opens(points):
            raise NotVerified("bundle.commitments_total", item=total.name, value=total.value)
    return Committed(root, rows, totals)


def _published(facts: Mapping[str, Any], cells: Sequence[Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """The claimed figures of the reporting year, items and sums."""
    year = facts["year"]
    found = {("item", row["item"]): row["claimed"] for row in facts["items"] if row["year"] == year}
    return found | {("sum", row[SUM]): row["claimed"] for row in cells if row["year"] == year and SUM in row}


def _factors(facts: Mapping[str, Any]) -> set[tuple[str, Fraction]]:
    """What the report publishes as factors; a row without a value tells none."""
    found = set()
    for row in facts.get("factors", []):
        try:
            found.add((row["id"], abs(exact(row["value"]))))
        except (KeyError, TypeError, ValueError):
            continue
    return found


def _public_factors(total: Total, rows: Sequence[Row], factors: set[tuple[str, Fraction]]) -> None:
    for term in total.terms:
        if abs(term.factor) == _ONE:
            continue
        value = Fraction(abs(term.factor), _ONE)
        for one in _ids(term, rows):
            if (one, value) not in factors:
                raise NotVerified("bundle.commitments_factor", item=total.name, factor=one)


def _ids(term: Term, rows: Sequence[Row]) -> Iterable[str]:
    return {rows[at].factor_id for first, last in term.spans for at in range(first, last + 1)}


def _opened(data: bytes, held: Committed) -> Opening:
    opening = read_opening(data)
    check_opening(opening, held.root, held.rows)
    return opening


def _line(opened: OpenedRow, row: Row) -> OpenedLine:
    words = {name: text for name, text in opened.words().items() if name != QUANTITY}
    return OpenedLine(opened.index, row.period, row.unit, row.factor_id, quantity_text(opened.value), words)


def _nothing_to_open() -> None:
    raise NotVerified("bundle.opening_nothing")
