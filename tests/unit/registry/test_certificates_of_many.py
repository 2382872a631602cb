"""One serial over two parks, one plant over two parks; filings that only repeat each other are silent."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from verify.registry.certificates import Filing, clashes, oversold

ROW = {"registry": "GEC", "prefix": "X-", "event": "retire", "used_for_period": "2027", "used_by": ""}


def event(first: int, last: int, beneficiary: str, **more: Any) -> dict[str, Any]:
    return {**ROW, "first": first, "last": last, "beneficiary": beneficiary, "row_id": f"{first}-{last}", **more}


def filing(park: str, *events: dict[str, Any], **more: Any) -> Filing:
    return Filing(park, frozenset({park, f"{park} Park"}), events, **more)


def test_a_serial_of_two_parks_is_found_however_it_is_written() -> None:
    parks = [
        filing("A", event(1, 1000, "A")),
        filing("B", event(901, 1500, "B", prefix="ｘ－00"), event(2000, 2100, "B")),
    ]
    (one,) = clashes(parks)
    assert one.span == (901, 1000)
    assert {(use.park_id, use.user) for use in one.uses} == {("A", "A"), ("B", "B")}


def test_clean_ranges_and_repeated_filings_are_silent() -> None:
    again = filing("A", event(1, 1000, "A Park"))  # filed again a year later, under its other name
    quoted = filing("B", event(1001, 1500, "B"), event(1, 1000, "a"))  # B's statement lists what A retired
    assert list(clashes([filing("A", event(1, 1000, "A")), again, quoted])) == []


def test_two_years_of_one_park_over_two_filings() -> None:
    later = filing("A", event(500, 600, "A", used_for_period="2028-03"))
    (one,) = clashes([filing("A", event(1, 1000, "A")), later])
    assert one.span == (500, 600)
    assert {use.year for use in one.uses} == {"2027", "2028"}


def test_a_use_outside_both_parks_counts() -> None:
    (one,) = clashes([filing("A", event(1, 9, "A")), filing("B", event(5, 6, "海外买方"))])
    assert one.span == (5, 6)


def test_against_a_model_of_numbers() -> None:
    draw = random.Random(11)
    for _ in range(120):
        parks, uses = [], {}
        for name in "ABCD":
            rows = []
            for _ in range(draw.randrange(4)):
                first = draw.randrange(80)
                last = first + draw.randrange(12)
                rows.append(event(first, last, name))
                for number in range(first, last + 1):
                    uses.setdefault(number, set()).add(name)
            parks.append(filing(name, *rows))
        found = {number for one in clashes(parks) for number in range(one.span[0], one.span[1] + 1)}
        assert found == {number for number, names in uses.items() if len(names) > 1}


def plant(share: str | None, name: str = "风电场", longitude: str = "119.98") -> dict[str, Any]:
    from decimal import Decimal

    return {"generator_id": "g", "name": name, "longitude": Decimal(longitude), "latitude": Decimal("31.7"),
            "share": None if share is None else Decimal(share)}  # fmt: skip


def test_a_plant_is_not_sold_beyond_its_output() -> None:
    parks = [filing("A", generators=[plant("0.7")]), filing("B", generators=[plant("0.4")])]
    (one,) = oversold(parks)
    assert (one.share, one.parks) == (Fraction(11, 10), ("A", "B"))
    assert list(oversold([parks[0], filing("B", generators=[plant("0.3")])])) == []
    assert list(oversold([parks[0], parks[0], filing("B", generators=[plant(None)])])) == []
    assert list(oversold([parks[0], filing("B", generators=[plant("0.4", longitude="110.10")])])) == []
