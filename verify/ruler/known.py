"""Rulers without a ruler below them, read once per process for as long as their files say the same.

Nine rulers borrow from one, and a run over many parks asks for the same one each time. Known by the bytes of every file that a ruler
without a ruler below it is made of, so that an edit is always seen.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from verify import resources

if TYPE_CHECKING:
    from verify.ruler.resolved import Ruler

_MOST = 4  # rulers that are kept
_LARGEST = 4 * 1024 * 1024  # bytes of a file that is looked at here; the reader refuses larger ones
_MOST_FILES = 400  # more are no ruler with its factors
_known: dict[str, Ruler] = {}


def known(folder: Path, read: Callable[[], Ruler]) -> Ruler:
    """The ruler of a folder, from `read` where its files are not those of a kept one."""
    stamp = _stamp(folder)
    if stamp in _known:
        return _known[stamp]
    ruler = read()
    if stamp and not ruler.lineage and ruler.text.borrows is None:  # its own files are all that it is made of
        while len(_known) >= _MOST:
            _known.pop(next(iter(_known)))
        _known[stamp] = ruler
    return ruler


def _stamp(folder: Path) -> str:
    """A digest over names and bytes; '' where a file is none, or too large to be a ruler's."""
    rules = resources.rules()
    files = [*folder.glob("*.yaml"), *(rules / "factors").glob("*.yaml"), rules / "units.yaml"]
    if len(files) > _MOST_FILES or not all(_plain(path) for path in files):
        return ""  # the reader says what is wrong with it
    found = sha256(str(folder.resolve()).encode())
    for path in sorted(files):
        found.update(f"\0{path.name}\0{sha256(path.read_bytes()).hexdigest()}".encode())
    return found.hexdigest()


def _plain(path: Path) -> bool:
    """Whether a path is an ordinary file of a size to be looked at: no pipe, no device, no link to nowhere."""
    try:
        about = path.stat()
    except OSError:
        return False
    return S_ISREG(about.st_mode) and about.st_size <= _LARGEST
