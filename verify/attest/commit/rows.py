"""Committed rows: one line of ``commitments.jsonl`` each, which is also the leaf of the Merkle tree under the signed root.

A leaf is the RFC 8785 bytes of {row, period, unit, factor_id, commitment, digests}; the root is that of RFC 6962 2.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verify.attest import shape
from verify.attest.commit import texts
from verify.attest.commit.curve import Point, decode, encode
from verify.attest.log.merkle import leaf_hash, root, whole_of
from verify.canonical import canonical_bytes
from verify.canonical.reading import read_canonical
from verify.errors import NotVerified

_NAMES = ("commitment", "digests", "factor_id", "period", "row", "unit")
_PSEUDONYM = re.compile(r"[0-9a-f]{32}", re.ASCII)
_POINT = re.compile(r"0[23][0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Row:
    """`name`: a random pseudonym; `digests`: of its texts, sorted, so that their order tells nothing."""

    name: str
    period: str
    unit: str
    factor_id: str
    point: Point
    digests: tuple[str, ...]

    def leaf(self) -> bytes:
        """The line of this row, without its line feed."""
        return canonical_bytes(
            {
                "commitment": encode(self.point).hex(),
                "digests": list(self.digests),
                "factor_id": self.factor_id,
                "period": self.period,
                "row": self.name,
                "unit": self.unit,
            }
        )


def write_rows(rows: Sequence[Row]) -> bytes:
    """The lines of the rows."""
    return b"".join(one.leaf() + b"\n" for one in rows)


def root_of(data: bytes) -> str:
    """The Merkle root over the lines, in hexadecimal."""
    lines = data.split(b"\n")[:-1]
    return root(len(lines), whole_of(leaf_hash(one) for one in lines)).hex()


def read_rows(data: bytes) -> list[Row]:
    """The rows of ``commitments.jsonl``. Raises NotVerified `attest.commitment_row` with the number of the line."""
    lines = data.split(b"\n")
    if lines.pop():
        raise NotVerified("attest.commitment_row", line=str(len(lines) + 1), detail="no line feed")
    found: list[Row] = []
    names: set[str] = set()
    for number, line in enumerate(lines, 1):
        try:
            found.append(_read(line))
        except ValueError as error:
            raise NotVerified("attest.commitment_row", line=str(number), detail=str(error)) from None
        if found[-1].name in names:
            raise NotVerified("attest.commitment_row", line=str(number), detail="a row twice")
        names.add(found[-1].name)
    return found


def _read(line: bytes) -> Row:
    held = shape.members(read_canonical(line), *_NAMES)
    digests = shape.items(held["digests"], "digests")
    if not all(map(texts.is_digest, digests)) or digests != sorted(set(digests)):
        raise ValueError("digests: not sorted digests")
    if not isinstance(held["row"], str) or not _PSEUDONYM.fullmatch(held["row"]):
        raise ValueError("row: no pseudonym")
    return Row(
        held["row"],
        shape.text(held["period"], "period"),
        shape.text(held["unit"], "unit"),
        shape.text(held["factor_id"], "factor_id"),
        decode(point_octets(held["commitment"])),
        tuple(digests),
    )


def point_octets(value: object) -> bytes:
    """The octets of an encoded point in hexadecimal. Raises ValueError."""
    if not isinstance(value, str) or not _POINT.fullmatch(value):
        raise ValueError("commitment: no compressed point in lower-case hexadecimal")
    return bytes.fromhex(value)
