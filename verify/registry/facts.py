"""What a registry keeps of each park: small tables, each row with the number of the filing that it came from.

A table of the registry is what checks across parks need and nothing more; the submission stays with its park. Names, codes
and prefixes are folded when they enter, so that two writings meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, Any]
FILING, PARK = "filing", "park"

# table -> column -> type of arrow in words; every table begins with filing (int64) and park (string)
TABLES: dict[str, dict[str, str]] = {
    "names": {"name": "string"},  # park id, its names, codes and names of its members, folded
    "fences": {"valid_from": "date", "valid_to": "date", "shape": "string"},  # GeoJSON text
    "cells": {"cell": "string"},  # squares of a grid that a fence touches: neighbours meet here
    "mothers": {"mother": "string"},  # of a park in a park: the park it lies in, as written there, folded
    "spells": {"code": "string", "name": "string", "start": "date", "end": "date", "reason": "string", "row_id": "string"},
    "successors": {"before": "string", "after": "string"},
    "uses": {
        "registry": "string",
        "prefix": "string",
        "first": "int64",
        "last": "int64",
        "beneficiary": "string",
        "used_by": "string",
        "year": "string",
        "row_id": "string",
    },
    "plants": {
        "plant": "string",
        "name": "string",
        "year": "string",
        "capacity": "quantity",  # MW
        "total": "quantity",  # MWh a year
        "share": "factor",
        "row_id": "string",
    },
    "deliveries": {"plant": "string", "hour": "timestamp", "kwh": "quantity"},
    "outputs": {"link": "string", "code": "string", "product": "string", "year": "string", "quantity": "quantity", "unit": "string"},
    "years": {"year": "string"},  # years for which anything is produced or used
    "capacities": {
        "link": "string",
        "code": "string",
        "source": "string",
        "kind": "string",
        "capacity": "factor",
        "unit": "string",
        "start": "date",
        "end": "date",
    },
    "series": {"series": "string", "code": "string", "what": "string", "year": "string", "monthly": "text_list"},
    "bands": {"series": "string", "band": "int64"},
    "measures": {"ruler": "string", "item": "string", "unit": "string", "lower": "bool", "low": "string", "high": "string"},
}  # fmt: skip


@dataclass(frozen=True)
class ParkFacts:
    """One park as the registry takes it: `head` is what the report says of it, `tables` rows (or an arrow table) by name.

    Rows carry neither filing nor park: the registry puts them there. Shapes: `TABLES`.
    """

    park: str
    head: Mapping[str, Any]
    tables: Mapping[str, Sequence[Row] | pa.Table] = field(repr=False)


def schema(table: str) -> pa.Schema:
    """The arrow schema of a table of the registry."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int64": pa.int64(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us"),
        "quantity": pa.decimal128(18, 6),
        "factor": pa.decimal128(19, 12),
        "bool": pa.bool_(),
        "text_list": pa.list_(pa.string()),
    }
    columns = {FILING: "int64", PARK: "string", **TABLES[table]}
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def arrow(table: str, facts: ParkFacts, filing: int) -> pa.Table | None:
    """The rows of one table of a park with its filing; None where it has none."""
    import pyarrow as pa

    rows = facts.tables.get(table, ())
    if not len(rows):
        return None
    wanted = schema(table)
    if isinstance(rows, pa.Table):
        heads = [pa.array([filing] * len(rows), pa.int64()), pa.array([facts.park] * len(rows), pa.string())]
        return pa.Table.from_arrays([*heads, *(rows[name] for name in TABLES[table])], names=wanted.names).cast(wanted)
    return pa.Table.from_pylist([{FILING: filing, PARK: facts.park, **row} for row in rows], schema=wanted)
