"""Published totals of committed rows: the sum of factor x commitment opens to the published value (``commitments.totals.json``).

A factor is public, in 10⁻¹²; a row is in 10⁻⁶ of its unit; so a total is in 10⁻¹⁸, exact. A figure is published in fewer
decimals, since all of them could tell the rows; the rest to the published value is committed to beside it (`rounding`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from verify.attest import shape
from verify.attest.commit.curve import N, Point, added, decode, encode, weighted
from verify.attest.commit.pedersen import committed
from verify.attest.commit.rows import point_octets
from verify.canonical import FACTOR_PLACES, QUANTITY_PLACES, canonical_bytes, decimal_text, exact
from verify.canonical.reading import read_canonical
from verify.errors import NotVerified

FORMAT = "truezero-commitment-totals/1"
PLACES = QUANTITY_PLACES + FACTOR_PLACES
Kind = Literal["item", "sum"]
_KINDS: tuple[Kind, ...] = ("item", "sum")
_SPAN = re.compile(r"(0|[1-9][0-9]{0,7})-(0|[1-9][0-9]{0,7})", re.ASCII)
_SCALAR = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Term:
    """`factor` in 10⁻¹², negative where the rows are taken off; `spans`: first and last row, from 0, rising."""

    factor: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Total:
    """`name`: an item of the report, or the text of a sum of ``data/cells.csv``; `value`: as published there, claimed."""

    kind: Kind
    name: str
    value: str
    blinding: int
    rounding: Point | None
    terms: tuple[Term, ...]

    def opens(self, points: Sequence[Point]) -> bool:
        """Whether the rows come to the published value: sum of factor x C, and the rounding, equals T·G + R·H."""
        stated = exact(self.value) * 10**PLACES
        if stated.denominator != 1:
            return False
        parts = [(one.factor, added(points[at] for at in _rows(one))) for one in self.terms]
        return added([weighted(parts), self.rounding]) == committed(int(stated), self.blinding)


def write_totals(totals: Sequence[Total]) -> bytes:
    """The RFC 8785 bytes of ``commitments.totals.json``."""
    ordered = sorted(totals, key=lambda one: (one.kind, one.name))
    return canonical_bytes({"format": FORMAT, "totals": [_plain(one) for one in ordered]})


def read_totals(data: bytes, rows: int) -> list[Total]:
    """The totals over so many rows. Raises NotVerified `attest.commitment_totals`."""
    try:
        return _read(read_canonical(data), rows)
    except ValueError as error:
        raise NotVerified("attest.commitment_totals", detail=str(error)) from None


def scalar(value: object, where: str) -> int:
    """A number below N of 64 hexadecimal digits. Raises ValueError."""
    if not isinstance(value, str) or not _SCALAR.fullmatch(value) or int(value, 16) >= N:
        raise ValueError(f"{where}: no scalar")
    return int(value, 16)


def _plain(total: Total) -> dict[str, Any]:
    return {
        "blinding": f"{total.blinding:064x}",
        "kind": total.kind,
        "name": total.name,
        "rounding": None if total.rounding is None else encode(total.rounding).hex(),
        "terms": [
            {
                "factor": decimal_text(exact(one.factor) / 10**FACTOR_PLACES),
                "rows": [f"{first}-{last}" for first, last in one.spans],
            }
            for one in total.terms
        ],
        "value": total.value,
    }


def _read(value: object, rows: int) -> list[Total]:
    held = shape.members(value, "format", "totals")
    shape.one_of(held["format"], (FORMAT,), "format")
    found = [_total(one, rows) for one in shape.items(held["totals"], "totals")]
    keys = [(one.kind, one.name) for one in found]
    if keys != sorted(set(keys)):
        raise ValueError("totals: one stands twice, or out of order")
    return found


def _total(value: object, rows: int) -> Total:
    held = shape.members(value, "blinding", "kind", "name", "rounding", "terms", "value")
    terms = tuple(_term(one, rows) for one in shape.items(held["terms"], "terms"))
    listed = sorted(span for one in terms for span in one.spans)
    if any(second[0] <= first[1] for first, second in pairwise(listed)):
        raise ValueError("terms: a row twice")
    return Total(
        "item" if shape.one_of(held["kind"], _KINDS, "kind") == "item" else "sum",
        shape.text(held["name"], "name"),
        shape.decimal(held["value"], "value"),
        scalar(held["blinding"], "blinding"),
        None if held["rounding"] is None else decode(point_octets(held["rounding"])),
        terms,
    )


def _term(value: object, rows: int) -> Term:
    held = shape.members(value, "factor", "rows")
    factor = exact(shape.decimal(held["factor"], "factor")) * 10**FACTOR_PLACES
    if factor.denominator != 1 or not factor:
        raise ValueError("factor: not of twelve decimals, or nothing")
    spans = tuple(_span(one, rows) for one in shape.items(held["rows"], "rows", least=1))
    return Term(int(factor), spans)


def _span(value: object, rows: int) -> tuple[int, int]:
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None or not int(found[1]) <= int(found[2]) < rows:
        raise ValueError("rows: no rows of this bundle")
    return int(found[1]), int(found[2])


def _rows(term: Term) -> list[int]:
    return [at for first, last in term.spans for at in range(first, last + 1)]
