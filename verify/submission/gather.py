"""From files to typed tables: which sheet is which table, which heading which column, and what was handed in beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from verify.errors import Unreadable
from verify.ruler.marks import Marked, decoded, parse_marked
from verify.submission.coerce.steam import SteamValues
from verify.submission.contract import Contract, contracts
from verify.submission.door import Ingest, TableStore
from verify.submission.naming import column_named, is_ignored, nearest, table_named
from verify.submission.park import Park, marked_rows, park_from
from verify.submission.places import Sheet
from verify.submission.raw import BATCH_ROWS, RawBatch, RawSheet
from verify.submission.readers import Entry, is_park, raw_sheets
from verify.submission.second_lock import violations
from verify.submission.typed import FaultLog, Logged, TableTyper, code_of
from verify.submission.workbook.own_sheets import PARK_COLUMNS, park_sheet

if TYPE_CHECKING:
    import pyarrow as pa

UNKNOWN_TABLE = "TZ-SUB-01"
MISSING_COLUMN = "TZ-SUB-03"
UNKNOWN_COLUMN = "TZ-SUB-04"
SECOND_LOCK = "TZ-SUB-29"
UNREADABLE = "TZ-SUB-30"
TWIN_COLUMN = "TZ-SUB-31"
TWIN_TABLE = "TZ-SUB-32"
# papers and drawings, which are no tables
_SILENT = frozenset([".md", ".pdf", ".doc", ".docx", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".geojson", ".ofd"])
_LARGE = 64 << 20  # bytes of a file from which larger batches pay

Progress = Callable[[str], None]


@dataclass(slots=True)
class Gathered:
    """Everything that was read, before the checks over several rows."""

    park: Park
    park_marks: Marked
    stores: dict[str, TableStore]
    sheets: list[Sheet]
    log: FaultLog
    set_aside: dict[str, list[str]] = field(default_factory=dict)


def gather(
    files: list[Entry], ingest: Ingest, *, steam: SteamValues | None, spill_rows: int, progress: Progress
) -> Gathered:
    """Read and type every table of `files`.

    Raises Unreadable where there is no park or no table, Located for a park.yaml that cannot be used.
    """
    log = FaultLog()
    sheets: list[RawSheet] = []
    others: list[Entry] = []
    for entry in files:
        if is_park(entry):
            continue
        large = entry.path is not None and entry.path.stat().st_size > _LARGE
        found = raw_sheets(entry, batch_rows=50_000 if large else BATCH_ROWS) if entry.at_top else None
        if found is None:
            others.append(entry)
        else:
            sheets.extend(found)
    marked = _park(files, sheets)
    gathered = Gathered(park_from(marked), marked, {}, [], log)
    reading = _Reading(gathered, ingest, steam, spill_rows)
    for sheet in sheets:
        if not park_sheet(sheet.table_hint):
            progress(sheet.sheet or sheet.file)
            reading.sheet(sheet)
    if not gathered.stores:
        raise Unreadable("submission.no_table")
    for entry in others:
        if (entry.at_top and entry.suffix not in _SILENT) or (entry.is_tabular and table_named(entry.stem) is not None):
            reading.unknown(entry.name, "")
    for store in gathered.stores.values():
        store.finish()
    return gathered


class _Reading:
    """Types sheets one after the other into the stores of their tables."""

    def __init__(self, gathered: Gathered, ingest: Ingest, steam: SteamValues | None, spill_rows: int) -> None:
        self._into = gathered
        self._ingest = ingest
        self._steam = steam
        self._spill_rows = spill_rows
        self._typers: dict[str, TableTyper] = {}

    def sheet(self, raw: RawSheet) -> None:
        """Read one sheet to its end."""
        table = table_named(raw.table_hint)
        if table is None:
            self.unknown(raw.file, raw.sheet or raw.table_hint)
            return
        contract = contracts()[table]
        number = len(self._into.sheets)
        store, typer = self._of(contract)
        if any(one.table == table for one in self._into.sheets):
            self._note(TWIN_TABLE, table, "", raw.sheet or raw.file, "twin_table", number)
        self._into.sheets.append(Sheet(raw.file, raw.sheet, table))
        headings: dict[str, str] | None = None
        for batch in raw.batches:
            if headings is None:
                headings = self._headings(contract, batch, raw, number)
            typed = typer.batch(batch, headings, number)
            if typed.num_rows:
                store.append(self._locked(contract, typed, batch, headings))
        if headings is None and not raw.notes:
            self._note(UNREADABLE, table, "", "", "no_headings", number)
        columns = {heading: name for name, heading in (headings or {}).items()}
        for note in raw.notes:
            arguments = {"reason": note.kind, **note.arguments}
            column = columns.get(note.column, note.column)  # a heading that no column knows stays as typed
            self._into.log.add(Logged(code_of(note), table, column, note.raw, arguments, number, note.line))
        if raw.close is not None:
            raw.close()

    def unknown(self, file: str, sheet: str) -> None:
        """A file or a sheet that is no table."""
        number = len(self._into.sheets)
        self._into.sheets.append(Sheet(file, sheet, ""))
        name = sheet or PurePosixPath(file).name
        titles = [title for one in contracts().values() for title in (one.title.zh, one.table)]
        self._note(
            UNKNOWN_TABLE, "", "", name, "unknown_table", number, nearest=nearest(PurePosixPath(name).stem, titles)
        )

    def _of(self, contract: Contract) -> tuple[TableStore, TableTyper]:
        if contract.table not in self._typers:
            free = self._into.park.id_scheme == "free"
            self._typers[contract.table] = TableTyper(contract, self._into.log, steam=self._steam, free_ids=free)
            self._into.stores[contract.table] = TableStore(contract, self._ingest, spill_rows=self._spill_rows)
        return self._into.stores[contract.table], self._typers[contract.table]

    def _headings(self, contract: Contract, batch: RawBatch, raw: RawSheet, number: int) -> dict[str, str]:
        """The heading of each column that the sheet has; unknown, twin and missing ones are found."""
        found: dict[str, str] = {}
        for heading in batch.columns:
            column = column_named(contract, heading)
            if column is None:
                if not is_ignored(heading) and any(
                    cell is not None and cell.strip() for cell in batch.columns[heading]
                ):
                    self._into.set_aside.setdefault(contract.table, []).append(heading)
                    titles = [title for one in contract.columns.values() for title in (one.title.zh, one.title.en)]
                    close = nearest(heading, titles)
                    self._note(
                        UNKNOWN_COLUMN, contract.table, heading, heading, "unknown_column", number, nearest=close
                    )
            elif column in found:
                self._note(TWIN_COLUMN, contract.table, column, heading, "twin_heading", number, first=found[column])
            else:
                found[column] = heading
        for name, column_ in contract.columns.items():
            if column_.required and name not in found and not column_.default:
                self._note(MISSING_COLUMN, contract.table, name, "", "missing_column", number)
        self._into.sheets[number] = Sheet(raw.file, raw.sheet, contract.table, found, raw.letters)
        return found

    def _locked(
        self, contract: Contract, batch: pa.RecordBatch, raw: RawBatch, headings: Mapping[str, str]
    ) -> pa.RecordBatch:
        """The second lock over the rows that coercion let through; what it still objects to is found and left out.

        `raw` holds the cells as typed, which are what a person looks for.
        """
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        clean = pc.equal(batch["_bad"], "")
        good = np.nonzero(clean.to_numpy(zero_copy_only=False))[0]
        broken = list(violations(contract, batch if len(good) == batch.num_rows else batch.filter(clean)))
        if not broken:
            return batch
        bad = batch["_bad"].to_pylist()
        for row, column, rule in broken:
            at = int(good[row]) if row >= 0 else 0
            cell = raw.columns[headings[column]][at] if row >= 0 and column in headings else None
            arguments = {"reason": "second_lock", "rule": rule}
            line = batch["_line"][at].as_py() if row >= 0 else 0
            self._into.log.add(
                Logged(SECOND_LOCK, contract.table, column, cell or "", arguments, batch["_sheet"][at].as_py(), line)
            )
            for position in [at] if row >= 0 else good.tolist():
                bad[position] = bad[position] or SECOND_LOCK
        return batch.set_column(batch.schema.get_field_index("_bad"), "_bad", pa.array(bad, type=pa.string()))

    def _note(self, code: str, table: str, column: str, raw: str, reason: str, sheet: int, **arguments: str) -> None:
        self._into.log.add(Logged(code, table, column, raw, {"reason": reason, **arguments}, sheet, 0))


def _park(files: Iterable[Entry], sheets: Iterable[RawSheet]) -> Marked:
    """park.yaml, else the park sheet of a workbook, with the place of every key."""
    entry = next((entry for entry in files if is_park(entry)), None)
    refused = "submission.park_not_loaded"
    if entry is not None:
        return parse_marked(decoded(entry.held(), entry.name, refused=refused), entry.name, refused=refused)
    for sheet in sheets:
        if park_sheet(sheet.table_hint):
            rows = [row for batch in sheet.batches for row in _keys_and_values(batch)]
            return marked_rows(f"{sheet.file}/{sheet.sheet}", rows)
    raise Unreadable("submission.no_park")


def _keys_and_values(batch: RawBatch) -> list[tuple[int, str, str]]:
    """The rows of a park sheet; headings that the template does not use stand for key and value by their order."""
    names = list(batch.columns)
    key, value = (own if own in names else names[at] if at < len(names) else "" for at, own in enumerate(PARK_COLUMNS))
    if not key or not value or key == value:
        return []
    cells = zip(batch.lines, batch.columns[key], batch.columns[value], strict=True)
    return [(line, written or "", filled or "") for line, written, filled in cells]
