"""A certificate's life with every serial written out: the model that the account over ranges is held against, and random lives.

Nothing here comes from verify: a dict from serial to holder, a set of the retired, one event after the other.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
Broken = set[tuple[str, str, int]]  # kind, row id, serial
HOLDERS = ("plant", "trader", "park", "other")


def broken(events: Iterable[Row]) -> Broken:
    """What cannot have happened, serial by serial."""
    holder: dict[int, str] = {}
    gone: set[int] = set()
    found: Broken = set()
    for event in sorted(events, key=lambda row: (row["at"], row["row_id"])):
        for serial in range(event["first"], event["last"] + 1):
            _one(event, serial, holder, gone, found)
    return found


def _one(event: Row, serial: int, holder: dict[int, str], gone: set[int], found: Broken) -> None:
    kind, giver = event["event"], event["from_holder"]
    if kind == "issue":
        if serial in holder:
            found.add(("issued_twice", event["row_id"], serial))
        else:
            holder[serial] = event["to_holder"]
        return
    if serial not in holder:
        found.add(("not_issued", event["row_id"], serial))
        holder[serial] = giver
    elif serial in gone:
        if kind != "retire":
            found.add(("after_retirement", event["row_id"], serial))
        return
    elif giver and holder[serial] and giver != holder[serial]:
        found.add(("not_the_holder", event["row_id"], serial))
    if kind == "transfer":
        holder[serial] = event["to_holder"]
    elif kind == "retire":
        gone.add(serial)


def life(draw: random.Random, width: int, length: int) -> list[Row]:
    """Random events over serials 0..width, one a day, most of them possible."""
    rows: list[Row] = []
    for number in range(draw.randrange(1, length)):
        first = draw.randrange(width)
        rows.append(
            {
                "registry": "GEC",
                "prefix": "X",
                "row_id": f"{number:05d}",
                "first": first,
                "last": min(width, first + draw.choice([0, 1, 5, width // 3])),
                "event": draw.choice(["issue", "issue", "split", "transfer", "transfer", "retire"]),
                "at": date(2027, 1, 1) + timedelta(days=number),
                "from_holder": draw.choice([*HOLDERS, ""]),
                "to_holder": draw.choice([*HOLDERS, ""]),
            }
        )
    return rows


def of_ranges(breaks: Callable[..., Any], events: list[Row]) -> Broken:
    """The breaks of an account over ranges, written out."""
    return {
        (one.kind, one.event["row_id"], serial)
        for one in breaks(events, lambda name: name)
        for serial in range(one.span[0], one.span[1] + 1)
    }


def clean(draw: random.Random, first: int, plants: int) -> tuple[list[Row], int]:
    """Lives without a fault: issued, split, sold in parts, retired by who holds them; and the serial after the last."""
    rows: list[Row] = []

    def event(kind: str, at: int, a: int, b: int, giver: str = "", taker: str = "") -> None:
        rows.append(
            {"registry": "GEC", "prefix": "X", "row_id": f"{len(rows):06d}", "first": a, "last": b, "event": kind,
             "at": date(2027, 2, 1) + timedelta(days=at), "from_holder": giver, "to_holder": taker}
        )  # fmt: skip

    for plant in range(plants):
        count = draw.randrange(2, 10**6)
        last, cut = first + count - 1, first + draw.randrange(count - 1)
        event("issue", 0, first, last, taker=f"plant{plant}")
        event("split", 1, first, cut, f"plant{plant}")
        event("split", 1, cut + 1, last, f"plant{plant}")
        event("transfer", 2, first, cut, f"plant{plant}", "trader")
        event("transfer", 2, first, cut, "trader", "park")  # both on one day
        event("transfer", 3, cut + 1, last, f"plant{plant}", "park")
        event("retire", 9, first, last, "park")
        first = last + 1
    return rows, first
