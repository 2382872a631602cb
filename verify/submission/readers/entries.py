"""What was handed in, file by file: the files of a folder, the members of a zip (never extracted), or one workbook."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from verify.errors import Unreadable
from verify.submission.workbook import Archive, Limits

_GIB = 1 << 30
ZIP_LIMITS = Limits(total=4 * _GIB)
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
TABULAR = WORKBOOKS | {".csv", ".tsv", ".parquet"}
_HELD = 256 << 20  # bytes of a member that must be held in memory as a whole (Parquet, workbook)
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_PIECE = 1 << 20


@dataclass(slots=True)
class Entry:
    """One file. `name` is its path inside the submission with ``/``; `path` is set where it lies on disk."""

    name: str
    pieces: Callable[[], Iterator[bytes]]
    path: Path | None = None
    _digest: tuple[str, int] | None = field(default=None, repr=False)

    @property
    def stem(self) -> str:
        """File name without folder and suffix."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """Suffix in lower case, with the dot."""
        return PurePosixPath(self.name).suffix.casefold()

    @property
    def at_top(self) -> bool:
        """Not in a folder of the submission: only there is a file a table."""
        return "/" not in self.name

    @property
    def is_tabular(self) -> bool:
        """A format that could hold a table."""
        return self.suffix in TABULAR

    def stream(self) -> io.BufferedReader:
        """The bytes as a stream that cannot be rewound."""
        return io.BufferedReader(_Pieces(self.pieces()), buffer_size=_PIECE)

    def held(self) -> bytes:
        """The bytes as a whole. Raises Unreadable where there are too many of them for memory."""
        out = bytearray()
        for piece in self.pieces():
            out += piece
            if len(out) > _HELD:
                raise Unreadable("submission.too_large_inside_zip", file=self.name, limit=_HELD >> 20)
        return bytes(out)

    def digest(self) -> tuple[str, int]:
        """SHA-256 in hexadecimal and the number of bytes; read once."""
        if self._digest is None:
            hasher, size = hashlib.sha256(), 0
            for piece in self.pieces():
                hasher.update(piece)
                size += len(piece)
            self._digest = hasher.hexdigest(), size
        return self._digest


class _Pieces(io.RawIOBase):
    """An iterator of bytes as a raw stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def entries(path: Path, *, limits: Limits = ZIP_LIMITS) -> list[Entry]:
    """The files of the submission at `path`, by name. Raises Unreadable for a path that holds no file or a hostile zip."""
    if path.is_dir():
        found = _folder(path)
    elif not path.is_file():
        raise Unreadable("submission.no_such_path", path=str(path))
    elif path.suffix.casefold() == ".zip":
        found = _zip(path, limits)
    elif path.suffix.casefold() not in TABULAR:
        raise Unreadable("submission.no_submission", path=str(path))
    else:
        found = [_file(path, path.name)]
    found = [entry for entry in found if not _litter(entry.name)]
    if not found:
        raise Unreadable("submission.nothing", path=str(path))
    return sorted(found, key=lambda entry: entry.name)


def _folder(folder: Path) -> list[Entry]:
    root = folder.resolve()
    inside = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.resolve().is_relative_to(root))
    # a link that leads out of the folder is not handed in
    return [_file(path, unicodedata.normalize("NFC", path.relative_to(folder).as_posix())) for path in inside]


def _file(path: Path, name: str) -> Entry:
    def pieces() -> Iterator[bytes]:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece

    return Entry(name, pieces, path)


def _zip(path: Path, limits: Limits) -> list[Entry]:
    archive = Archive(path, path.name, limits)
    names = {raw: _safe(raw, path.name) for raw in archive.names}
    seen: dict[str, str] = {}
    for raw, name in names.items():
        key = unicodedata.normalize("NFKC", name).casefold()
        if seen.setdefault(key, raw) != raw:
            raise Unreadable("submission.zip_twins", file=path.name, member=name)
    top = {PurePosixPath(name).parts[0] for name in names.values() if not _litter(name)}
    wrapped = len(top) == 1 and all("/" in name for name in names.values() if not _litter(name))
    found = []
    for raw, name in names.items():
        inside = name.partition("/")[2] if wrapped and not _litter(name) else name
        found.append(Entry(unicodedata.normalize("NFC", inside), lambda raw=raw: archive.pieces(raw)))  # type: ignore[misc]
    return found


def _safe(name: str, file: str) -> str:
    parts = name.split("/")
    if (
        "\\" in name
        or ":" in name
        or any(ord(one) < 32 or one == "\x7f" for one in name)
        or any(part in {"", ".", ".."} for part in parts)
    ):
        raise Unreadable("submission.zip_name", file=file, member=name.encode("unicode_escape").decode())
    return name


def _litter(name: str) -> bool:
    """Files that operating systems and office programs leave behind."""
    path = PurePosixPath(name)
    last = path.name.casefold()
    return last in _LITTER or last.startswith(("~$", "._", ".~lock")) or "__MACOSX" in path.parts
