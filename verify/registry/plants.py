"""TZ-REG-06 and 07: one plant delivered to several parks: more in an hour than it can make, and shares above the whole."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from verify.registry.found import Answer, Found, Params
from verify.registry.view import View

_KWH = Decimal(1000)  # of an MWh


def hours(view: View, params: Params) -> Answer:
    """Hours in which parks together took more of a plant than its capacity, the largest of those that they state."""
    import ibis

    plants = view.live("plants")
    several = view.shared("plants", ["plant"]).select("plant").distinct()  # a small table; deliveries are the largest
    rows = view.live("deliveries").semi_join(several, "plant")
    most = plants.group_by("plant").aggregate(capacity=plants["capacity"].max(), name=plants["name"].min())
    most = most.filter(most["capacity"].notnull())
    taken = rows.group_by("plant", "hour").aggregate(
        kwh=rows["kwh"].sum().cast("decimal(38, 6)"), parks=rows["park"].nunique()
    )
    taken = taken.join(most, "plant")
    factor = ibis.literal(_KWH * (1 + params["tolerance"])).cast("decimal(12, 4)")
    limit = (taken["capacity"].cast("decimal(18, 6)") * factor).cast("decimal(38, 6)")
    over = taken.filter((taken["parks"] > 1) & (taken["kwh"] > limit))
    summed = over.group_by("plant", "name", "capacity").aggregate(
        hours=over.count(),
        first=over["hour"].min(),
        last=over["hour"].max(),
        kwh=over["kwh"].sum().cast("decimal(38, 6)"),
    )
    told = view.rows(summed)
    who: dict[str, set[str]] = defaultdict(set)
    if told:
        sold = rows.join(over.select("plant", "hour"), ["plant", "hour"])
        for row in view.engine.rows(sold.select("plant", "park").distinct()):
            who[row["plant"]].add(row["park"])
    found = [_hours(row, tuple(sorted(who[row["plant"]]))) for row in told]
    return Answer(found, view.keys("plants", ["plant"]), len(told), view.count("deliveries"))


def shares(view: View, params: Params) -> Answer:
    """Plants of which parks together take more than all; the sum is `registry.certificates.oversold`, key by key."""
    rows = view.rows(view.shared("plants", ["plant"]))
    taken: dict[str, dict[str, Decimal]] = defaultdict(dict)
    named: dict[str, str] = {}
    for row in rows:
        if row["share"] is not None:
            named[row["plant"]] = row["name"]
            taken[row["plant"]][row["park"]] = row["share"]
    found = []
    for plant, by_park in sorted(taken.items()):
        whole = sum(by_park.values(), Decimal(0))
        if len(by_park) > 1 and whole > params["whole"]:
            arguments = {
                "plant": named[plant],
                "share": f"{whole.normalize():f}",
                "shares": "; ".join(f"{park}: {share.normalize():f}" for park, share in sorted(by_park.items())),
            }
            found.append(Found("TZ-REG-07", plant, tuple(sorted(by_park)), named[plant], "", arguments))
    return Answer(found, view.keys("plants", ["plant"]), len(rows), view.count("plants"))


def _hours(row: dict[str, Any], parks: tuple[str, ...]) -> Found:
    above = (row["kwh"] - row["capacity"] * row["hours"] * _KWH) / _KWH
    arguments = {
        "plant": row["name"],
        "hours": str(row["hours"]),
        "above": f"{above.normalize():f}",
        "capacity": f"{row['capacity'].normalize():f}",
        "parks": "; ".join(parks),
    }
    return Found(
        "TZ-REG-06", row["plant"], parks, row["name"], f"{row['first']:%Y-%m-%d}/{row['last']:%Y-%m-%d}", arguments
    )
