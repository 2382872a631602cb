"""From the canonical tables of one park to what a registry keeps of it. Pure; the caller reads the tables.

Shapes: `rows` maps a table of the submission to its rows as dictionaries (dates, decimals, texts as the door made them);
`deliveries` is an arrow table of meter_id, hour (timestamp, its start), kwh.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from verify.ledger.serials import folded, series
from verify.registry.facts import ParkFacts, Row
from verify.registry.ground import cells_of
from verify.registry.sketch import bands, worth_comparing
from verify.submission import Park

if TYPE_CHECKING:
    import pyarrow as pa

Rows = Mapping[str, Sequence[Row]]
READ = (
    *("enterprises", "lineage", "sources", "production", "activity"),
    *("certificate_events", "generators"),
)  # tables of a submission that a registry reads; readings come as deliveries


def facts_of(
    park: Park,
    rows: Rows,
    rules: Mapping[str, Mapping[str, Any]],
    *,
    head: Mapping[str, Any],
    shapes: Sequence[Mapping[str, Any]] = (),
    deliveries: pa.Table | None = None,
    measures: Sequence[Row] = (),
) -> ParkFacts:
    """The facts of one park. `rules`: parameters of the checks by code; `shapes`: its fences as {from, to, geojson}."""
    year = str(head["year"])
    tables: dict[str, Any] = {
        "names": [{"name": name} for name in sorted(_names(park, rows))],
        "fences": [
            {"valid_from": one["from"], "valid_to": one["to"], "shape": json.dumps(one["geojson"])} for one in shapes
        ],
        "cells": [{"cell": cell} for cell in sorted({cell for one in shapes for cell in cells_of(one["geojson"])})],
        "mothers": [{"mother": folded(park.mother_park)}] if park.kind == "park_in_park" and park.mother_park else [],
        "spells": [_spell(one) for one in rows.get("enterprises", ())],
        "successors": [
            {"before": folded(one["predecessor"]), "after": folded(one["successor"])} for one in rows.get("lineage", ())
        ],
        "uses": list(_uses(rows.get("certificate_events", ()), rules["TZ-REG-01"])),
        "plants": [_plant(one, year) for one in rows.get("generators", ())],
        "outputs": list(_outputs(rows, rules["TZ-REG-04"])),
        "years": [{"year": one} for one in sorted(_years(rows))],
        "capacities": list(_capacities(rows)),
        "measures": list(measures),
    }
    tables["series"], tables["bands"] = _series(rows, rules["TZ-REG-08"])
    if deliveries is not None and len(deliveries):
        tables["deliveries"] = _delivered(rows.get("generators", ()), deliveries)
    return ParkFacts(park.id, head, tables)


def plant_key(row: Row) -> str:
    """One plant over parks: its name (else its id) and where it stands to two places of a degree, about 1 km."""
    site = "/".join("" if row[key] is None else f"{row[key]:.2f}" for key in ("longitude", "latitude"))
    return f"{folded(row['name'] or row['generator_id'])}|{site}"


def _names(park: Park, rows: Rows) -> set[str]:
    """Every name under which the park and its members are known, folded."""
    members = {text for one in rows.get("enterprises", ()) for text in (one["enterprise_id"], one["name"])}
    return {folded(text) for text in {park.id, park.names.zh, park.names.en, *members} if text}


def _spell(row: Row) -> Row:
    return {
        "code": folded(row["enterprise_id"]),
        "name": row["name"],
        "start": row["from"],
        "end": row["to"],
        "reason": row["reason"],
        "row_id": row["row_id"],
    }


def _uses(events: Iterable[Row], params: Mapping[str, Any]) -> Iterator[Row]:
    for one in events:
        if one["event"] != params["event"] or one["first"] is None or one["last"] is None:
            continue
        registry, prefix = series(one)
        yield {
            "registry": registry,
            "prefix": prefix,
            "first": int(one["first"]),
            "last": int(one["last"]),
            "beneficiary": folded(one["beneficiary"]),
            "used_by": folded(one["used_by"]),
            "year": (one["used_for_period"] or "")[:4],
            "row_id": one["row_id"],
        }


def _plant(row: Row, year: str) -> Row:
    return {
        "plant": plant_key(row),
        "name": row["name"] or row["generator_id"],
        "year": year,
        "capacity": row["capacity"],
        "total": row["total_mwh"],
        "share": row["share"],
        "row_id": row["row_id"],
    }


def _delivered(generators: Iterable[Row], hours: pa.Table) -> pa.Table:
    """Deliveries by plant: what the receiving meter of a plant counted, hour by hour."""
    import pyarrow as pa
    import pyarrow.compute as pc

    keys = {one["receiving_meter_id"]: plant_key(one) for one in generators if one["receiving_meter_id"]}
    parts = []
    for meter, plant in sorted(keys.items()):
        rows = hours.filter(pc.equal(hours["meter_id"], meter))
        named = pa.array([plant] * len(rows), pa.string())
        parts.append(pa.table({"plant": named, "hour": rows["hour"], "kwh": rows["kwh"]}))
    empty = pa.table({"plant": pa.array([], pa.string()), "hour": hours["hour"][:0], "kwh": hours["kwh"][:0]})
    return pa.concat_tables([empty, *parts])


def _links(row: Row) -> list[str]:
    """What ties works of two parks together: the same legal person, or the same group."""
    code, group = folded(row["enterprise_id"]), folded(row["group_id"] or "")
    return [f"code:{code}", *([f"group:{group}"] if group else [])]


def _member_links(rows: Rows) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in rows.get("enterprises", ()):
        found.setdefault(one["enterprise_id"], []).extend(_links(one))
    return {code: sorted(set(links)) for code, links in found.items()}


def _outputs(rows: Rows, params: Mapping[str, Any]) -> Iterator[Row]:
    links = _member_links(rows)
    sums: dict[tuple[str, str, str, str], Decimal] = defaultdict(Decimal)
    for one in rows.get("production", ()):
        if (one["flow"] or params["flow"]) == params["flow"] and one["quantity"] is not None:
            sums[one["enterprise_id"], one["product"], one["period"][:4], one["unit"]] += one["quantity"]
    for (code, product, year, unit), quantity in sorted(sums.items()):
        for link in links.get(code, []):
            plain = {"code": folded(code), "product": product, "year": year, "quantity": quantity, "unit": unit}
            yield {"link": link, **plain}


def _years(rows: Rows) -> set[str]:
    return {one["period"][:4] for table in ("production", "activity") for one in rows.get(table, ())}


def _capacities(rows: Rows) -> Iterator[Row]:
    links = _member_links(rows)
    for one in rows.get("sources", ()):
        if one["capacity"] is None or not one["capacity"]:
            continue
        owner = [f"code:{folded(one['owner_id'])}"] if one["owner_id"] else []
        for link in sorted({*links.get(one["enterprise_id"], []), *owner}):
            yield {
                "link": link,
                "code": folded(one["enterprise_id"]),
                "source": one["source_id"],
                "kind": folded(one["process"] or one["kind"]),
                "capacity": one["capacity"],
                "unit": one["unit"],
                "start": one["commissioned"],
                "end": one["retired"],
            }


def _series(rows: Rows, params: Mapping[str, Any]) -> tuple[list[Row], list[Row]]:
    """Years of twelve months that vary enough to be known again, and their sketches."""
    months: dict[tuple[str, str, str], dict[int, Decimal]] = defaultdict(dict)
    for table, flows, what in (("activity", params["flows"], "carrier"), ("production", [params["made"]], "product")):
        for one in rows.get(table, ()):
            period, flow = one["period"], one["flow"] or params["made"]
            if flow in flows and len(period) == len("2027-01") and one["quantity"] is not None:
                key = (one["enterprise_id"], f"{one['source_id']}|{one[what]}|{flow}", period[:4])
                at = int(period[5:])
                months[key][at] = months[key].get(at, Decimal(0)) + one["quantity"]
    found: list[Row] = []
    sketches: list[Row] = []
    for (code, what, year), by_month in sorted(months.items()):
        values = [by_month[month] for month in sorted(by_month)]
        if worth_comparing(values, year, params):
            name = f"{folded(code)}|{what}|{year}"
            plain = [str(value) for value in values]
            found.append({"series": name, "code": folded(code), "what": what, "year": year, "monthly": plain})
            sketches += [{"series": name, "band": band} for band in bands(values, params)]
    return found, sketches
