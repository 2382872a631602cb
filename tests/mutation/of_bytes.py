"""Every byte: of the zip as it lies, with its sums now wrong; and of every file, with the zip made again around it.

Two other values for each byte, one with one bit turned. In a file that no signature lists a byte is also left out and doubled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.mutation.mutant import Mutant, zipped
from tests.mutation.small import GOOD, HOME
from tests.mutation.watched import watched
from tests.unit.bundle.signed_bundle import HELD
from verify.attest import root
from verify.bundle.members import outside
from verify.bundle.trust import Held

EXEMPT: tuple[str, ...] = ()  # bytes that may be others: none
ZIP = zipped(GOOD)
FIRST = "trust/root.1.dsse.json"
Change = Callable[[bytes, int], bytes]


def turned(data: bytes, place: int) -> bytes:
    """One bit of the byte; which, goes round with the place."""
    return data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :]


def replaced(data: bytes, place: int) -> bytes:
    """Another value, that differs from the byte by more than this one bit; which, goes round with the place."""
    value = data[place]
    other = (value + 1 + place * 167 % 255) % 256
    if other in {value, value ^ 1 << place % 8}:
        other = (other + 85) % 256
    return data[:place] + bytes([other]) + data[place + 1 :]


def left_out(data: bytes, place: int) -> bytes:
    """Without the byte."""
    return data[:place] + data[place + 1 :]


def doubled(data: bytes, place: int) -> bytes:
    """The byte twice."""
    return data[: place + 1] + data[place:]


@dataclass(frozen=True)
class Stretch:
    """A class of mutants, one for each byte of `data`; `file` is its name in the bundle, '' for the zip itself."""

    kind: str
    file: str
    data: bytes = field(repr=False)
    change: Change
    held: Held = HELD

    def mutant(self, place: int) -> Mutant | None:
        """The mutant of this byte; None where the change gives the same bytes."""
        other = self.change(self.data, place)
        if other == self.data:
            return None
        name = f"{self.kind}: {self.file} {place}".replace("  ", " ")
        if not self.file:
            return Mutant(name, other, {"container"}, self.held)
        return Mutant(name, GOOD | {self.file: other}, watched(self.file), self.held)


def stretches() -> Iterator[Stretch]:
    """Every class over every file, the zip first."""
    for what, change in (("one bit turned", turned), ("another value", replaced)):
        yield Stretch(f"byte of the zip, {what}", "", ZIP, change)
    for what, change in (("one bit turned", turned), ("another value", replaced)):
        for name in sorted(GOOD):
            yield Stretch(f"byte of a file, {what}", name, GOOD[name], change)
    for what, change in (("left out", left_out), ("doubled", doubled)):
        for name in sorted(GOOD):
            if outside(name):
                yield Stretch(f"byte of an unsigned file, {what}", name, GOOD[name], change)
    by_digest = Held(None, root.payload_sha256(HOME.first))
    for change in (turned, replaced):
        yield Stretch("byte of a root known by its digest", FIRST, GOOD[FIRST], change, by_digest)
