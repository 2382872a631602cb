"""A ruler named with its digest, ``cn-national-2025@sha256:…``: how it is written, and in which folder it lies.

A layer and a borrowing ruler rest on another ruler exactly as it was read when somebody looked at it; any change of that ruler
stops them until they are pinned again (``truezero rules pin``, docs/adr/0020).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from verify import resources

_FORM = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:@sha256:([0-9a-f]{64}))?")


@dataclass(frozen=True)
class Pin:
    """`sha256` is '' where the text names a ruler without its digest."""

    id: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.id}@sha256:{self.sha256}" if self.sha256 else self.id


def read_pin(text: object) -> Pin | None:
    """The pin that a text writes; None where it is none."""
    match = _FORM.fullmatch(text.strip()) if isinstance(text, str) else None
    return Pin(match.group(1), match.group(2) or "") if match else None


def folder_of(identifier: str, beside: Path) -> Path | None:
    """The folder of a ruler: next to `beside` (the ruler that names it), else among those that come with TrueZero."""
    for base in (beside.parent, resources.rules()):
        if (base / identifier / "ruler.yaml").is_file():
            return base / identifier
    return None
