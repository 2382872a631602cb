"""Openings: what a row committed to, for one named reader. A file that never goes into a bundle.

The file of all rows, which the verifier keeps, has the same form as the one that is written for a buyer or a regulator.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from verify.attest import shape
from verify.attest.commit import texts
from verify.attest.commit.many import commit_all
from verify.attest.commit.pedersen import in_range
from verify.attest.commit.rows import Row
from verify.attest.commit.totals import scalar
from verify.canonical import QUANTITY_PLACES, canonical_bytes, decimal_text, exact
from verify.canonical.reading import read_canonical
from verify.errors import NotVerified

FORMAT = "truezero-opening/1"
QUANTITY = "quantity"  # the text that binds the number a second time, by SHA-256 alone
_INDEX = re.compile(r"0|[1-9][0-9]{0,7}", re.ASCII)


@dataclass(frozen=True)
class OpenedRow:
    """Row `index` from 0: its value in millionths of the unit, its blinding, the disclosures of its texts."""

    index: int
    value: int
    blinding: int
    disclosures: tuple[str, ...]

    def words(self) -> dict[str, str]:
        """Its texts by name; empty for padding. Raises ValueError for a disclosure that is none."""
        return dict(texts.told(one) for one in self.disclosures)


@dataclass(frozen=True)
class Opening:
    """`recipient`: whom it was written for, '' for the file of the verifier; `root`: that of the rows."""

    recipient: str
    root: str
    rows: tuple[OpenedRow, ...]

    def part(self, recipient: str, rows: Sequence[OpenedRow]) -> Opening:
        """The opening of some of the rows for one reader."""
        return replace(self, recipient=recipient, rows=tuple(sorted(rows, key=lambda one: one.index)))


def write_opening(opening: Opening) -> bytes:
    """The RFC 8785 bytes of an opening file."""
    return canonical_bytes(
        {
            "format": FORMAT,
            "recipient": opening.recipient,
            "root_sha256": opening.root,
            "rows": [_plain(one) for one in opening.rows],
        }
    )


def read_opening(data: bytes) -> Opening:
    """What an opening file holds. Raises NotVerified `attest.opening`."""
    try:
        return _read(read_canonical(data))
    except ValueError as error:
        raise NotVerified("attest.opening", detail=str(error)) from None


def check_opening(opening: Opening, root: str, rows: Sequence[Row]) -> None:
    """Whether every opened row is one of the committed ones. Raises NotVerified `attest.opening_root`, `attest.opening_row`,
    `attest.opening_range`, `attest.opening_text`."""
    if opening.root != root:
        raise NotVerified("attest.opening_root", opened=opening.root, found=root)
    for one in opening.rows:
        place = {"row": str(one.index)}
        if one.index >= len(rows) or not one.blinding:
            raise NotVerified("attest.opening_row", **place)
        if not in_range(one.value):
            raise NotVerified("attest.opening_range", **place)
    points = commit_all((one.value, one.blinding) for one in opening.rows)
    for one, point in zip(opening.rows, points, strict=True):
        place = {"row": str(one.index)}
        if point != rows[one.index].point:
            raise NotVerified("attest.opening_row", **place)
        wanted = rows[one.index].digests
        try:
            words = one.words()
        except ValueError:
            raise NotVerified("attest.opening_text", **place) from None
        wrong = any(texts.text_digest(text) not in wanted for text in one.disclosures)
        if wrong or words.get(QUANTITY, quantity_text(one.value)) != quantity_text(one.value):
            raise NotVerified("attest.opening_text", **place)


def quantity_text(value: int) -> str:
    """Millionths as a decimal text."""
    return decimal_text(exact(value) / 10**QUANTITY_PLACES)


def _plain(row: OpenedRow) -> dict[str, Any]:
    return {
        "blinding": f"{row.blinding:064x}",
        "disclosures": list(row.disclosures),
        "index": str(row.index),
        "value": quantity_text(row.value),
    }


def _read(value: object) -> Opening:
    held = shape.members(value, "format", "recipient", "root_sha256", "rows")
    shape.one_of(held["format"], (FORMAT,), "format")
    recipient = shape.text(held["recipient"], "recipient") if held["recipient"] != "" else ""
    rows = tuple(_row(one) for one in shape.items(held["rows"], "rows"))
    if any(one.index >= other.index for one, other in pairwise(rows)):
        raise ValueError("rows: not in order")
    return Opening(recipient, shape.digest(held["root_sha256"], "root_sha256"), rows)


def _row(value: object) -> OpenedRow:
    held = shape.members(value, "blinding", "disclosures", "index", "value")
    if not isinstance(held["index"], str) or not _INDEX.fullmatch(held["index"]):
        raise ValueError("index: no number of a row")
    millionths = exact(shape.decimal(held["value"], "value")) * 10**QUANTITY_PLACES
    if millionths.denominator != 1:
        raise ValueError("value: finer than a millionth")
    disclosures = tuple(shape.text(one, "disclosures") for one in shape.items(held["disclosures"], "disclosures"))
    return OpenedRow(int(held["index"]), int(millionths), scalar(held["blinding"], "blinding"), disclosures)
