"""What was made, used and bought."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from verify.bridge.amounts import Unit
from verify.bridge.outputs import Outputs, one_product_each, outputs, volume


def row(
    product: str, flow: str, quantity: str, source: str = "s", *, inside: bool = False, unit: str = "t"
) -> dict[str, Any]:
    return {"enterprise_id": "E", "source_id": source, "product": product, "flow": flow, "quantity": Fraction(quantity),
            "unit": unit, "inside": inside}  # fmt: skip


def year(*rows: dict[str, Any]) -> Outputs:
    return outputs(rows, lambda unit: unit)


S: Unit = ("E", "s")
WHOLE: Unit = ("E", "")


def test_a_unit_without_a_source_makes_all_that_its_enterprise_makes() -> None:
    made = year(row("a", "made", "3"), row("b", "made", "4", "t"), row("a", "sold", "9"))
    assert made.products(S) == {"a": 3}
    assert made.products(WHOLE) == {"a": 3, "b": 4}
    assert made.products(("E", "u")) == {}


def test_own_use_is_what_is_used_less_what_is_bought_and_no_more_than_was_made() -> None:
    part = year(row("a", "made", "60"), row("a", "consumed", "100"), row("a", "bought", "40"))
    assert (part.used("a"), part.own_used("a")) == (100, 60)
    traded = year(row("a", "made", "60"), row("a", "consumed", "50"), row("a", "bought", "30", inside=True))
    assert (traded.used("a"), traded.own_used("a")) == (50, 50)
    short = year(row("a", "made", "10"), row("a", "consumed", "100"))
    assert short.own_used("a") == 10


def test_goods_that_are_weighed_add_up_and_others_grow_by_their_mean() -> None:
    weighed = year(row("a", "made", "1"), row("b", "made", "2")), year(row("a", "made", "3"), row("b", "made", "3"))
    assert volume(*weighed, S) == (3, 6)
    pieces = (
        year(row("a", "made", "10", unit="piece"), row("b", "made", "2")),
        year(row("a", "made", "20", unit="piece"), row("b", "made", "2")),
    )
    assert volume(*pieces, S) == (1, Fraction(3, 2))
    assert volume(year(), year(), S) is None
    assert volume(year(row("a", "made", "1", unit="piece")), year(row("b", "made", "1")), S) is None


@pytest.mark.parametrize(
    ("rows", "plain"),
    [
        ([row("a", "made", "1"), row("a", "made", "2"), row("b", "made", "1", "t")], True),
        ([row("a", "made", "1"), row("b", "made", "2")], False),
        ([row("a", "made", "1", "")], False),
        ([row("a", "made", "1"), row("b", "consumed", "2")], True),
    ],
)
def test_one_product_each(rows: list[dict[str, Any]], plain: bool) -> None:
    assert one_product_each(rows) is plain
