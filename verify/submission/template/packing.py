"""Files that appear whole or not at all, and workbooks whose bytes depend on their content alone."""

from __future__ import annotations

import io
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from verify.errors import WrongUsage

if TYPE_CHECKING:
    from openpyxl import Workbook

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
_SAVED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_FIXED_TIME = rb"\g<1>1980-01-01T00:00:00Z\g<3>"


def workbook_bytes(book: Workbook) -> bytes:
    """The .xlsx of `book`, without the time of saving: the same content gives the same bytes."""
    saved = io.BytesIO()
    book.save(saved)
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = _SAVED.sub(_FIXED_TIME, content)
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # else it tells the operating system
            packed.writestr(info, content)
    return out.getvalue()


def write_file(target: Path, content: bytes, *, replace: bool = False) -> None:
    """`content` at `target`, under another name until it is complete and on disk.

    Raises WrongUsage ``workbook.target_exists``, so that a filled template is not overwritten by an empty one.
    """
    if target.exists() and not replace:
        raise WrongUsage("workbook.target_exists", target=target.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """`files` by name in the folder `target`, which appears with all of them or not at all.

    Raises WrongUsage ``workbook.target_exists`` where there is anything already; an empty folder is taken over.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise WrongUsage("workbook.target_exists", target=target.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        building.chmod(0o755)
        for name, content in files.items():
            write_file(building / name, content)
        if target.is_dir():
            target.rmdir()
        building.replace(target)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
