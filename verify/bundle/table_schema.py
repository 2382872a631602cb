"""The tables that a bundle publishes (``data/*.csv``): which part of the public facts each holds, its columns, its key.

A column is found by its path in a row of the facts, a dot for each step down; its words are ``data.column.<name>``, or
``data.column.<table>.<name>`` where a table means something else by it.

What stands here belongs to the format ``truezero-report/1``: a reader of any later version makes the same tables again, so a
change here is a change of that format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "count", "year", "flag", "list", "object", "json"]
MASS = "mass"  # the unit of the total: tCO2, or tCO2e under a ruler of several gases
ROW = "unit"  # the unit stands in this column of the same row
CELLS = "cells"
OPTIONAL = frozenset({"sensitivities", "documents"})  # sections that the report may leave out


@dataclass(frozen=True)
class Column:
    """One column. `unit`: that of every value, `MASS`, or `ROW`; '' where there is none. `path`: '' for the name itself."""

    name: str
    kind: Kind = "text"
    unit: str = ""
    path: str = ""


@dataclass(frozen=True)
class Table:
    """One table. `rows`: path of its rows in the facts, '' where `public_tables` puts them together; `number`: a first
    column counts them in the order of the report, for rows that have no key of their own. `refers`: {column: table}."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("number",)
    rows: str = ""
    refers: tuple[tuple[str, str], ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether a column counts the rows."""
        return self.key == ("number",)

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns as they stand in the file."""
        return (Column("number", "count"), *self.columns) if self.numbered else self.columns


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _numbers(*names: str, unit: str) -> tuple[Column, ...]:
    return tuple(Column(name, "number", unit) for name in names)


def _counts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "count") for name in names)


def _inside(part: str, *names: str, unit: str) -> tuple[Column, ...]:
    return tuple(Column(f"{part}_{name}", "number", unit, f"{part}.{name}") for name in names)


def _cite(path: str = "cite") -> tuple[Column, ...]:
    return tuple(Column(f"cite_{name}", path=f"{path}.{name}") for name in ("document", "annex", "clause", "page"))


_TITLE = (Column("title_zh", path="title.zh"), Column("title_en", path="title.en"))
_CLASS = (Column("class_zh", path="class.zh"), Column("class_en", path="class.en"))
_YEAR = Column("year", "year")
_UNIT = Column("unit")
_FENCE = ("purchased", "primary_production", "stock_change", "sold")
_USE = ("final_use", "transformation_in", "feedstock", "loss", "bunker", "other", "transformation_out", "recovered")

TABLES: tuple[Table, ...] = (
    Table(
        "items",
        (
            Column("item"), _YEAR, _UNIT, *_numbers("claimed", "proven", "strict", "reported", unit=ROW),
            Column("incomplete", "flag"),
        ),
        ("item", "year"),
        "items",
    ),
    Table(
        "indicators",
        (
            *_texts("id", "item", "kind"), *_TITLE, _YEAR, _UNIT,
            Column("comparison"), *_numbers("limit", unit=ROW), *_CLASS,
            *_numbers("value", "proven_value", "low", "high", unit=ROW), Column("verdict"), Column("rests_on", "list"),
            Column("excluded", "json"), Column("undefined", "json"), *_cite(),
        ),
        ("id",),
        "indicators",
    ),
    Table(
        "flips",
        (
            *_texts("indicator", "parameter", "reading"), *_numbers("value", unit=ROW), _UNIT, Column("verdict"),
            Column("flip_point", "number"),
        ),
        ("indicator", "parameter", "reading"),
        refers=(("indicator", "indicators"),),
    ),
    Table(
        "parameters",
        (Column("id"), *_TITLE, *_texts("chosen", "conservative", "confidence"), *_cite()),
        ("id",),
        "parameters",
    ),
    Table(
        "readings",
        (*_texts("parameter", "reading"), *_TITLE, Column("value", "number"), Column("verdict")),
        ("parameter", "reading"),
        refers=(("parameter", "parameters"),),
    ),
    Table(
        "sensitivities",
        (
            Column("id"), *_TITLE, *_numbers("value", unit=ROW), _UNIT, Column("item"), Column("result", "number"),
            Column("verdict"), *_cite(),
        ),
        rows="sensitivities",
    ),
    Table(
        "findings",
        (
            *_texts("code", "severity", "subject", "period"),
            Column("effect", "number", "effect_unit", "effect.value"), Column("effect_unit", path="effect.unit"),
            Column("effect_year", "year", path="effect.year"), *_counts("rows", "places_shown"),
            Column("arguments", "object"), Column("row_ids", "list"),
        ),
        rows="findings",
    ),
    Table(
        "runs",
        (
            *_texts("code", "severity", "outcome"), Column("reason", "json"), *_counts("tested", "population"),
            *_numbers("tco2_tested", "tco2_population", "worst_tco2", unit=MASS),
        ),
        ("code",),
        "runs",
    ),
    Table("terms", (Column("term"), *_TITLE, *_numbers("tco2", unit=MASS)), ("term",), "terms"),
    Table(
        "terms_by_enterprise",
        (*_texts("term", "enterprise_id", "name"), *_numbers("tco2", unit=MASS)),
        ("term", "enterprise_id"),
        refers=(("term", "terms"),),
    ),
    Table(
        "energy",
        (
            Column("carrier"), *_TITLE, _UNIT, Column("coefficient", "number", "coefficient_unit"), Column("coefficient_unit"),
            *_inside("fence", *_FENCE, unit=ROW), *_inside("use", *_USE, unit=ROW),
            *_numbers("tce_fence", "tce_use", "difference", unit="tce"), *_cite("source"),
        ),
        ("carrier",),
        "energy",
    ),
    Table(
        "factors",
        (
            Column("id"), *_TITLE, *_numbers("value", unit=ROW), _UNIT, *_texts("kind", "confidence"), *_counts("lines"),
            *_numbers("tco2", unit=MASS), *_cite(),
        ),
        rows="factors",
    ),
    Table(
        "zero_register",
        (
            Column("rule"), *_TITLE, *_texts("enterprise_id", "item"), _YEAR, *_numbers("quantity", unit=ROW), _UNIT,
            Column("factor", "number"), Column("default_factor", "number"),
            *_numbers("tco2", "default_tco2", "below_default_tco2", unit=MASS), Column("proven", "flag"),
            Column("evidence", "list"),
        ),
        rows="zero_register",
    ),
    Table("level", (_YEAR, *_numbers("strict", "proven", "claimed", unit=MASS)), ("year",)),
    Table("level_steps", (Column("rule"), *_TITLE, *_numbers("tco2", unit=MASS)), rows="level.steps"),
    Table(
        "bunkers",
        (Column("carrier"), *_TITLE, *_numbers("quantity", unit=ROW), _UNIT, *_numbers("tco2", unit=MASS)),
        ("carrier",),
        "bunkers",
    ),
    Table(
        "reported",
        (
            Column("item"), _YEAR, Column("authority"), *_numbers("filed", "recomputed", "difference", unit=ROW), _UNIT,
            *_numbers("share_of_total", unit="1"),
        ),
        rows="reported",
    ),
    Table("claims", (*_texts("claim_id", "text", "kind"), Column("findings", "list")), rows="claims"),
    Table(
        "dispositions",
        (Column("table"), *_counts("rows", "used", "excluded", "blocking")),
        ("table",),
        "dispositions.tables",
    ),
    Table("excluded_rows", _texts("table", "row_id", "code"), rows="dispositions.excluded"),
    Table("not_checked", (Column("key"), Column("arguments", "object")), rows="not_checked"),
    Table(
        "members",
        (*_texts("enterprise_id", "name", "industry_code", "from", "to"), *_numbers("tco2", unit=MASS)),
        rows="members",
    ),
    Table(
        "unconfirmed",
        (Column("id"), *_TITLE, *_numbers("value", unit=ROW), _UNIT, Column("candidates", "list"), *_cite()),
        rows="unconfirmed",
    ),
    Table(
        "documents",
        (Column("id"), *_TITLE, Column("document_number", path="number"), *_texts("issuer", "published", "url")),
        ("id",),
        "documents",
    ),
    Table(
        CELLS,
        (_YEAR, Column("sum"), *(Column(name, "number") for name in ("claimed", "proven", "strict"))),
        ("year", "sum"),
    ),
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}


def path_of(name: str) -> str:
    """The member of a table."""
    return f"data/{name}.csv"
