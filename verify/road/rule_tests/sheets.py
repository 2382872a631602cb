"""The rows of many tests as canonical tables: typed by the door's own readers, one submission_id per test.

Ids of enterprises, sources, evidence and the like get the test's number in front, so that no test sees another one's rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from verify.engine import Engine, Table
from verify.errors import Located, Problem
from verify.road.rule_tests.read import Case
from verify.road.rule_tests.shape import ARROW
from verify.submission.contract import Contract, carriers, contracts, products, vocabulary
from verify.submission.door.ingest import canonical_fields
from verify.submission.raw import RawBatch
from verify.submission.typed import PLACES, FaultLog, TableTyper
from verify.units import Units

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, str]
OUTSIDE = "outside"


@dataclass(frozen=True)
class Given:
    """A row of a test: its table, its cells, what is expected of it, and where it stands (its place in the sheet)."""

    case: int
    table: str
    place: int
    cells: Row
    expected: Row = field(default_factory=dict)

    @property
    def row_id(self) -> str:
        """The id that the row has in the ledger."""
        return f"{self.table}:{self.case}:{self.place}"


def given(number: int, case: Case) -> list[Given]:
    """The rows of a test, with the defaults of its file, and the members and papers that they name."""
    found = []
    for table, sheet in case.tables.items():
        head = sheet[0]
        at = head.index(ARROW) if ARROW in head else len(head)
        common = case.defaults.get(table, {})
        for place, row in enumerate(sheet[1:], 1):
            cells = {**common, **{name: cell for name, cell in zip(head[:at], row[:at], strict=True) if cell}}
            expected = {name: cell for name, cell in zip(head[at + 1 :], row[at + 1 :], strict=True) if cell}
            found.append(Given(number, table, place, _with_unit(table, cells), expected))
    return [*found, *_named(number, found)]


def _with_unit(table: str, cells: Row) -> Row:
    """A quantity without a unit is in the base unit of what it measures, else in tonnes."""
    if "unit" in cells or "unit" not in contracts()[table].columns or "quantity" not in cells:
        return cells
    carrier, product = carriers().get(cells.get("carrier", "")), products().get(cells.get("product", ""))
    dimension = (carrier.dimension if carrier else None) or (product.dimension if product else None) or "mass"
    return {**cells, "unit": Units.standard().base(dimension)}


def _named(number: int, rows: Sequence[Given]) -> Iterator[Given]:
    """Members that rows name, where the test lists none, and papers that are called after their kind."""
    if not any(row.table == "enterprises" for row in rows):
        members = {row.cells["enterprise_id"] for row in rows if row.cells.get("enterprise_id")}
        for place, name in enumerate(sorted(members)):
            yield Given(number, "enterprises", place, {"enterprise_id": name, "name": name})
    papers = {row.cells["evidence_id"] for row in rows if row.table == "evidence"}
    kinds = {row.cells.get("evidence_id", "") for row in rows if row.table != "evidence"} - papers
    for place, kind in enumerate(sorted(kinds & set(vocabulary("evidence_kind")))):
        yield Given(number, "evidence", 1000 + place, {"evidence_id": kind, "kind": kind})


def apart(number: int, name: str) -> str:
    """An id of a test as it stands in the tables."""
    return f"{number}/{name}"


class Sheets(Mapping[str, Table]):
    """Canonical tables over the rows of many tests, put into the engine when somebody looks."""

    def __init__(self, engine: Engine, tables: Mapping[str, pa.Table]) -> None:
        self._engine = engine
        self._tables = tables
        self._made: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        if name not in self._made:
            self._made[name] = self._engine.table(name, self._tables[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def typed(cases: Sequence[Case], rows: Iterable[Given]) -> dict[str, pa.Table]:
    """Every canonical table. Raises `Located` (``rule_tests.not_loaded``) for cells that the door would refuse."""
    by_table: dict[str, list[Given]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(row)
    problems: list[Problem] = []
    tables = {name: _typed(contract, by_table.get(name, []), cases, problems) for name, contract in contracts().items()}
    if problems:
        raise Located("rule_tests.not_loaded", problems)
    return tables


def _typed(contract: Contract, rows: Sequence[Given], cases: Sequence[Case], problems: list[Problem]) -> pa.Table:
    import pyarrow as pa

    fields = [pa.field("submission_id", pa.string()), pa.field("row_id", pa.string()), *canonical_fields(contract)]
    if not rows:
        return pa.schema(fields).empty_table()
    log = FaultLog()
    columns = {name: [_cell(row, name, contract) for row in rows] for name in contract.columns}
    typer = TableTyper(contract, log, steam=None, free_ids=True)
    batch = typer.batch(RawBatch(list(range(len(rows))), columns), {name: name for name in columns}, 0)
    for fault in log.listed:
        row = rows[fault.line]
        words: dict[str, Any] = {"column": fault.column, "raw": fault.raw, "code": fault.code}
        key = "rule_tests.cell" if fault.raw else "rule_tests.empty_cell"
        problems.append(cases[row.case].problem(_spot(cases[row.case], row, fault.column), key, **words))
    plain = pa.Table.from_batches([batch]).drop_columns(list(PLACES))
    plain = plain.append_column("submission_id", pa.array([str(row.case) for row in rows]))
    plain = plain.append_column("row_id", pa.array([row.row_id for row in rows]))
    return plain.select([one.name for one in fields]).cast(pa.schema(fields))


def _spot(case: Case, row: Given, column: str) -> tuple[str | int, ...]:
    """Where a cell stands; the row, where the cell is not written in it."""
    root = ("tables", row.table, row.place)
    head = case.tables.get(row.table, [[]])[0]
    return (*root, head.index(column)) if column in head else root


def _cell(row: Given, name: str, contract: Contract) -> str | None:
    cell = row.cells.get(name)
    if not cell:
        return None
    column = contract.columns[name]
    own = (contract.table, name) in _IDS
    known = name == "counterparty" and cell == OUTSIDE
    return apart(row.case, cell) if (column.references or own) and not known else cell


_IDS = {
    ("enterprises", "enterprise_id"),
    ("sources", "source_id"),
    ("evidence", "evidence_id"),
    ("meters", "meter_id"),
    ("generators", "generator_id"),
    ("lineage", "predecessor"),
    ("lineage", "successor"),
    ("statements", "party_code"),
    ("storages", "storage_id"),
}
