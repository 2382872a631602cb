"""``datapackage.json``: the published tables as a Frictionless Data Package.

Specification: Data Package v2.0 (datapackage.org), Table Schema and Data Resource of the same version. Our own properties,
which the specification allows: `unit` of a field, or `unitField`, the field of the same row that names it. There is no
`created`: the file is made again from the report by whoever checks it, so it holds no clock. There are no `licenses`: they
are for the park to give.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from verify.bundle.data_words import both, column_words, joined, mass_unit, of_park
from verify.bundle.table_schema import BY_NAME, MASS, Column, Table, path_of
from verify.canonical import canonical_bytes
from verify.words import catalogue

_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {
    "text": "string",
    "number": "number",
    "count": "integer",
    "year": "year",
    "flag": "boolean",
    "list": "array",
    "object": "object",
    "json": "any",
}


def data_package(facts: Mapping[str, Any], tables: Mapping[str, bytes]) -> bytes:
    """The RFC 8785 bytes of the package of `tables` (``data/<name>.csv`` to bytes). Raises KeyError for a table that is none of
    ours."""
    known = {path_of(name): table for name, table in BY_NAME.items()}
    arguments = of_park(facts)
    return canonical_bytes(
        {
            "$schema": f"{_PROFILES}/datapackage.json",
            "name": "truezero-public-report",
            "title": both("package_title", park=arguments["park"], year=arguments["year"]),
            "description": both("package_description"),
            "resources": [_resource(known[path], tables, mass_unit(facts)) for path in sorted(tables)],
        }
    )


def _resource(table: Table, tables: Mapping[str, bytes], mass: str) -> dict[str, Any]:
    path = path_of(table.name)
    words = catalogue("data")[f"table.{table.name}"]
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": path,
        "title": words["zh"],
        "description": joined(words),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(tables[path]),
        "hash": f"sha256:{hashlib.sha256(tables[path]).hexdigest()}",
        "schema": _schema(table, tables, mass),
    }


def _schema(table: Table, tables: Mapping[str, bytes], mass: str) -> dict[str, Any]:
    refers = [(column, other) for column, other in table.refers if path_of(other) in tables]
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(table, column, mass) for column in table.all_columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if refers:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": list(BY_NAME[other].key)}}
            for column, other in refers
        ]
    return schema


def _field(table: Table, column: Column, mass: str) -> dict[str, Any]:
    words = column_words(table.name, column.name)
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "title": words["zh"],
        "description": joined(words),
    }
    if column.unit == MASS:
        field["unit"] = mass
    elif any(column.unit == other.name for other in table.columns):
        field["unitField"] = column.unit
    elif column.unit:
        field["unit"] = column.unit
    if column.name in table.key:
        field["constraints"] = {"required": True}
    return field
