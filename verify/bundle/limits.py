"""How much a bundle may hold (attestation Z4). Bytes are counted as they come out, never as they are declared."""

from __future__ import annotations

from dataclasses import dataclass

from verify.bundle.refused import Refused

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """`entries` of the directory, `total` bytes of all members together, `ratio` of inflated to stored bytes.

    `framing` is what the headers of an archive may add to `total`.
    """

    entries: int = 10_000
    total: int = 512 * MIB
    ratio: int = 200
    framing: int = 16 * MIB

    def count(self, entries: int) -> None:
        """Raises `Refused` (Z4) where there are too many entries."""
        if entries > self.entries:
            raise Refused("too_many", "Z4", limit=self.entries)

    def size(self, total: int, name: str = "") -> None:
        """Raises `Refused` (Z4) where `total` bytes are too many."""
        if total > self.total:
            raise Refused("too_large", "Z4", member=name, limit=self.total // MIB)


STANDARD = Limits()
