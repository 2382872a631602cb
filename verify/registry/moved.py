"""TZ-REG-04 and 05: production and capacity that left one park and appeared in another, under one legal person or group."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise, permutations
from typing import Any

from verify.registry.found import Answer, Found, Params
from verify.registry.view import View, key_of

_MONTHS = 12


def production(view: View, params: Params) -> Answer:
    """Of one product of one group: a fall here by more than the least share, and a rise there that holds most of it."""
    keys = ["link", "product", "unit"]
    rows = view.rows(view.shared("outputs", keys))
    years: dict[str, set[str]] = defaultdict(set)
    for row in view.engine.rows(view.live("years").select("park", "year")):
        years[row["park"]].add(row["year"])
    sums: dict[tuple[str, ...], dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        by_year = sums[row["link"], row["product"], row["unit"]][row["park"]]
        by_year[row["year"]] = by_year.get(row["year"], Decimal(0)) + row["quantity"]
    found = []
    for key, parks in sorted(sums.items()):
        for here, there in permutations(sorted(parks), 2):
            if view.nested(here, there):
                continue
            common = sorted(years[here] & years[there])
            for before, after in pairwise(common):
                fell = parks[here].get(before, Decimal(0)) - parks[here].get(after, Decimal(0))
                rose = parks[there].get(after, Decimal(0)) - parks[there].get(before, Decimal(0))
                enough = fell > 0 and fell >= params["drop"] * parks[here].get(before, Decimal(0))
                if enough and rose >= params["found_again"] * fell:
                    found.append(_production(key, (here, there), (before, after), (fell, rose)))
    return Answer(found, view.keys("outputs", keys), len(rows), view.count("outputs"))


def capacity(view: View, params: Params) -> Answer:
    """Of one kind and one group: a source retired here, and one of like capacity commissioned there within some months."""
    keys = ["link", "kind", "unit"]
    rows = view.rows(view.shared("capacities", keys))
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["link"], row["kind"], row["unit"]].append(row)
    found = []
    for key, sources in sorted(groups.items()):
        for old, new in permutations(sources, 2):
            if old["park"] == new["park"] or old["end"] is None or new["start"] is None:
                continue
            near = abs(_months(new["start"]) - _months(old["end"])) <= int(params["months"])
            alike = abs(new["capacity"] - old["capacity"]) <= params["tolerance"] * old["capacity"]
            if near and alike and not view.nested(old["park"], new["park"]):
                found.append(_capacity(key, old, new))
    return Answer(found, view.keys("capacities", keys), len(rows), view.count("capacities"))


def _months(day: date) -> int:
    return day.year * _MONTHS + day.month


def _production(
    key: tuple[str, ...], parks: tuple[str, str], years: tuple[str, str], moved: tuple[Decimal, Decimal]
) -> Found:
    link, product, unit = key
    arguments = {
        "link": link.partition(":")[2].upper(),
        "product": product,
        "left": f"{moved[0].normalize():f} {unit}",
        "appeared": f"{moved[1].normalize():f} {unit}",
        "from_park": parks[0],
        "to_park": parks[1],
    }
    return Found("TZ-REG-04", key_of(key), parks, product, "/".join(years), arguments)


def _capacity(key: tuple[str, ...], old: dict[str, Any], new: dict[str, Any]) -> Found:
    arguments = {
        "link": key[0].partition(":")[2].upper(),
        "kind": key[1],
        "old_source": old["source"],
        "new_source": new["source"],
        "capacity": f"{old['capacity'].normalize():f} {old['unit']}".strip(),
        "from_park": old["park"],
        "to_park": new["park"],
    }
    period = f"{old['end']}/{new['start']}"
    return Found("TZ-REG-05", key_of(key), (old["park"], new["park"]), old["source"], period, arguments)
