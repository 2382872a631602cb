"""Which activity types go with which flows, and what a row is that carries a pair that does not exist (TZ-ACC-09).

The pairs stand in the ruler by class of carrier. A trade or stock row may name the conversion that it is for: what the
conversion takes may be bought for it, what it gives may be sold from it. Power and heat bought may name how they were
made: their type only describes. At a unit that converts by itself the same row is its own output, called a purchase.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from verify.checks.closure import FLOWS, IN, RECEIVED
from verify.checks.undone import facts
from verify.checks.world import World
from verify.engine import Table

KEYS = ("enterprise_id", "source_id", "year", "carrier", "activity_type", "flow")
_TAKES, _GIVES = "transformation_in", "transformation_out"
_CONVERTED = (_TAKES, _GIVES, "recovered")
_YEAR = 4  # characters of a period that is a whole year


@dataclass(frozen=True)
class Wrong:
    """Rows of one place, year, carrier, type and flow that cannot be, and what they are once that is undone."""

    key: tuple[str, ...]
    flow: str
    activity_type: str


class Pairs:
    """The pairs of the ruler against what this park converts into what."""

    def __init__(self, world: World, params: Mapping[str, Any], filed: Iterable[Mapping[str, str]]) -> None:
        """`filed`: the distinct combinations of `KEYS` among typed rows."""
        self._traits = world.vocabulary.traits
        self._params = params
        self._filed = [dict(row) for row in filed]
        converted = [row for row in self._filed if row["flow"] in _CONVERTED]
        self._takes = {_conversion(row) for row in converted if row["flow"] == _TAKES}
        self._gives = {_conversion(row) for row in converted if row["flow"] != _TAKES}
        self._converting = {_place(row) for row in converted}
        self._usual: dict[tuple[str, ...], set[str]] = {}
        for row in converted:
            if self._exists(row):
                self._usual.setdefault(_place(row), set()).add(row["activity_type"])

    def wrong(self) -> list[Wrong]:
        """Every combination that does not exist."""
        return [
            Wrong(tuple(row[key] for key in KEYS), *self._due(row))
            for row in self._filed
            if self._class(row) in self._params["admissible"] and not self._exists(row)
        ]

    def _exists(self, row: Mapping[str, str]) -> bool:
        flow, word, traded = row["flow"], row["activity_type"], self._params["traded"]
        if flow in self._params["admissible"].get(self._class(row), {}).get(word, ()):
            return True
        if flow in RECEIVED and word in self._params["described"].get(self._class(row), ()):
            return _place(row) not in self._converting
        known = _conversion(row)
        balanced = word in self._params["balance"] and self._class(row) == "fuel"
        return balanced and (
            (flow in traded["taken"] and known in self._takes) or (flow in traded["given"] and known in self._gives)
        )

    def _due(self, row: Mapping[str, str]) -> tuple[str, str]:
        """Flow and type of the row once the pair is undone: the type of its unit where it converts, else the flow of its type."""
        flow, word = row["flow"], row["activity_type"]
        usual = self._usual.get(_place(row), set())
        if flow in _CONVERTED and len(usual) == 1:
            return flow, next(iter(usual))
        if word in self._params["balance"] and self._class(row) == "fuel":
            known = _conversion(row)
            if known in self._takes or known in self._gives:
                return (_TAKES if known in self._takes else _GIVES), word
            return (_GIVES if FLOWS[flow] == IN else _TAKES), word
        return self._params["due"][self._class(row)].get(word, flow), word

    def _class(self, row: Mapping[str, str]) -> str:
        return self._traits(row["carrier"])["class"]


def orphans(world: World, rows: Table, params: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(enterprise, type, period) with fuel used inside a carbon balance into which nothing was put in that period."""
    typed = rows.filter(rows.activity_type.isin(params["balance"]))
    keys = ["enterprise_id", "activity_type", "period"]
    put_in = typed.filter(typed.flow == _TAKES).select(*keys).distinct()
    inside = typed.filter(typed.flow.isin(params["inside_balance"])).select(*keys).distinct()
    fed: dict[tuple[str, str], set[str]] = {}
    for row in world.engine.rows(put_in):
        fed.setdefault((row["enterprise_id"], row["activity_type"]), set()).add(row["period"])
    return sorted(
        (row["enterprise_id"], row["activity_type"], row["period"])
        for row in world.engine.rows(inside)
        if not _meets(row["period"], fed.get((row["enterprise_id"], row["activity_type"]), set()))
    )


def filed_pairs(world: World) -> list[dict[str, Any]]:
    """The distinct combinations of `KEYS` of rows that carry a type, in order."""
    rows = facts(world, "activity")
    rows = rows.filter(rows.activity_type != "").select(*KEYS).distinct()
    return world.engine.rows(rows.order_by(list(KEYS)))


def _meets(period: str, periods: set[str]) -> bool:
    """Whether a period is one of them, lies in a year that is, or is a year that holds one."""
    if period in periods or period[:_YEAR] in periods:
        return True
    return len(period) == _YEAR and any(one.startswith(period) for one in periods)


def _conversion(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["year"], row["activity_type"], row["carrier"]


def _place(row: Mapping[str, str]) -> tuple[str, ...]:
    return row["enterprise_id"], row["source_id"], row["year"]
