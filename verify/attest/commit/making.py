"""Making commitments: ledger lines and the published totals they belong to become rows, totals and the opening of all.

Rows of one group (period, unit, factor, part in the totals) stand together in random order, padded with commitments to zero
up to a power of two: so the number of rows tells little of the number of meters.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from verify.attest.commit import texts
from verify.attest.commit.curve import N
from verify.attest.commit.many import commit_all
from verify.attest.commit.opening import QUANTITY, OpenedRow, Opening, quantity_text
from verify.attest.commit.pedersen import BITS, committed, fresh_blinding, in_range
from verify.attest.commit.rows import Row, root_of, write_rows
from verify.attest.commit.totals import PLACES, Kind, Term, Total, write_totals
from verify.canonical import exact
from verify.errors import WrongUsage

PART = "part"  # the text that tells which part of a large line a row is


@dataclass(frozen=True)
class Target:
    """A published figure that shall come out of the rows; `value` as it is published."""

    kind: Kind
    name: str
    value: str


@dataclass(frozen=True)
class Line:
    """One ledger line. `value`: millionths of `unit`, not negative; `texts` by name; `factors`: what it enters each target
    by, in 10⁻¹², 0 where it does not."""

    period: str
    unit: str
    factor_id: str
    value: int
    texts: Mapping[str, str]
    factors: tuple[int, ...]

    @property
    def group(self) -> tuple[str, str, str, tuple[int, ...]]:
        """What everybody may see of it."""
        return self.period, self.unit, self.factor_id, self.factors


@dataclass(frozen=True)
class Made:
    """The bytes of ``commitments.jsonl`` and ``commitments.totals.json``, the root, and the opening, which is secret."""

    rows: bytes
    totals: bytes
    root: str
    count: int
    opening: Opening


def make(lines: Iterable[Line], targets: Sequence[Target]) -> Made:
    """Commit to the lines; one of 2**40 millionths or more becomes several rows. Raises WrongUsage `attest.commitment_total`
    where lines do not come to a target within the rounding of its last decimal, ValueError for a negative value."""
    ordered = _ordered(lines)
    values = [(0 if line is None else line.value, fresh_blinding()) for _, line in ordered]
    names = sorted({name for _, line in ordered if line is not None for name in line.texts})
    rows: list[Row] = []
    opened: list[OpenedRow] = []
    for at, ((group, line), (value, blinding), point) in enumerate(
        zip(ordered, values, commit_all(values), strict=True)
    ):
        words = {} if line is None else {QUANTITY: quantity_text(value), **line.texts}
        told = tuple(texts.disclosure(texts.fresh_salt(), name, words[name]) for name in sorted(words))
        digests = [texts.text_digest(one) for one in told]
        digests += [texts.no_text() for _ in range(1 + len(names) - len(digests))]
        rows.append(Row(secrets.token_hex(16), *group[:3], point, tuple(sorted(digests))))
        opened.append(OpenedRow(at, value, blinding, told))
    totals = [_total(at, one, [group for group, _ in ordered], values) for at, one in enumerate(targets)]
    data = write_rows(rows)
    root = root_of(data)
    return Made(data, write_totals(totals), root, len(rows), Opening("", root, tuple(opened)))


_Group = tuple[str, str, str, tuple[int, ...]]


def _ordered(lines: Iterable[Line]) -> list[tuple[_Group, Line | None]]:
    """Group by group, each shuffled with its padding (None)."""
    groups: dict[_Group, list[Line | None]] = {}
    for line in lines:
        groups.setdefault(line.group, []).extend(_parts(line))
    found: list[tuple[_Group, Line | None]] = []
    shuffle = secrets.SystemRandom().shuffle
    for group, held in sorted(groups.items(), key=lambda one: one[0]):
        held += [None] * ((1 << (len(held) - 1).bit_length()) - len(held))
        shuffle(held)
        found += [(group, one) for one in held]
    return found


def _parts(line: Line) -> list[Line]:
    """The line in rows below 2**BITS, nearly always one."""
    if in_range(line.value):
        return [line]
    if line.value < 0:
        raise ValueError("a negative row would pass the public sum")
    most = (1 << BITS) - 1
    count = -(-line.value // most)
    values = [most] * (count - 1) + [line.value - most * (count - 1)]
    return [
        replace(line, value=value, texts={**line.texts, PART: f"{at}/{count}"}) for at, value in enumerate(values, 1)
    ]


def _total(at: int, target: Target, groups: Sequence[_Group], values: Sequence[tuple[int, int]]) -> Total:
    spans: dict[int, list[tuple[int, int]]] = {}
    value = blinding = 0
    for index, (group, (amount, blind)) in enumerate(zip(groups, values, strict=True)):
        factor = group[3][at]
        if factor:
            value, blinding = value + factor * amount, blinding + factor * blind
            held = spans.setdefault(factor, [])
            if held and held[-1][1] == index - 1:
                held[-1] = (held[-1][0], index)
            else:
                held.append((index, index))
    rest = int(exact(target.value) * 10**PLACES) - value
    last = PLACES - len(target.value.partition(".")[2])  # the place of its last decimal
    if 2 * abs(rest) > 10**last:
        raise WrongUsage("attest.commitment_total", item=target.name)
    rounding = None
    if rest:
        blind = fresh_blinding()
        rounding, blinding = committed(rest, blind), blinding + blind
    terms = tuple(Term(factor, tuple(held)) for factor, held in sorted(spans.items()))
    return Total(target.kind, target.name, target.value, blinding % N, rounding, terms)
