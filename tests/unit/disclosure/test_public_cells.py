"""The published sums: they let figures come out again, and nobody works anything small out of them and the report."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from importlib import import_module
from math import gcd
from typing import Any

import pytest

from tests.unit.disclosure.attacker import Attacker, dominated, small_groups
from tests.unit.disclosure.random_parks import Park, park
from verify.bundle.cells import read_table, write_table
from verify.bundle.recompute import Recomputed, recompute
from verify.disclosure import COLUMNS, public_cells, safe
from verify.disclosure import differencing as told
from verify.disclosure.contributions import by_enterprise
from verify.disclosure.linear import independent, row_of

SEEDS = [
    *(("cn-national-2025", seed) for seed in range(16)),
    *(("ghg-protocol-corporate", seed) for seed in range(20, 26)),
]


@cache
def kept(ruler: str, seed: int) -> Park:
    """A park that more than one test looks at."""
    return park(seed, ruler)


def leaks(of: Park) -> list[str]:
    """What two attackers learn that the ruler does not make public."""
    found = []
    for with_factors in (False, True):
        attacker = Attacker(of, with_factors)
        found += [*small_groups(attacker), *dominated(attacker)]
    return found


def read(of: Park) -> list[Recomputed]:
    """What a reader of the bundle gets."""
    return recompute(of.plain, of.facts, read_table(write_table(COLUMNS, of.rows)))


@pytest.mark.parametrize(("ruler", "seed"), SEEDS)
def test_nobody_learns_anything_small(ruler: str, seed: int) -> None:
    """Random parks of 2 to 8 enterprises: no amount of one, no sum of fewer than the rule's number, no dominated sum."""
    assert leaks(kept(ruler, seed)) == []


def test_figures_come_out_again_and_never_wrong() -> None:
    states: dict[str, int] = {}
    new = 0
    for ruler, seed in SEEDS:
        of = kept(ruler, seed)
        for one in read(of):
            states[one.state] = states.get(one.state, 0) + 1
        told_by_figures = len(independent(map(row_of, Attacker(of, False).figures())))
        public = [*Attacker(of, False).figures(), *Attacker(of, False).sums()]
        new += len(independent(map(row_of, public))) - told_by_figures
    assert "failed" not in states
    assert states["verified"] > states["not_checked"]
    assert new > len(SEEDS)  # more than what the figures say anyway: there is something to attack


def everything(self: Any, more: Any) -> bool:
    return True


def primary(self: Any, more: Any) -> bool:
    """Each sum by itself, as if nobody subtracted."""
    rule = self._readers[0].amounts[0]
    return all(safe(by_enterprise(parts), rule.fewest, rule.largest_share) for parts in more)


def one_reader(linked: bool) -> Callable[..., None]:
    def init(self: Any, *arguments: Any) -> None:
        self._readers = [told._Reader(linked, *arguments)]

    return init


@pytest.mark.parametrize(
    ("seed", "place", "name", "instead"),
    [
        (0, told.Published, "admits", everything),
        (3, told.Published, "admits", primary),
        (19, told._Reader, "_few", lambda self, public: False),
        (5, told._Amount, "narrow", lambda self, public, figures: False),
        (19, told.Published, "__init__", one_reader(linked=False)),
        (15, told.Published, "__init__", one_reader(linked=True)),
        (3, import_module("verify.disclosure.public_part"), "telling_terms", lambda *arguments: frozenset()),
    ],
    ids=["nothing", "primary", "enterprises", "unions", "factors", "amounts", "terms"],
)
def test_every_part_of_the_rule_is_needed(
    monkeypatch: pytest.MonkeyPatch, seed: int, place: Any, name: str, instead: Any
) -> None:
    """A broken twin for each: without it, the attack finds something."""
    monkeypatch.setattr(place, name, instead)
    assert leaks(park(seed)) != []


def test_the_order_of_the_cells_does_not_matter() -> None:
    of = kept("cn-national-2025", 6)
    again = public_cells(of.cells[::-1], of.facts, of.plain, of.rule)
    assert write_table(COLUMNS, again) == write_table(COLUMNS, of.rows)


def test_no_value_has_more_than_six_decimals() -> None:
    """A sum of quantities times public factors to its last decimal can have one solution only."""
    of = kept("cn-national-2025", 6)
    cells = [
        cell | {key: Fraction(cell[key]) / 7 for key in ("tco2", "proven_tco2", "strict_tco2", "tce") if cell.get(key)}
        for cell in of.cells
    ]
    rows = public_cells(cells, of.facts, of.plain, of.rule)
    values = [str(row[kind]) for row in rows for kind in COLUMNS[2:] if row[kind] is not None]
    assert values
    assert max(len(value.partition(".")[2]) for value in values) <= 6


def test_exact_sums_would_tell_every_tonnage() -> None:
    """Why they are rounded: coal, gas and kerosene of three enterprises, up to 100,000 whole tonnes each, from their exact sum.

    The last three decimals leave one kerosene in 1000; for each of these coal and gas are one equation in whole numbers."""
    coal, gas, kerosene = 1_741749570000, 2_162188809000, 3_033391386667  # factors of the ruler, twelve decimals
    burned = (33433, 15456, 64938)
    left = sum(factor * tonnes for factor, tonnes in zip((coal, gas, kerosene), burned, strict=True))
    found = []
    one, two = coal // 1000, gas // 1000
    step = two // gcd(one, two)
    for third in range(100_001):
        rest, odd = divmod(left - kerosene * third, 1000)
        if odd or rest < 0 or rest % gcd(one, two):
            continue
        first = rest // gcd(one, two) * pow(one // gcd(one, two), -1, step) % step
        for tonnes in range(first, 100_001, step):
            second, odd = divmod(rest - one * tonnes, two)
            if not odd and 0 <= second <= 100_000:
                found.append((tonnes, second, third))
    assert found == [burned]


def test_a_sum_that_no_figure_needs_is_not_published() -> None:
    of = kept("cn-national-2025", 6)
    facts = of.facts | {"items": [row for row in of.facts["items"] if row["item"] == "energy.tce"], "indicators": []}
    assert [row["sum"] for row in public_cells(of.cells, facts, of.plain, of.rule)] == ['sum(tce, side="fence")']
