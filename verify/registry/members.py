"""TZ-REG-02 and 03: a member of two parks at one time, and one that left a park and is in none."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations
from typing import Any

from verify.registry.found import Answer, Found, Params
from verify.registry.view import View

Spell = dict[str, Any]


def twice(view: View, params: Params) -> Answer:
    """One credit code in two parks over more days than a handover takes; a park and the park that it lies in are one."""
    rows = view.rows(view.shared("spells", ["code"]))
    found = []
    for one, other in _pairs(rows):
        start, end = _common(one, other)
        days = ((end or date.max) - (start or date.min)).days + 1
        if days > int(params["days"]) and not view.nested(one["park"], other["park"]):
            found.append(_twice(one, other, start, end))
    return Answer(found, view.keys("spells", ["code"]), len(rows), view.count("spells"))


def nowhere(view: View, params: Params) -> Answer:
    """Codes whose every spell has ended, without a closure and without a successor that is a member anywhere."""
    spells, successors = view.live("spells"), view.live("successors")
    latest = spells.group_by("code").aggregate(open_=spells["end"].isnull().max(), until=spells["end"].max())
    gone = latest.filter(~latest["open_"]).select("code", end=latest["until"])
    last = spells.semi_join(gone, ["code", "end"])
    heirs = successors.select("before", code=successors["after"]).join(spells.select("code", "end"), "code")
    carried: dict[str, list[date | None]] = defaultdict(list)
    for row in view.engine.rows(heirs.select("before", "end")):
        carried[row["before"]].append(row["end"])
    asked = _asked(view)
    found = [
        _nowhere(row)
        for row in view.rows(last)
        if (asked is None or row["code"] in asked)
        and row["reason"] not in params["ended"]
        and str(row["end"])[:4] <= str(view.heads[row["park"]]["year"])
        and not any(end is None or end > row["end"] for end in carried[row["code"]])
    ]
    return Answer(found, asked, view.count("spells"), view.count("spells"))


def _asked(view: View) -> frozenset[str] | None:
    """Codes that moved, and those of which a successor moved."""
    codes = view.keys("spells", ["code"])
    if codes is None:
        return None
    lineage = view.engine.rows(view.live("successors").select("before", "after").distinct())
    gone = view.engine.rows(view.moved("successors").select("before").distinct())
    return codes | {row["before"] for row in lineage if row["after"] in codes} | {row["before"] for row in gone}


def _pairs(rows: list[Spell]) -> list[tuple[Spell, Spell]]:
    by_code: dict[str, list[Spell]] = defaultdict(list)
    for row in rows:
        by_code[row["code"]].append(row)
    both = [pair for spells in by_code.values() for pair in combinations(spells, 2)]
    return [(one, other) for one, other in both if one["park"] != other["park"]]


def _common(one: Spell, other: Spell) -> tuple[date | None, date | None]:
    """From when to when both hold; None: open."""
    start = max(one["start"] or date.min, other["start"] or date.min)
    end = min(one["end"] or date.max, other["end"] or date.max)
    return (None if start == date.min else start), (None if end == date.max else end)


def _twice(one: Spell, other: Spell, start: date | None, end: date | None) -> Found:
    one, other = sorted((one, other), key=lambda spell: str(spell["park"]))
    return Found(
        "TZ-REG-02",
        one["code"],
        (one["park"], other["park"]),
        subject=one["name"],
        period=f"{start or ''}/{end or ''}",
        arguments={"code": one["code"].upper(), "first_park": one["park"], "other_park": other["park"]},
    )


def _nowhere(row: Spell) -> Found:
    arguments = {"code": row["code"].upper(), "park": row["park"], "left_on": str(row["end"])}
    return Found("TZ-REG-03", row["code"], (row["park"],), row["name"], str(row["end"]), arguments)
