"""Where hashes and entries lie in a log of static files (C2SP tlog-tiles), and what such a file holds.

`tile/<level>/<index>[.p/<width>]` holds up to 256 hashes, `tile/entries/<index>[.p/<width>]` up to 256 entries, each with its
length in two octets before it. A hash of level l stands for 256**l leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from verify.attest.log import merkle
from verify.attest.log.merkle import HASH, Whole
from verify.errors import NotVerified

WIDTH = 256  # hashes or entries of a full tile
HEIGHT = 8  # levels of the tree within one tile
LARGEST = 2**16 - 1  # octets of an entry
ENTRIES = "entries"
Read = Callable[[int, int, int], bytes]  # level, index, hashes wanted: their octets


def path(level: int | str, index: int, width: int = WIDTH) -> str:
    """The name of a tile below the log's folder; `level` is a number or ENTRIES."""
    parts = [f"{index % 1000:03d}"]
    while index := index // 1000:
        parts.insert(0, f"x{index % 1000:03d}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(parts)}{partial}"


def widths(size: int) -> list[int]:
    """How many hashes the last, partial tile of each level has in a tree of `size` leaves; 0 where there is none."""
    found = []
    while size:
        found.append(size % WIDTH)
        size //= WIDTH
    return found


def split(data: bytes, wanted: int) -> list[bytes]:
    """The first `wanted` hashes of a tile. Raises NotVerified `log.tile`."""
    if len(data) % HASH or len(data) < wanted * HASH:
        raise NotVerified("log.tile", detail="not as many hashes as belong there")
    return [data[at * HASH : (at + 1) * HASH] for at in range(wanted)]


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries as a file holds them. Raises NotVerified `log.entry_size`."""
    found = []
    for one in entries:
        if len(one) > LARGEST:
            raise NotVerified("log.entry_size", most=str(LARGEST))
        found.append(len(one).to_bytes(2, "big") + one)
    return b"".join(found)


def unbundle(data: bytes) -> list[bytes]:
    """The entries of a file. Raises NotVerified `log.tile` where it ends within one."""
    found, at = [], 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if at > len(data) or start > len(data):
            raise NotVerified("log.tile", detail="ends within an entry")
        found.append(data[start:at])
    return found


def whole_of(size: int, read: Read) -> Whole:
    """A tree on disk, for proofs: `read` gives the octets of at least so many hashes of a tile. Raises NotVerified
    `log.tile`, and as `read` does."""

    def whole(height: int, index: int) -> bytes:
        level, within = divmod(height, HEIGHT)
        first = index << within  # of the hashes of this level
        held = min(WIDTH, (size >> (HEIGHT * level)) - first // WIDTH * WIDTH)
        hashes = split(read(level, first // WIDTH, held), held)[first % WIDTH :][: 1 << within]
        while len(hashes) > 1:
            hashes = merkle.above(hashes)
        return hashes[0]

    return whole


def root_of_edge(edge: Sequence[Sequence[bytes]]) -> bytes:
    """The root of a tree from the hashes of the last, partial tile of each level, lowest first."""
    peaks: list[bytes] = []  # complete subtrees, the smallest first
    for hashes in edge:
        rest = list(hashes)
        while rest:
            if len(rest) % 2:
                peaks.append(rest.pop())
            rest = merkle.above(rest)
    if not peaks:
        return merkle.EMPTY
    found, *larger = peaks
    for one in larger:
        found = merkle.node_hash(one, found)
    return found
