"""A submission as a folder: CSV files in the encoding that a park's programs write, or Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from verify.submission.contract import Column, Contract
from verify.submission.template.book import chosen
from verify.submission.template.guide_sheets import DICTIONARY, described, need, steps
from verify.submission.template.packing import write_folder
from verify.submission.template.park_text import park_yaml
from verify.submission.template.tongues import Tongue, languages, plain_heading, text, told
from verify.submission.template.values import Row, as_text

Encoding = Literal["utf-8", "utf-8-sig", "gb18030"]
_PLAIN = re.compile(r"-?\d{1,20}(\.\d{1,12})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def write_csv_folder(
    target: Path,
    *,
    language: Tongue = "both",
    tables: Sequence[str] | None = None,
    rows: Mapping[str, Iterable[Row]] | None = None,
    park: Mapping[str, Any] | None = None,
    encoding: Encoding = "utf-8-sig",
) -> None:
    """A folder with park.yaml, a CSV file per table and a guide (README.md). Arguments and errors as in `write_workbook`.

    `encoding` is that of the CSV files (``utf-8-sig`` opens rightly in Excel); park.yaml and the guide are UTF-8.
    """
    wanted = chosen(tables, rows)
    files = {"README.md": _guide(wanted, language), "park.yaml": park_yaml(park, language)}
    for contract in wanted:
        stem = contract.title.zh if language == "zh" else contract.table
        files[f"{stem}.csv"] = _csv(contract, (rows or {}).get(contract.table, ()), language).encode(encoding)
    write_folder(target, files)


def write_parquet_folder(
    target: Path, *, rows: Mapping[str, Iterable[Row]], park: Mapping[str, Any], language: Tongue = "en"
) -> None:
    """A folder with park.yaml and a Parquet file per table of `rows`; headings are column ids.

    A column whose every value is plainly a number or a day is stored as decimal or date, the others as text.
    """
    files = {"park.yaml": park_yaml(park, language)}
    for contract in chosen((), rows):
        files[f"{contract.table}.parquet"] = _parquet(contract, list(rows[contract.table]))
    write_folder(target, files)


def _csv(contract: Contract, rows: Iterable[Row], tongue: Tongue) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([plain_heading(column, tongue) for column in contract.columns.values()])
    for row in rows:
        writer.writerow([as_text(column, row.get(name), tongue) for name, column in contract.columns.items()])
    return out.getvalue()


def _parquet(contract: Contract, rows: Sequence[Row]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        name: _column(column, [str(row.get(name) if row.get(name) is not None else "") for row in rows])
        for name, column in contract.columns.items()
    }
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return bytes(sink.getvalue())


def _column(column: Column, texts: list[str]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    filled = [one for one in texts if one]
    blank_is_null = pa.array([one or None for one in texts], type=pa.string())
    if filled and column.type in ("quantity", "decimal", "share", "percent") and all(map(_PLAIN.fullmatch, filled)):
        return pc.cast(blank_is_null, pa.decimal128(38, 12))
    if filled and column.type == "date" and all(map(_DAY.fullmatch, filled)):
        try:
            return pc.cast(blank_is_null, pa.date32())
        except pa.ArrowInvalid:  # 2027-02-30
            return blank_is_null
    return blank_is_null


def _guide(tables: Sequence[Contract], tongue: Tongue) -> bytes:
    """How to fill the folder, and the data dictionary."""
    lines = []
    for language in languages(tongue):
        lines += [f"# {told('readme_title', language)}", "", *(f"{step}\n" for step in steps("folder", language))]
    for contract in tables:
        lines += [
            f"## {text(contract.title, tongue)} ({contract.table}.csv): {need(contract, tongue)}",
            "",
            text(contract.doc, tongue, "\n\n"),
            "",
        ]
        heads = [told(f"dictionary_{one}", tongue) for one in DICTIONARY[1:]]
        lines += [_markdown(heads), _markdown(["---"] * len(heads))]
        for name, column in contract.columns.items():
            lines.append(_markdown(described(contract, name, column, tongue)[1:]))
        lines.append("")
    return "\n".join(lines).encode("utf-8")


def _markdown(cells: Sequence[str]) -> str:
    plain = (re.sub(r"\s*\n\s*", " / ", cell).replace("|", "\\|") for cell in cells)
    return "| " + " | ".join(plain) + " |"
