"""Which keys stand more than once among 10^8, in little memory: hashes are split over files and counted file by file.

Grouping 53 million keys in the engine went over any memory that leaves room for the rest; this needs some MiB.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_PARTS = 64


class Repeats:
    """Counts the keys of a large table. `folder` takes 8 bytes per row until `found` is called."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._files: list[IO[bytes]] = [(folder / f"{part:02d}.hash").open("wb") for part in range(_PARTS)]

    def add(self, keys: pa.Array) -> None:
        """Take the keys of a batch."""
        hashes = _hashes(keys)
        part = (hashes >> 58).astype("uint8")
        order = part.argsort(kind="stable")
        hashes, part = hashes[order], part[order]
        bounds = part.searchsorted(range(_PARTS + 1))
        for at, file in enumerate(self._files):
            hashes[bounds[at] : bounds[at + 1]].tofile(file)

    def found(self, parquet: Path) -> list[str]:
        """The keys of `parquet` (column ``_key``) that stand more than once; every row of it must have been added."""
        import numpy as np

        twice = []
        for part, file in enumerate(self._files):
            file.close()
            path = self._folder / f"{part:02d}.hash"
            hashes = np.sort(np.fromfile(path, dtype=np.uint64))
            twice.append(np.unique(hashes[1:][hashes[1:] == hashes[:-1]]))
            path.unlink()
        self._folder.rmdir()
        candidates = np.concatenate(twice)
        return _truly_twice(parquet, candidates) if len(candidates) else []


def _truly_twice(parquet: Path, candidates: np.ndarray[Any, Any]) -> list[str]:
    """The keys behind the candidate hashes; two keys of one hash that stand once each are left out."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    counts: dict[str, int] = {}
    with pq.ParquetFile(parquet) as file:
        for batch in file.iter_batches(columns=["_key"]):
            keys = batch.column(0)
            wanted = np.isin(_hashes(keys), candidates)
            if wanted.any():
                for key in keys.filter(pa.array(wanted)).to_pylist():
                    counts[key] = counts.get(key, 0) + 1
    return [key for key, count in counts.items() if count > 1]


def _hashes(keys: pa.Array) -> np.ndarray[Any, Any]:
    import polars

    series = polars.from_arrow(keys)
    assert isinstance(series, polars.Series)
    hashes: np.ndarray[Any, Any] = series.hash(seed=1).to_numpy()
    return hashes
