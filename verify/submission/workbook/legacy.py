""".xls and .ods through calamine, in a process of its own: values only.

Whether a value was computed cannot be seen there, and a note ``formulas_unseen`` says so.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verify.errors import Unreadable
from verify.submission.workbook import legacy_child
from verify.submission.workbook.addresses import Range
from verify.submission.workbook.cells import Cell
from verify.submission.workbook.rows import SheetRow
from verify.submission.workbook.serials import number_text

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # the stream in which an .xlsx behind a password lies
_PATIENCE = 280  # seconds


class LegacyBook:
    """An .xls or .ods. `sheets` are (name, hidden) in order. Raises Unreadable where it cannot be read."""

    def __init__(self, content: bytes, file: str) -> None:
        self._told = _told(content, file)
        self._starts: dict[str, int] = {}
        self._merged: dict[str, list[Range]] = {}
        self.sheets: list[tuple[str, bool]] = []
        at = 0
        for line in io.BytesIO(self._told):
            at += len(line)
            if not line.startswith(b"{"):
                continue
            about = json.loads(line)
            if "sheets" in about:
                self.sheets = [(name, hidden) for name, hidden in about["sheets"]]
            else:
                ranges = (Range(*one) for one in about["merged"])
                self._merged[about["sheet"]] = sorted(ranges, key=lambda one: (one.top, one.left))
                self._starts[about["sheet"]] = at

    def merged(self, sheet: str) -> list[Range]:
        """The merged ranges of one sheet, in order of their first row; an .ods does not tell them."""
        return self._merged[sheet]

    def rows(self, sheet: str) -> Iterator[SheetRow]:
        """The rows of one sheet that hold anything."""
        told = io.BytesIO(self._told)
        told.seek(self._starts[sheet])
        for line in told:
            if line.startswith(b"{"):
                return
            number, values = json.loads(line)
            cells = {column: cell for column, value in enumerate(values, start=1) if (cell := _cell(value)) is not None}
            yield SheetRow(number, hidden=False, cells=cells)


def _told(content: bytes, file: str) -> bytes:
    """What the child process says of the workbook: lines of JSON."""
    # -P: the folder of the script holds no module that the child should find
    command = [sys.executable, "-P", str(Path(legacy_child.__file__))]
    with tempfile.TemporaryFile() as out:
        try:
            done = subprocess.run(
                command, input=content, stdout=out, stderr=subprocess.DEVNULL, timeout=_PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise Unreadable("workbook.legacy_failed", file=file) from None
        out.seek(0)
        told = out.read(legacy_child.OUTPUT + 1)
    if done.returncode == legacy_child.LOCKED or (done.returncode and _ENCRYPTED_PACKAGE in content):
        raise Unreadable("workbook.encrypted", file=file)
    if done.returncode == legacy_child.REFUSED:
        raise Unreadable("workbook.damaged", file=file)
    if done.returncode or len(told) > legacy_child.OUTPUT:  # a panic, a limit or a crash
        raise Unreadable("workbook.legacy_failed", file=file)
    return told


def _cell(value: Any) -> Cell | None:
    if isinstance(value, str):
        return Cell(value) if value else None
    if "n" in value:
        text = number_text(value["n"])
        return Cell(None, "error_value", value["n"]) if text is None else Cell(text)
    return Cell(None, "error_value", value["e"]) if "e" in value else Cell(None, "not_text", value["o"])
