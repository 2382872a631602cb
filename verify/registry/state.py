"""The folder of a registry: Parquet parts and one list of what counts, so that a killed writer leaves the old state whole.

    registry.json      format, filings that stand, parts by table, number of the next filing
    checked.json       what was found, and over which filings and by which rules
    facts/<table>/…    Parquet; each part holds one filing, or many that were put together
    lock               held by the one who writes

Parts are on disk before the list that names them takes its place. A part that no list names is removed by the next writer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from verify.canonical import canonical_bytes
from verify.canonical.files import write_over
from verify.errors import Unreadable, WrongUsage
from verify.registry.facts import FILING, TABLES, ParkFacts, arrow, schema

FORMAT = "truezero-registry/1"
LIST, CHECKED, LOCK = "registry.json", "checked.json", "lock"
_TOGETHER = 32  # parts of one level that are put together into one of the next
_LEVELS = 2  # so the largest parts hold about a thousand filings


@dataclass
class Registry:
    """The state of a registry as its list tells it. `parks`: park id -> {filing, head}; `parts`: table -> file names."""

    folder: Path
    parks: dict[str, dict[str, Any]] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    following: int = 1
    checked: dict[str, Any] = field(default_factory=dict)

    @property
    def filings(self) -> frozenset[int]:
        """The filings that stand."""
        return frozenset(int(one["filing"]) for one in self.parks.values())

    def files(self, table: str) -> list[Path]:
        """The Parquet parts of a table."""
        return [self.folder / "facts" / table / name for name in self.parts.get(table, ())]

    @classmethod
    def read(cls, folder: Path) -> Registry:
        """The registry at `folder`. Raises `WrongUsage` where there is none, `Unreadable` where its list is broken."""
        path = folder / LIST
        if not path.is_file():
            raise WrongUsage("registry.none", folder=str(folder))
        found = _json(path)
        if found.get("format") != FORMAT:
            raise Unreadable("registry.other_format", path=str(path), wanted=FORMAT)
        checked = _json(folder / CHECKED) if (folder / CHECKED).is_file() else {}
        parks = {one["park"]: {"filing": int(one["filing"]), "head": one["head"]} for one in found["parks"]}
        return cls(
            folder, parks, {name: list(one) for name, one in found["parts"].items()}, int(found["next"]), checked
        )

    def add(self, many: Sequence[ParkFacts]) -> None:
        """File parks; one that filed before is replaced. All of them or none; the caller holds the lock."""
        import pyarrow as pa

        ready: dict[str, list[pa.Table]] = {}
        for one in many:
            self.parks[one.park] = {"filing": self.following, "head": dict(one.head)}
            for table in TABLES:
                rows = arrow(table, one, self.following)
                if rows is not None:
                    ready.setdefault(table, []).append(rows)
            self.following += 1
        level = 0 if len(many) < _TOGETHER else 1
        files = {}
        for table, rows in sorted(ready.items()):
            name = f"{level}-{self.following - 1}.parquet"
            files[self._place(table) / name] = _parquet(pa.concat_tables(rows))
            self.parts.setdefault(table, []).append(name)
        write_over(files)
        self._gather()
        self._list()
        self._sweep()

    def keep_checked(self, checked: Mapping[str, Any]) -> None:
        """Keep what a check found."""
        self.checked = dict(checked)
        write_over({self.folder / CHECKED: canonical_bytes(self.checked)})

    def _place(self, table: str) -> Path:
        place = self.folder / "facts" / table
        place.mkdir(parents=True, exist_ok=True)
        return place

    def _gather(self) -> None:
        """Put many small parts together, without the filings that neither stand nor were last checked."""
        wanted = self.filings | {int(one) for one in self.checked.get("filings", ())}
        for table, names in self.parts.items():
            for level in range(_LEVELS):
                small = [name for name in names if name.startswith(f"{level}-")]
                if len(small) < _TOGETHER:
                    continue
                name = f"{level + 1}-{self.following - 1}.parquet"
                write_over({self._place(table) / name: self._joined(table, small, wanted)})
                names[:] = [one for one in names if one not in small] + [name]

    def _joined(self, table: str, names: Sequence[str], wanted: frozenset[int]) -> bytes:
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        sink = BytesIO()
        numbers = pa.array(sorted(wanted), pa.int64())
        with pq.ParquetWriter(sink, schema(table), compression="zstd") as writer:
            for name in names:
                rows = pq.read_table(self.folder / "facts" / table / name, schema=schema(table))
                writer.write_table(rows.filter(pc.is_in(rows[FILING], numbers)))
        return sink.getvalue()

    def _list(self) -> None:
        parks = [
            {"park": park, "filing": str(one["filing"]), "head": one["head"]}
            for park, one in sorted(self.parks.items())
        ]
        plain = {"format": FORMAT, "next": str(self.following), "parks": parks, "parts": self.parts}
        write_over({self.folder / LIST: canonical_bytes(plain)})

    def _sweep(self) -> None:
        """Remove parts that the list does not name."""
        for table in TABLES:
            named = set(self.parts.get(table, ()))
            for path in (self.folder / "facts" / table).glob("*.parquet"):
                if path.name not in named:
                    path.unlink()


@contextmanager
def writing(folder: Path) -> Iterator[Registry]:
    """The registry at `folder`, made where there is none, for its one writer. Raises `WrongUsage` where another one writes."""
    import fcntl

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+b") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WrongUsage("registry.busy", folder=str(folder)) from None
        yield Registry.read(folder) if (folder / LIST).is_file() else Registry(folder)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        raise Unreadable("registry.broken", path=str(path)) from None


def _parquet(rows: Any) -> bytes:
    import pyarrow.parquet as pq

    sink = BytesIO()
    pq.write_table(rows, sink, compression="zstd")
    return sink.getvalue()
