"""Which names a member may have (attestation Z6), so that every system unpacks the same files and none outside the folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from verify.bundle.refused import Refused

_SEGMENT = re.compile(r"[A-Za-z0-9._+@=-]+", re.ASCII)
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
LONGEST_SEGMENT = 100  # characters; file systems stop at 255 bytes
LONGEST_NAME = 200  # characters; Windows stops at 260 with the folder in front


def check_name(name: str) -> None:
    """Raises `Refused` (Z6) where a segment is empty, long, ends in a dot, is a device of Windows or holds another sign.

    A segment that ends in a dot is ``.``, ``..`` or a second spelling on Windows.
    """
    segments = name.split("/")
    for segment in segments:
        if not _SEGMENT.fullmatch(segment) or segment.endswith(".") or len(segment) > LONGEST_SEGMENT:
            raise Refused("name", "Z6", member=name)
        if segment.partition(".")[0].lower() in _DEVICES:
            raise Refused("name", "Z6", member=name)
    if len(name) > LONGEST_NAME:
        raise Refused("name", "Z6", member=name)


def check_names(names: Iterable[str]) -> None:
    """Each name by itself, then all together: unique after NFKC and casefold, and none the folder of another.

    Raises `Refused` (Z6).
    """
    seen: set[str] = set()
    folders: set[str] = set()
    for name in names:
        check_name(name)
        key = normalize("NFKC", name).casefold()
        if key in seen:
            raise Refused("same_name", "Z6", member=name)
        seen.add(key)
        parts = key.split("/")
        folders.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    both = sorted(seen & folders)
    if both:
        raise Refused("file_and_folder", "Z6", member=both[0])
