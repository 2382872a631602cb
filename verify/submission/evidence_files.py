"""Evidence that came with the submission: the digest that the park wrote beside it must be the digest of the file."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from verify.submission.door import Ingest, TableStore
from verify.submission.pdf_marks import PdfMarks, pdf_marks
from verify.submission.readers import Entry
from verify.submission.typed import FaultLog, Logged

DIGEST = "TZ-SUB-22"
_READ = 16 << 20  # bytes of a PDF that are held; a scanned report has some hundred kilobytes


def path_of(name: str) -> str:
    """The path inside the submission that a cell means."""
    return unicodedata.normalize("NFC", name.replace("\\", "/").removeprefix("./"))


def marks(store: TableStore | None, files: Mapping[str, Entry], ingest: Ingest) -> dict[str, PdfMarks]:
    """When and with what each PDF named in the evidence table was made, by its cell; `unread` where it was not handed in."""
    if store is None:
        return {}
    named = ingest.rows(f"select distinct file from {store.name} where _bad = '' and file ilike '%.pdf' order by file")
    return {name: _marks(files.get(path_of(name))) for (name,) in named}


def _marks(entry: Entry | None) -> PdfMarks:
    if entry is None:
        return PdfMarks(unread="absent")
    held = bytearray()
    for piece in entry.pieces():
        held += piece
        if len(held) > _READ:
            return PdfMarks(unread="too_large")
    return pdf_marks(bytes(held))


def compare(store: TableStore | None, files: Mapping[str, Entry], ingest: Ingest, log: FaultLog) -> None:
    """Log each file of the submission whose SHA-256 is not the one of its row in the evidence table."""
    if store is None:
        return
    rows = ingest.rows(
        f"select file, sha256, _sheet, _line from {store.name} where _bad = '' and file <> '' and length(sha256) = 64 order by _key"
    )
    for name, stated, sheet, line in rows:
        entry = files.get(path_of(name))
        if entry is None:
            continue  # evidence may stay with the park; whether it was seen is a check of its own
        found = entry.digest()[0]
        if found != stated.casefold():
            arguments = {"reason": "digest_differs", "found": found, "file": name}
            log.add(Logged(DIGEST, store.contract.table, "sha256", stated, arguments, sheet, line))
