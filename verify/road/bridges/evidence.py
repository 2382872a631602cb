"""What the tables say of how energy and output were found, for the proof of a fall (verify.bridge.proof)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache

from verify.bridge.amounts import Unit
from verify.bridge.classification import Classification
from verify.bridge.proof import Evidence, Measure, Record
from verify.checks.world import World

_WEAK = ("", "estimate", "default")


def evidence(world: World, kind: Classification) -> Evidence:
    """The records of every year by the unit that they count in: asked once for all pairs of years."""
    key = f"bridge_evidence:{kind.id}"
    if key not in world.cache:
        world.cache[key] = _asked(world, kind.classed)
    return world.cache[key]  # type: ignore[no-any-return]


def _asked(world: World, classed: Callable[[Unit], Unit]) -> Evidence:
    years = world.years
    activity = world.table("activity")
    activity = activity.mutate(year=activity.period[:4])
    activity = activity.mutate(paper=(activity.evidence_id != "") | (activity.meter_id != ""))
    rows = world.engine.each(
        activity.filter(lambda t: t.year.isin(years))
        .select("year", "enterprise_id", "source_id", "carrier", "basis", "paper")
        .distinct()
    )
    bases: dict[tuple[str, Unit, str], set[str]] = defaultdict(set)
    papers: dict[tuple[str, Unit, str], bool] = defaultdict(lambda: True)
    for row in rows:
        key = (row["year"], classed((row["enterprise_id"], row["source_id"])), row["carrier"])
        bases[key].add(row["basis"])
        papers[key] &= row["paper"] or row["basis"] not in _WEAK
    return Evidence(
        {key: _record(frozenset(some), papers[key]) for key, some in bases.items()},
        _output(world, classed, years),
        _measures(world, classed),
    )


@cache
def _record(bases: frozenset[str], documented: bool) -> Record:
    """One object for all flows that were found alike, which are many."""
    return Record(bases, documented)


def _output(world: World, classed: Callable[[Unit], Unit], years: tuple[str, ...]) -> dict[tuple[str, Unit], bool]:
    made = world.table("production")
    made = made.filter(made.flow == "made").mutate(year=made.period[:4], paper=made.evidence_id != "")
    rows = world.engine.each(
        made.filter(lambda t: t.year.isin(years)).select("year", "enterprise_id", "source_id", "paper").distinct()
    )
    found: dict[tuple[str, Unit], bool] = defaultdict(lambda: True)
    for row in rows:
        found[row["year"], classed((row["enterprise_id"], row["source_id"]))] &= row["paper"]
    return dict(found)


def _measures(world: World, classed: Callable[[Unit], Unit]) -> tuple[Measure, ...]:
    papers = world.evidence_kinds()
    return tuple(
        Measure(
            classed((row["enterprise_id"], row["source_id"])),
            row["carrier"],
            row["effective_from"],
            row["evidence_id"] in papers,
        )
        for row in world.rows("measures")
        if row["effective_from"] is not None
    )
