"""Pinning a ruler anew to the one it rests on, after somebody looked at what changed there (docs/adr/0020).

The ruler as it was pinned is kept beside the layer as ``pinned.json.gz``: the canonical bytes of `Ruler.plain()`, whose digest
is the pin itself. It needs no trust: what does not have the pinned digest is not used.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from verify.canonical import canonical_bytes
from verify.errors import WrongUsage
from verify.ruler.load import RESTS_ON, load_folder, read_draft
from verify.ruler.marks import Path_, dotted
from verify.ruler.pin import Pin, folder_of, read_pin
from verify.ruler.resolved import Ruler

KEPT = "pinned.json.gz"
_LARGEST = 16 * 1024 * 1024  # bytes of a kept ruler; the longest of ours has a quarter of one
_KEYS = ("id", "term", "reason", "needs")  # by which entries of a list are told apart, the first that they have


@dataclass(frozen=True)
class Difference:
    """One part of the ruler below that was otherwise when it was pinned; None: it was or is not there.

    `overridden`: the ruler above says something of its own here.
    """

    path: str
    before: str | None
    after: str | None
    overridden: bool


@dataclass(frozen=True)
class Repinned:
    """What was and what is. `differences` is None where the ruler as it was pinned is no longer at hand."""

    ruler: Ruler
    below: Ruler
    before: Pin
    after: Pin
    differences: tuple[Difference, ...] | None
    file: Path
    text: str = field(repr=False)

    def write(self) -> None:
        """The new pin, in the one place where it stands, and the ruler below as it is now."""
        self.file.write_text(self.text, encoding="utf-8", newline="")
        packed = io.BytesIO()
        with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
            file.write(canonical_bytes(self.below.plain()))
        (self.file.parent / KEPT).write_bytes(packed.getvalue())


def repin(folder: Path) -> Repinned:
    """What pinning `folder` anew would change. Nothing is written.

    Raises `WrongUsage` ``ruler.rests_on_nothing`` where it neither extends nor borrows, and `Located` where the ruler would
    be refused on what it rests on now.
    """
    if not (folder / "ruler.yaml").is_file():
        raise WrongUsage("ruler.no_folder", folder=str(folder))
    draft = read_draft(folder)
    path = next((path for way, path in RESTS_ON.items() if draft.data.get(way) is not None), None)
    if path is None:
        raise WrongUsage("ruler.rests_on_nothing", folder=str(folder))
    ruler = load_folder(folder, pinned=False)
    named = _at(draft.data, path)
    pin, there = read_pin(named), None
    if pin is not None:
        there = folder_of(pin.id, folder)
    assert pin is not None, "a ruler that loads names a ruler"
    assert there is not None, "a ruler that loads rests on one that is there"
    below = load_folder(there)
    after = Pin(below.id, below.sha256)
    marked, at = draft.origin.find(path)
    file = folder / marked.file.partition("/")[2]
    text = _rewritten(file.read_bytes().decode("utf-8"), marked.place(at), str(named), str(after))
    return Repinned(ruler, below, pin, after, _differences(folder, pin, ruler, below), file, text)


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def _rewritten(text: str, place: tuple[int, int], old: str, new: str) -> str:
    """The text with the first `old` at or after `place` replaced; everything else stays as it was typed."""
    line, column = place
    start = sum(len(one) for one in text.splitlines(keepends=True)[: line - 1]) + column - 1
    at = text.index(old, start)
    return text[:at] + new + text[at + len(old) :]


def _differences(folder: Path, pin: Pin, ruler: Ruler, below: Ruler) -> tuple[Difference, ...] | None:
    if pin.sha256 == below.sha256:
        return ()
    kept = kept_plain(folder, pin.sha256)
    if kept is None:
        return None
    before, after = dict(leaves(kept)), dict(leaves(below.plain()))
    own = [one.path for one in ruler.overrides]
    taken = set(ruler.text.borrows.parts) if ruler.text.borrows is not None else set()
    return tuple(
        Difference(path, before.get(path), after.get(path), any(_within(path, one) for one in own))
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
        and (not taken or path.partition(".")[0] in {*taken, "values", "documents"})
    )


def _within(path: str, own: str) -> bool:
    return path == own or path.startswith((f"{own}.", f"{own}["))


def kept_plain(folder: Path, pinned: str) -> Mapping[str, Any] | None:
    """The ruler below as it was pinned; None where it is not kept, or is not what was pinned."""
    try:
        with gzip.open(folder / KEPT) as file:
            raw = file.read(_LARGEST + 1)
    except (OSError, EOFError):
        return None
    if sha256(raw).hexdigest() != pinned:
        return None
    plain = json.loads(raw)
    return plain if isinstance(plain, dict) else None


def leaves(plain: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every part of a plain ruler as (path, text). Trees are left out: they follow from the formulas; so is its raw `values`."""
    text = {key: one for key, one in plain["text"].items() if key not in {"values", "documents"}}
    yield from _leaves(text, ())
    for value in plain["values"]:
        yield from _leaves({key: one for key, one in value.items() if key != "id"}, ("values", value["id"]))
    yield from _leaves(plain["documents"], ("documents",))


def _leaves(data: Any, path: Path_) -> Iterator[tuple[str, str]]:
    if isinstance(data, Mapping) and data:
        for key, one in data.items():
            yield from _leaves(one, (*path, key))
    elif isinstance(data, list) and any(isinstance(one, Mapping) for one in data):
        for index, one in enumerate(data):
            key = next((one[name] for name in _KEYS if isinstance(one, Mapping) and one.get(name)), None)
            yield from _leaves(one, (*path, str(key) if key is not None else index))
    elif isinstance(data, list):
        yield dotted(path), ", ".join(str(one) for one in data)
    elif data not in ("", None, {}):
        yield dotted(path), str(data)
