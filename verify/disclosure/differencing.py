"""Whether further sums may be published beside the figures that are public anyway: nothing small may come out of all of them.

Two attacks, each for somebody who knows the rows only by the sums they stand in, and for somebody who knows besides how
quantity, tonnes and tce of a row hang together (the factors are public):

1. by adding and subtracting published numbers in any measure, something is left that hangs on fewer than `fewest`
   enterprises;
2. the sum of some of the parts into which the ruler's sums divide an amount comes out, and it is dominated by one
   enterprise, or a few are all there is behind it.

What the public figures alone give away either way is not held against a sum: the ruler publishes them whatever they tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from verify.disclosure.contributions import LINKED, Parts, by_enterprise
from verify.disclosure.linear import (
    PRIME,
    Combination,
    Row,
    combined,
    independent,
    reduced,
    row_of,
    total_of,
    vanishing,
)
from verify.disclosure.small_groups import safe, together

_MOST = 12  # sums of one amount that are told apart: 4096 unions are looked at, beyond that nothing more is published
Family = Sequence[Parts]  # the parts of one amount that the ruler's sums tell apart


class Published:
    """What is public. `figures` are those of the report, `families` the parts into which the ruler's sums divide each amount."""

    def __init__(
        self, figures: Sequence[Parts], families: Sequence[Family], fewest: int, largest_share: Fraction
    ) -> None:
        self._readers = [_Reader(linked, figures, families, fewest, largest_share) for linked in (False, True)]

    def follows(self, parts: Parts) -> bool:
        """Whether the figures of the report give this sum to anybody who adds and subtracts."""
        return self._readers[0].follows(parts)

    def admits(self, more: Sequence[Parts]) -> bool:
        """Whether these sums may be published beside what is public by now."""
        return all(reader.admits(more) for reader in self._readers)

    def add(self, more: Sequence[Parts]) -> None:
        """These sums are public from now on."""
        for reader in self._readers:
            reader.add(more)


class _Reader:
    """One who reads: `linked` where the factors are used."""

    def __init__(
        self, linked: bool, figures: Sequence[Parts], families: Sequence[Family], fewest: int, largest_share: Fraction
    ) -> None:
        self.linked, self.fewest = linked, fewest
        self.figures = independent(map(self._row, figures))
        self.sums: list[Row] = []
        self.amounts = [_Amount(family, list(map(self._row, family)), fewest, largest_share) for family in families]

    def follows(self, parts: Parts) -> bool:
        return not independent([self._row(parts)], self.figures)

    def admits(self, more: Sequence[Parts]) -> bool:
        new = self._new(more)
        public = [*self.figures, *self.sums, *new]
        return not new or not (self._few(public) or any(amount.narrow(public, self.figures) for amount in self.amounts))

    def add(self, more: Sequence[Parts]) -> None:
        self.sums += self._new(more)

    def _new(self, more: Sequence[Parts]) -> list[Row]:
        return independent(map(self._row, more), [*self.figures, *self.sums])

    def _row(self, parts: Parts) -> Row:
        found: dict[Any, Fraction] = {}
        for one, amount in parts.items():
            name = one._replace(place=(), column="") if self.linked and one.column in LINKED else one
            found[name] = found.get(name, Fraction(0)) + amount
        return row_of(found)

    def _few(self, public: Sequence[Row]) -> bool:
        """Whether something of fewer than `fewest` enterprises comes out that the figures alone do not give."""
        every = [[int(one == other) for other in range(len(public))] for one in range(len(public))]
        return self._left(every, _blocks(public), max(0, self.fewest - 1))

    def _left(self, taken: list[Combination], blocks: Sequence[Sequence[Row]], spared: int) -> bool:
        """Whether combinations of `taken` are left that use a new sum and vanish in every block but `spared` of them."""
        known = len(self.figures)
        for position, block in enumerate(blocks):
            if not any(any(one[known:]) for one in taken):
                return False
            rows = [total_of(block, one) for one in taken]
            if not any(rows):
                continue
            if spared and self._left(taken, blocks[position + 1 :], spared - 1):
                return True
            taken = [combined(taken, one) for one in vanishing(rows)]
        return any(any(one[known:]) for one in taken)


class _Amount:
    """One amount in the parts that the ruler's sums tell apart, and which unions of them are small groups."""

    def __init__(self, family: Family, rows: Sequence[Row], fewest: int, largest_share: Fraction) -> None:
        self.rows = rows
        self.groups = [by_enterprise(parts) for parts in family]
        self.fewest, self.largest_share = fewest, largest_share
        self.harmless: dict[tuple[int, ...], bool] = {}

    def narrow(self, public: Sequence[Row], figures: Sequence[Row]) -> bool:
        """Whether a union that is a small group comes out of `public`, and not of `figures` alone."""
        ways = [one[len(public) :] for one in vanishing([*public, *self.rows])]
        basis, _ = reduced(ways)
        if len(basis) > _MOST:
            return True
        for bits in product((0, 1), repeat=len(basis)):
            columns = zip(*basis, strict=True) if any(bits) else ()
            union = tuple(sum(bit * one for bit, one in zip(bits, column, strict=True)) % PRIME for column in columns)
            if union and set(union) <= {0, 1} and not self._harmless(union, figures):
                return True
        return False

    def _harmless(self, union: tuple[int, ...], figures: Sequence[Row]) -> bool:
        if union not in self.harmless:
            group = together(group for group, taken in zip(self.groups, union, strict=True) if taken)
            small = not safe(group, self.fewest, self.largest_share)
            self.harmless[union] = not small or not independent([total_of(self.rows, list(union))], figures)
        return self.harmless[union]


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows cut by enterprise, those with most unknowns first: they leave fewest combinations."""
    cut: dict[str, list[dict[Any, int]]] = {}
    for position, row in enumerate(rows):
        for one, value in row.items():
            cut.setdefault(one.enterprise, [{} for _ in rows])[position][one] = value
    weight = {name: len({one for row in block for one in row}) for name, block in cut.items()}
    return [list(cut[name]) for name in sorted(cut, key=lambda name: (-weight[name], name))]
