"""What the tables of the report need beyond a row of the facts: groups, sums over columns, orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text, exact
from verify.report import findings_text
from verify.report.glance import SEVERITIES
from verify.report.reader import Reader

FENCE = ("purchased", "primary_production", "stock_change", "sold")
USE = ("final_use", "transformation_in", "feedstock", "loss", "bunker", "other", "transformation_out", "recovered")
TAKEN_OFF = frozenset({"sold", "transformation_out", "recovered"})


def findings(reader: Reader) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Findings by severity with their words, clause and places; severities without findings are left out."""
    for severity in SEVERITIES:
        rows = [_finding(reader, row) for row in reader.facts["findings"] if row["severity"] == severity]
        if rows:
            yield severity, rows


def _finding(reader: Reader, row: Mapping[str, Any]) -> dict[str, Any]:
    code = row["code"]
    return {
        "code": code,
        "title": findings_text.title(code, reader),
        "says": findings_text.says(row, reader),
        "subject": reader.name("subject", row["subject"]),
        "period": row["period"],
        "effect": row["effect"],
        "cite": reader.cite(findings_text.words_of(code).get("cite")),
        "alias": findings_text.words_of(code).get("alias") or "",
        **{key: findings_text.part(code, key, reader) for key in ("why", "mend", "proves", "does_not_prove")},
        "places": [reader.place(row_id) for row_id in row["row_ids"]],
        "rows": row["rows"],
        "shown": row["places_shown"],
    }


def open_points(reader: Reader) -> list[dict[str, Any]]:
    """Every open point with its readings and the verdicts each turns; those that turn one come first (table T6)."""
    turns: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for indicator in reader.facts["indicators"]:
        for flip in indicator["flips"]:
            turns.setdefault((flip["parameter"], flip["reading"]), []).append({**flip, "indicator": indicator})
    points = [
        {**point, "turning": any(key == point["id"] for key, _ in turns), "rows": [{**reading, "turns": turns.get((point["id"], reading["reading"]), [])} for reading in point["readings"]]}
        for point in reader.facts["parameters"]
    ]
    return sorted(points, key=lambda point: not point["turning"])


def core(reader: Reader) -> Mapping[str, Any] | None:
    """The core indicator, whose value every reading carries."""
    return next((row for row in reader.facts["indicators"] if row["kind"] == "core"), None)


def matrix(reader: Reader) -> dict[str, Any]:
    """Emissions by enterprise and term (table T3), the largest enterprise first; every cell an exact sum."""
    terms = [row["term"] for row in reader.facts["terms"]]
    cells: dict[str, dict[str, Fraction]] = {}
    names: dict[str, str] = {}
    for term in reader.facts["terms"]:
        for part in term["by_enterprise"]:
            names[part["enterprise_id"]] = part["name"]
            row = cells.setdefault(part["enterprise_id"], {})
            row[term["term"]] = row.get(term["term"], Fraction(0)) + exact(part["tco2"])
    sums = {key: sum(row.values(), Fraction(0)) for key, row in cells.items()}
    order = sorted(cells, key=lambda key: (-sums[key], key))
    total = sum((exact(row["tco2"]) for row in reader.facts["terms"]), Fraction(0))
    return {
        "terms": terms,
        "rows": [{"id": key, "name": names[key], "cells": [_text(cells[key].get(term)) for term in terms], "sum": _text(sums[key])} for key in order],
        "totals": [row["tco2"] for row in reader.facts["terms"]],
        "total": _text(total),
    }


def account(carrier: Mapping[str, Any]) -> dict[str, Any]:
    """One carrier as an account with two sides: the lines that are not zero, each with the sign it counts with."""
    sides = {}
    for side, names in (("fence", FENCE), ("use", USE)):
        lines = [(name, carrier[side][name]) for name in names if exact(carrier[side][name])]
        total = sum((-exact(value) if name in TAKEN_OFF else exact(value) for name, value in lines), Fraction(0))
        sides[side] = {"lines": [(name, decimal_text(-exact(value), 6) if name in TAKEN_OFF else value) for name, value in lines], "total": _text(total)}
    return sides


def energy_total(reader: Reader) -> dict[str, str | None]:
    """The sums of both sides over the carriers."""
    return {key: _text(sum((exact(row[key]) for row in reader.facts["energy"]), Fraction(0))) for key in ("tce_fence", "tce_use", "difference")}


def covered(run: Mapping[str, Any]) -> str | None:
    """The share of the population's tonnes that a check looked at; None where there are none."""
    if run["tco2_population"] is None or run["tco2_tested"] is None or not exact(run["tco2_population"]):
        return None
    return decimal_text(exact(run["tco2_tested"]) / exact(run["tco2_population"]), 12)


def zero_totals(reader: Reader) -> dict[str, str | None]:
    """Sums of the zero register in the reporting year: counted, at default, below default, of it unproven."""
    lines = [row for row in reader.facts["zero_register"] if row["year"] == reader.facts["year"]]
    sums = {key: _text(sum((exact(row[key]) for row in lines), Fraction(0))) for key in ("tco2", "default_tco2", "below_default_tco2")}
    return sums | {"unproven": _text(sum((exact(row["below_default_tco2"]) for row in lines if not row["proven"]), Fraction(0)))}


def _text(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value, 6)
