"""Small worlds for the tests of checks: canonical tables written row by row, then the real ledger and figures over them.

Rows are in base units (t, MWh, GJ, 10^3Nm3, tCO2, tce) as canonical tables hold them; texts left out are '', numbers null.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from verify.engine import Engine, Table
from verify.submission import Park
from verify.submission.contract import Contract, carriers, contracts

if TYPE_CHECKING:
    import pyarrow as pa

    from verify.checks.rows import Found, Rows
    from verify.checks.world import World
    from verify.ruler import Ruler

Row = dict[str, Any]
FILED_BY = "test"
PARK = {"id": "P", "names": {"zh": "测试园区", "en": "Test Park"}}


@dataclass
class Handed:
    """What a world reads of a submission: canonical tables, which of them came in, park.yaml as plain data."""

    tables: Mapping[str, Table]
    handed_in: frozenset[str]
    park: Park
    excluded: tuple[Any, ...] = ()


def world(
    tables: Mapping[str, list[Row]],
    park: Mapping[str, Any] | None = None,
    year: str = "2027",
    base_year: str = "2025",
    chosen: Mapping[str, str] | None = None,
) -> World:
    """The world of a park under cn-national-2025. Enterprises that rows name are members unless `enterprises` says otherwise.

    `park`: what differs from `PARK`. `chosen`: readings of open points other than the ruler's defaults. Row ids are given with ``row_id`` or made:
    ``activity:0`` is the first row of the table.
    """
    from verify.checks.world import World
    from verify.ledger import Boundary, Figures, Vocabulary, account, defaults

    engine = Engine(threads=1)
    filled = {**tables, "enterprises": tables.get("enterprises") or _members(tables)}
    canonical = _Tables(engine, filled)
    ruler = standard()
    vocabulary = Vocabulary({name: _traits(name) for name in carriers()})
    filed = Boundary("filed", tuple(_spells(filled["enterprises"])))
    ledger = account(engine, ruler, canonical, vocabulary, [filed])
    years = tuple(sorted({cell["year"] for cell in ledger.cells} | {year}))
    assignment = defaults(ruler, chosen)
    figures = {one: Figures(ruler, ledger.cells, "filed", one) for one in years}
    return World(
        submission=Handed(canonical, _handed_in(filled), Park.model_validate({**PARK, **(park or {})})),  # type: ignore[arg-type]
        ruler=ruler,
        engine=engine,
        ledger=ledger,
        vocabulary=vocabulary,
        chosen=assignment,
        year=year,
        base_year=base_year,
        years=years,
        figures=figures,
        judged=_Judged(figures[year], assignment),
    )


@cache
def standard() -> Ruler:
    """The national ruler, loaded once per run."""
    from verify.ruler import load_ruler

    return load_ruler("cn-national-2025")


def ran(code: str, here: World) -> Rows:
    """The check `code` on a world, with the parameters of the ruler."""
    from importlib import import_module
    from importlib.util import find_spec

    from verify.checks.registry import _CHECKS, _MODULES

    for name in _MODULES:
        if code not in _CHECKS and find_spec(f"verify.checks.{name}"):
            import_module(f"verify.checks.{name}")
    return _CHECKS[code].function(here, here.ruler.text.checks[code].params)


def found(code: str, here: World) -> list[Found]:
    """The finding rows of a check on a world, in the order in which the runner fetches them."""
    from verify.checks.run import _fetch

    rows, count = _fetch(here, ran(code, here))
    assert len(rows) == count
    return rows


def findings(code: str, here: World) -> list[Any]:
    """The findings of a check as the runner groups them."""
    from verify.checks.run import _grouped

    return _grouped(code, here.ruler.text.checks[code].severity, found(code, here))


class _Tables(Mapping[str, Table]):
    """Canonical tables, put into the engine when somebody looks: most worlds need few of the many."""

    def __init__(self, engine: Engine, rows: Mapping[str, list[Row]]) -> None:
        self._engine = engine
        self._rows = rows
        self._made: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        if name not in self._made:
            self._made[name] = self._engine.table(name, _arrow(contracts()[name], self._rows.get(name, [])))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(contracts())

    def __len__(self) -> int:
        return len(contracts())


class _Judged(Mapping[str, Any]):
    """Indicators of the year, judged when somebody asks."""

    def __init__(self, figures: Any, assignment: Mapping[str, str]) -> None:
        self._figures = figures
        self._assignment = assignment
        self._known: dict[str, Any] = {}

    def __getitem__(self, identifier: str) -> Any:
        from verify.ledger import judge

        if identifier not in self._figures.ruler.text.indicators:
            raise KeyError(identifier)
        if identifier not in self._known:
            self._known[identifier] = judge(self._figures, identifier, self._assignment)
        return self._known[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures.ruler.text.indicators)

    def __len__(self) -> int:
        return len(self._figures.ruler.text.indicators)


def _traits(name: str) -> dict[str, str]:
    carrier = carriers()[name]
    return {"class": carrier.class_, "family": carrier.family, "dimension": carrier.dimension}


def _handed_in(tables: Mapping[str, list[Row]]) -> frozenset[str]:
    return frozenset(table for table, rows in tables.items() if rows)


def _members(tables: Mapping[str, list[Row]]) -> list[Row]:
    named = {row["enterprise_id"] for rows in tables.values() for row in rows if row.get("enterprise_id")}
    return [{"enterprise_id": one, "name": one} for one in sorted(named)]


def _spells(rows: list[Row]) -> Iterator[Any]:
    from verify.ledger import Spell

    for row in rows:
        yield Spell(row["enterprise_id"], str(row.get("from") or "")[:7], str(row.get("to") or "")[:7])


def _arrow(contract: Contract, rows: list[Row]) -> pa.Table:
    import pyarrow as pa

    schema = _schema(contract)
    columns: dict[str, list[Any]] = {one.name: [] for one in schema}
    for number, given in enumerate(rows):
        unknown = set(given) - set(schema.names)
        assert not unknown, f"{contract.table} has no columns {sorted(unknown)}"
        row = {"submission_id": FILED_BY, "row_id": f"{contract.table}:{number}", **_blanks(contract, given), **given}
        if contract.has_year:
            row["year"] = row["period"][:4]
        for one in schema:
            columns[one.name].append(_cell(row.get(one.name), one.type))
    return pa.table(columns, schema=schema)


def _blanks(contract: Contract, given: Row) -> Row:
    return {name: column.default for name, column in contract.columns.items() if column.default and name not in given}


def _cell(value: Any, kind: pa.DataType) -> Any:
    import pyarrow as pa

    if pa.types.is_string(kind):
        return value or ""
    if value is None:
        return None
    if pa.types.is_decimal(kind):
        return Decimal(value).quantize(Decimal(1).scaleb(-kind.scale))
    return datetime.date.fromisoformat(value) if pa.types.is_date(kind) and isinstance(value, str) else value


def _schema(contract: Contract) -> pa.Schema:
    import pyarrow as pa

    others = {"date": pa.date32(), "datetime": pa.timestamp("us"), "integer": pa.int64(), "boolean": pa.bool_()}
    fields = [("submission_id", pa.string()), ("row_id", pa.string())]
    for name, column in contract.columns.items():
        kind = pa.decimal128(*column.digits) if column.digits else None
        fields.append((name, kind or others.get(column.type, pa.string())))
    if contract.has_year:
        fields.append(("year", pa.string()))
    return pa.schema(fields)
