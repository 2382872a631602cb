"""Small submissions for the tests: a sound park to start from, and ways to hand it in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

PARK = "id: T-1\nid_scheme: free\nbase_year: '2025'\nreporting_year: '2027'\n"
Row = dict[str, str]
Tables = dict[str, list[Row]]

SOUND: Tables = {
    "enterprises": [
        {"enterprise_id": "A", "name": "甲厂", "industry_code": "2614", "from": "", "to": ""},
        {"enterprise_id": "B", "name": "乙厂", "industry_code": "4420", "from": "2025-01-01", "to": ""},
    ],
    "sources": [{"source_id": "boiler", "enterprise_id": "A", "kind": "boiler"}],
    "meters": [{"meter_id": "M1", "carrier": "natural_gas", "calibrated_on": "2026-05-01"}],
    "evidence": [{"evidence_id": "E1", "kind": "gas_bill", "file": "", "sha256": ""}],
    "activity": [
        {"period": "2027-01", "from": "", "to": "", "enterprise_id": "A", "source_id": "boiler", "carrier": "natural_gas",
         "flow": "purchased", "activity_type": "", "supply": "", "counterparty": "outside", "quantity": "120.5",
         "unit": "10^4Nm3", "ncv": "389.31", "pressure": "", "temperature": "", "condensate_returned": "",
         "condensate_temperature": "", "biogenic_fraction": "", "uncertainty_pct": "2", "meter_id": "M1", "evidence_id": "E1"},
        {"period": "2027-01", "from": "", "to": "", "enterprise_id": "A", "source_id": "boiler", "carrier": "natural_gas",
         "flow": "final_use", "activity_type": "终端消费", "supply": "", "counterparty": "", "quantity": "120.5",
         "unit": "10^4Nm3", "ncv": "389.31", "pressure": "", "temperature": "", "condensate_returned": "",
         "condensate_temperature": "", "biogenic_fraction": "", "uncertainty_pct": "", "meter_id": "", "evidence_id": ""},
        {"period": "2027-02", "from": "", "to": "", "enterprise_id": "B", "source_id": "", "carrier": "electricity",
         "flow": "purchased", "activity_type": "", "supply": "grid", "counterparty": "outside", "quantity": "380",
         "unit": "GWh", "ncv": "", "pressure": "", "temperature": "", "condensate_returned": "",
         "condensate_temperature": "", "biogenic_fraction": "", "uncertainty_pct": "", "meter_id": "", "evidence_id": ""},
    ],
}  # fmt: skip


def sound() -> Tables:
    """A park that raises nothing."""
    return deepcopy(SOUND)


def changed(table: str, row: int, **cells: str) -> Tables:
    """The sound park with some cells of one row changed."""
    tables = sound()
    tables[table][row] |= cells
    return tables


def with_row(table: str, **cells: str) -> Tables:
    """The sound park with one row more."""
    tables = sound()
    blank = dict.fromkeys(tables[table][0], "") if tables.get(table) else {}
    tables.setdefault(table, []).append({**blank, **cells})
    return tables


def csv_text(rows: Sequence[Mapping[str, str]], headings: Mapping[str, str] | None = None) -> str:
    """Rows as CSV, with other headings if given."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = list(rows[0]) if rows else []
    writer.writerow([(headings or {}).get(column, column) for column in columns])
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return out.getvalue()


def folder(path: Path, tables: Tables, *, park: str = PARK, encoding: str = "utf-8", **files: str) -> Path:
    """A folder of CSV files; `files` are further files by name with ``__`` for the dot."""
    path.mkdir(parents=True, exist_ok=True)
    if park:
        (path / "park.yaml").write_text(park, encoding="utf-8")
    for table, rows in tables.items():
        (path / f"{table}.csv").write_bytes(csv_text(rows).encode(encoding))
    for name, text in files.items():
        (path / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return path


def found(submission: Any) -> set[tuple[str, str, str, int]]:
    """Code, table, column and line of every finding."""
    return {(one.code, one.table, one.column, one.place.line if one.place else 0) for one in submission.findings}


def codes(submission: Any) -> set[str]:
    """The codes of the findings."""
    return set(submission.finding_counts)
