"""read: a folder, a workbook or a zip becomes a `Submission` in the engine. One run finds every fault."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from verify.engine import Engine
from verify.submission import evidence_files
from verify.submission.coerce.steam import SteamValues
from verify.submission.contract import OneOf, contracts
from verify.submission.door import Ingest, Resolved, TableStore, resolve
from verify.submission.door.ingest import MEMORY, SPILL_ROWS
from verify.submission.door.references import Known, dangling
from verify.submission.door.spells import outside, overlapping
from verify.submission.findings import SubmissionFinding, cut, grouped, severity_of
from verify.submission.gather import UNREADABLE, Gathered, gather
from verify.submission.handover import canonical, dispositions
from verify.submission.model import DISPOSITIONS, ExcludedRow, Source, Submission
from verify.submission.places import Place, PlaceIndex
from verify.submission.readers import entries
from verify.submission.typed import FaultLog, Logged

MISSING_TABLE = "TZ-SUB-02"
_TAKES_NOTHING = frozenset({"TZ-SUB-14", "TZ-SUB-23"})  # a second copy, a time outside the membership
_LISTED_EXCLUDED = 5_000  # per table
_LARGE = 64 * 1024 * 1024  # bytes of arrow tables at once; fifty enterprises by the month hold some ten
_ABOUT = (
    "year",
    "period",
    "enterprise_id",
    "source_id",
    "carrier",
    "flow",
    "activity_type",
    "product",
    "quantity",
    "unit",
)


def read(
    path: Path,
    *,
    engine: Engine,
    workdir: Path,
    values: SteamValues | None = None,
    progress: Callable[[str], None] | None = None,
    spill_rows: int = SPILL_ROWS,
    memory: str = MEMORY,
) -> Submission:
    """Read and check the submission at `path` and put its tables into `engine`.

    `workdir` takes large tables as Parquet and must live as long as the engine. `values` are the ruler's values for steam by
    the tonne; without them such rows are left out. `spill_rows` and `memory` bound what is held while reading.

    Raises Unreadable where nothing can be read (no file, hostile zip, no park, no table) and Located for a park.yaml with
    errors; everything else is a finding.
    """
    workdir.mkdir(parents=True, exist_ok=True)
    files = entries(path)
    ingest = Ingest(workdir, memory=memory)
    try:
        with _without_cycle_search():
            gathered = gather(files, ingest, steam=values, spill_rows=spill_rows, progress=progress or (lambda _: None))
        _give_back()
        handed_in = _handed_in(gathered)
        _required(gathered.stores, gathered.log)
        named = {entry.name: entry for entry in files}
        evidence_files.compare(gathered.stores.get("evidence"), named, ingest, gathered.log)
        marks = evidence_files.marks(gathered.stores.get("evidence"), named, ingest)
        resolved = _resolved(gathered, handed_in, ingest)
        places = PlaceIndex(gathered.sheets, resolved)
        found = list(_findings(gathered, resolved, ingest, places))
        excluded = tuple(row for one in resolved.values() for row in _excluded(one, ingest))
    finally:
        ingest.close()
    shown = cut(found)
    park = gathered.park
    tables = {table: canonical(one, resolved.get(table), park.id, engine) for table, one in contracts().items()}
    fates = dispositions(resolved, park.id, engine)
    gathered.stores.clear()
    places.settle()
    _give_back()
    return Submission(
        id=park.id,
        park=park,
        tables=tables,
        handed_in=handed_in,
        dispositions=fates,
        disposition_counts={table: _counts(one) for table, one in resolved.items() if table in handed_in},
        excluded=excluded,
        findings=tuple(shown),
        finding_groups=grouped(shown, gathered.log.counts),
        finding_counts=dict(sorted(gathered.log.by_code().items())),
        places=places,
        sources=tuple(Source(entry.name, *entry.digest()) for entry in files),
        park_marks=gathered.park_marks,
        paper_marks=marks,
        set_aside={table: tuple(headings) for table, headings in gathered.set_aside.items()},
    )


@contextmanager
def _without_cycle_search() -> Iterator[None]:
    """Rows are millions of small lists without cycles; searching them for cycles takes longer than reading them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _give_back() -> None:
    """What reading held goes back to the system before the engine takes its share; of a small submission that is nothing,
    and the search for cycles would take longer than the reading."""
    import pyarrow as pa

    pool = pa.default_memory_pool()
    if (pool.max_memory() or 0) > _LARGE:
        gc.collect()
    pool.release_unused()


def _handed_in(gathered: Gathered) -> frozenset[str]:
    """Tables with a row, and those that could not be read, of which nobody knows how many they have.

    A sheet of headings alone, such as a template left blank, says as little as no sheet: a declaration that there is
    nothing is signed in park.yaml, and one submission has one digest with or without its spare sheets.
    """
    unread = {one.table for one in gathered.log.listed if one.code == UNREADABLE}
    return frozenset(table for table, store in gathered.stores.items() if store.rows or table in unread)


def _required(stores: Mapping[str, TableStore], log: FaultLog) -> None:
    """Enterprises, and activity or emissions, with at least one row."""
    wanted: list[tuple[str, list[str]]] = []
    for table, contract in contracts().items():
        if contract.required == "always":
            wanted.append((table, [table]))
        elif isinstance(contract.required, OneOf) and contract.required.one_of[0] == table:
            wanted.append((table, contract.required.one_of))
    for table, alternatives in wanted:
        if not any(stores[one].rows for one in alternatives if one in stores):
            reason = "empty_table" if any(one in stores for one in alternatives) else "missing_table"
            log.add(Logged(MISSING_TABLE, table, "", "", {"reason": reason, "tables": ", ".join(alternatives)}, -1, 0))


def _resolved(gathered: Gathered, handed_in: frozenset[str], ingest: Ingest) -> dict[str, Resolved]:
    """Every table that is there with the fate of its rows, in the order of the contract."""
    stores = dict(gathered.stores)
    for table in ("enterprises", "evidence"):  # what is not there holds no id
        if table not in stores:
            stores[table] = TableStore(contracts()[table], ingest)
            stores[table].finish()
    known = Known(stores, handed_in, ingest)
    found = {}
    for table in contracts():
        if table in gathered.stores:
            store = stores[table]
            conditions = [
                *dangling(store.contract, known),
                *overlapping(store.contract, store.name),
                *outside(store.contract, stores["enterprises"].name, ingest),
            ]
            found[table] = resolve(store, conditions, ingest, gathered.log)
    return found


def _findings(
    gathered: Gathered, resolved: Mapping[str, Resolved], ingest: Ingest, places: PlaceIndex
) -> Iterable[SubmissionFinding]:
    """The listed faults with their row ids, subjects and places."""
    by_table: dict[str, list[Logged]] = {}
    for one in gathered.log.listed:
        by_table.setdefault(one.table, []).append(one)
    for table, logged in by_table.items():
        rows = _rows_of(resolved.get(table), logged, ingest)
        for one in logged:
            row_id, subject, period, disposition = rows.get((one.sheet, one.line), ("", "", "", ""))
            places.remember(row_id, one.column)
            place = places.place(one.sheet, one.line, one.column) if one.sheet >= 0 else Place("")
            severity = severity_of(one.code)
            yield SubmissionFinding(
                one.code,
                severity,
                table,
                row_id,
                subject,
                period,
                one.column,
                one.raw,
                dict(one.arguments),
                place,
                disposition,
            )


def _rows_of(
    one: Resolved | None, logged: list[Logged], ingest: Ingest
) -> dict[tuple[int, int], tuple[str, str, str, str]]:
    """Row id, enterprise, period and disposition of each place that a fault was found at."""
    import pyarrow as pa

    if one is None:
        return {}
    places = list({(fault.sheet, fault.line) for fault in logged if fault.line})
    if not places:
        return {}
    wanted = pa.table({"_sheet": [sheet for sheet, _ in places], "_line": [line for _, line in places]})
    ingest.put(f"found_{one.contract.table}", wanted)
    about = ", ".join(name if name in one.contract.columns else "''" for name in ("enterprise_id", "period"))
    rows = ingest.rows(
        f"select _sheet, _line, row_id, {about}, _disposition from {one.relation} join found_{one.contract.table} using (_sheet, _line)"
    )
    return {(sheet, line): (row_id, enterprise, period, fate) for sheet, line, row_id, enterprise, period, fate in rows}


def _counts(one: Resolved) -> dict[str, int]:
    return dict(zip(DISPOSITIONS, (one.used, one.excluded, one.blocking), strict=True))


def _excluded(one: Resolved, ingest: Ingest) -> Iterable[ExcludedRow]:
    """The first excluded rows of a table by the order of their ids."""
    if not one.excluded:
        return
    names = [name for name in _ABOUT if name in one.contract.canonical_columns]
    columns = ", ".join(f'"{name}"' for name in names)
    rows = ingest.rows(
        f"select row_id, _code{', ' if names else ''}{columns} from {one.relation}"
        f" where _disposition = 'excluded' order by row_id limit {_LISTED_EXCLUDED}"
    )
    for row_id, code, *about in rows:
        given: dict[str, Any] = dict(zip(names, about, strict=True))
        yield ExcludedRow(one.contract.table, row_id, code, code not in _TAKES_NOTHING, **given)
