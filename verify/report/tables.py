"""What the tables of the report need beyond a row of the facts: groups, sums over columns, orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from verify.canonical import decimal_text, exact
from verify.report import findings_text
from verify.report.glance import SEVERITIES
from verify.report.reader import Reader
from verify.words import catalogue

FENCE = ("purchased", "primary_production", "stock_change", "sold")
USE = ("final_use", "transformation_in", "feedstock", "loss", "bunker", "other", "transformation_out", "recovered")
LISTED_PER_CODE = 50  # findings of one code on the page; report.json and SARIF hold all
LISTED_ROWS = 200  # excluded rows on the page
TAKEN_OFF = frozenset({"sold", "transformation_out", "recovered"})


def findings(reader: Reader) -> Iterator[tuple[str, int, list[dict[str, Any]]]]:
    """Findings by severity, and inside one by code: (severity, number of findings, groups).

    The words of a code stand once, its findings below each other. What is listed of a code is capped, and says so.
    """
    known: set[str] = set()  # a code may stand under two severities: the graver one is what links lead to
    for severity in SEVERITIES:
        rows = [row for row in reader.facts["findings"] if row["severity"] == severity]
        codes = dict.fromkeys(row["code"] for row in rows)  # in the order of the facts: by the size of the effect
        if rows:
            yield (
                severity,
                len(rows),
                [
                    _group(reader, code, [row for row in rows if row["code"] == code])
                    | {"anchor": "" if code in known else f"f-{code}"}
                    for code in codes
                ],
            )
            known |= codes.keys()


def _group(reader: Reader, code: str, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    words = findings_text.words_of(code)
    return {
        "code": code,
        "title": findings_text.title(code, reader),
        "alias": words.get("alias") or "",
        "cite": reader.cite(words.get("cite")),
        **{key: findings_text.part(code, key, reader) for key in ("why", "mend", "proves", "does_not_prove")},
        "count": len(rows),
        "findings": [_finding(reader, row) for row in rows[:LISTED_PER_CODE]],
    }


def _finding(reader: Reader, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "says": findings_text.says(row, reader),
        "effect": row["effect"],
        "places": [reader.place(row_id) for row_id in row["row_ids"]],
        "rows": row["rows"],
        "shown": row["places_shown"],
    }


def open_points(reader: Reader) -> list[dict[str, Any]]:
    """Every open point with its readings and the verdicts each turns (table T6); those that turn one come first.

    `of` is the indicator whose value the readings carry: the core indicator, else the first that rests on the point; the
    total under a ruler without indicators; None where the point moves nothing, and then the readings are only named. What
    a point does to the total is `unknown` where the public report keeps the values of the readings back.
    """
    unknown = not reader.facts["indicators"] and reader.held("parameters.value", "indicators")
    turns: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for indicator in reader.facts["indicators"]:
        for flip in indicator["flips"]:
            turns.setdefault((flip["parameter"], flip["reading"]), []).append({**flip, "indicator": indicator})
    points = []
    for point in reader.facts["parameters"]:
        rows = [{**reading, "turns": turns.get((point["id"], reading["reading"]), [])} for reading in point["readings"]]
        moved = [row for row in reader.facts["indicators"] if point["id"] in row["rests_on"]]
        moved.sort(key=lambda row: row["kind"] != "core")
        of = moved[0] if moved else _total(reader, rows)
        turning = any(row["turns"] for row in rows)
        for row in rows:  # what the reading does to `of` stands in its own columns
            row["turns_others"] = [flip for flip in row["turns"] if flip["indicator"] is not of]
        others = any(row["turns_others"] for row in rows)
        points.append(
            {
                **point,
                "rows": rows,
                "turning": turning,
                "of": of,
                "others": others,
                "safe": _conservative(point),
                "unknown": unknown,
            }
        )
    return sorted(points, key=lambda point: (not point["turning"], point["of"] is None))


def _total(reader: Reader, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The total in the shape of an indicator, where there is none and the readings move the total."""
    if reader.facts["indicators"] or len({row["value"] for row in rows}) < 2:
        return None
    return {"title": catalogue("report")["item.total.tco2"], "unit": reader.mass_unit, "limit": None}


def _conservative(point: Mapping[str, Any]) -> set[str]:
    """The conservative readings: the one named, or those with the highest or lowest value."""
    named = point["conservative"]
    known = {row["reading"]: exact(row["value"]) for row in point["readings"] if row["value"] is not None}
    if named not in {"higher", "lower"} or not known:
        return {named}
    end = max(known.values()) if named == "higher" else min(known.values())
    return {reading for reading, value in known.items() if value == end}


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
        "rows": [
            {
                "id": key,
                "name": names[key],
                "cells": [_text(cells[key].get(term)) for term in terms],
                "sum": _text(sums[key]),
            }
            for key in order
        ],
        "totals": [row["tco2"] for row in reader.facts["terms"]],
        "total": _text(total),
    }


def account(carrier: Mapping[str, Any]) -> dict[str, Any]:
    """One carrier as an account: lines of both sides beside each other, each with the sign it counts with, and the sums.

    Lines that are zero are left out; a shorter side is filled with None.
    """
    fence, use = (_side(carrier[side], names) for side, names in (("fence", FENCE), ("use", USE)))
    return {
        "rows": list(zip_longest(fence or [("nothing", "0")], use or [("nothing", "0")])),
        "sums": [_text(sum((exact(value) for _, value in side), Fraction(0))) for side in (fence, use)],
    }


def _side(amounts: Mapping[str, str], names: tuple[str, ...]) -> list[tuple[str, str]]:
    signed = [(name, -exact(amounts[name]) if name in TAKEN_OFF else exact(amounts[name])) for name in names]
    return [(name, decimal_text(value, 6)) for name, value in signed if value]


def energy_total(reader: Reader) -> dict[str, str | None]:
    """The sums of both sides over the carriers."""
    return {
        key: _text(sum((exact(row[key]) for row in reader.facts["energy"]), Fraction(0)))
        for key in ("tce_fence", "tce_use", "difference")
    }


def covered(run: Mapping[str, Any]) -> str | None:
    """The share of the population's tonnes that a check looked at; None where there are none."""
    if run["tco2_population"] is None or run["tco2_tested"] is None or not exact(run["tco2_population"]):
        return None
    return decimal_text(exact(run["tco2_tested"]) / exact(run["tco2_population"]), 12)


def zero_totals(reader: Reader) -> dict[str, str | None]:
    """Sums of the zero register in the reporting year: counted, at default, below default, of it unproven."""
    lines = [row for row in reader.facts["zero_register"] if row["year"] == reader.facts["year"]]
    sums = {
        key: _text(sum((exact(row[key]) for row in lines), Fraction(0)))
        for key in ("tco2", "default_tco2", "below_default_tco2")
    }
    return sums | {
        "unproven": _text(sum((exact(row["below_default_tco2"]) for row in lines if not row["proven"]), Fraction(0)))
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value, 6)
