"""Deliverability: power of one grid zone matches load of the same zone, unless the ruler connects the two."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence


def deliverable(source: str, sink: str, connected: Mapping[str, Sequence[str]]) -> bool:
    """Whether power of zone `source` reaches load in `sink`. An unnamed zone is not shown to reach any."""
    from_zone, to_zone = _folded(source), _folded(sink)
    if not from_zone or not to_zone:
        return False
    if from_zone == to_zone:
        return True
    return any(_folded(zone) == from_zone and to_zone in map(_folded, reached) for zone, reached in connected.items())


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
