"""A later filing is held against what was committed at the first one (TZ-HIS-01 to 04; DESIGN 8 H, GW-39, GW-40)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from verify.canonical import digest, exact
from verify.checks.frozen import PARAMETER, RULER
from verify.checks.holding import Holding, Restated, holdings, is_same, same_places
from verify.checks.listing import on_rows, table_rows
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text
from verify.checks.rows import tonnes as rounded
from verify.checks.subject import park
from verify.checks.world import World
from verify.history import CHANGED, CHOICE, FIGURES, FILED, NEW, TONNES, Difference
from verify.history.amounts import largest

_SHOWN = 12  # hexadecimal digits of the digest of a fence


@check("TZ-HIS-01")
def figures_stand(world: World, params: Params) -> Rows:
    """Figures of a frozen year are those of the first filing, or a restatement says why (GHG Protocol ch. 5; GW-39).

    One finding per source and year, of what moved most. Undone: the year is as first filed. `params.event`: the kind of event
    that declares a restatement; it needs a trigger in words and a document on file.
    """
    held = _held(world)
    restated = Restated.of(world, params["event"])
    found: list[Found] = []
    for one in held:
        for difference in one.differences:
            wanted = difference.what in {CHANGED, NEW} and difference.path.kind in {FIGURES, TONNES, FILED}
            if wanted and not restated.covers(difference.path) and not one.follows(difference):
                found += _changed(world, one, difference)
    return Rows(found, _scope(held, FIGURES, TONNES, FILED), _sealed(held))


@check("TZ-HIS-02")
def choices_stand(world: World, params: Params) -> Rows:
    """Base year, boundary, allocation keys, open parameters and classification are those chosen first (GW-02, 07, 16).

    A fence or a code with a date of its own changes the years after it and no frozen one. `params.event` as above. Undone,
    for an open parameter: the reading chosen first; the other choices have no tonnes of one year.
    """
    held = _held(world)
    restated = Restated.of(world, params["event"])
    found: list[Found] = []
    for one in held:
        for difference in one.differences:
            path = difference.path
            if path.kind != CHOICE or path.name == RULER or difference.what != CHANGED or restated.covers(path):
                continue
            before, now = _choice(difference.before), _choice(difference.now)
            arguments = {"choice": path.name, "part": path.source, "before": before, "now": now}
            effect = _reading_undone(world, difference) if path.name == PARAMETER else None
            found.append(Found(path.member or park(world), path.year or world.year, arguments, effect))
    return Rows(found, _scope(held, CHOICE), _sealed(held))


@check("TZ-HIS-03")
def everything_opens(world: World, params: Params) -> Rows:
    """What was committed can be opened: no source or member of a frozen year that is filed again is missing (GW-39, 40).

    Undone: what is gone counts again, where the opening says how much it was. A year that is not handed in at all is missing
    only where it is the base year then. `params.event` as above.
    """
    held = _held(world)
    restated = Restated.of(world, params["event"])
    found: list[Found] = []
    for one in held:
        for path, before in one.gone():
            if restated.covers(path):
                continue
            arguments = {
                "leaf": path.name if path.kind == CHOICE else path.kind,
                "source": path.source,
                "before": before or "",
            }
            effect = rounded(exact(before)) if before and path.kind == TONNES else None
            found.append(Found(path.member or park(world), path.year or world.year, arguments, effect))
    return Rows(found, _scope(held, FIGURES, TONNES, FILED, CHOICE), _sealed(held))


@check("TZ-HIS-04")
def one_park_one_name(world: World, params: Params) -> Rows:
    """A place that filed before under another id says so (GW-40): polygons by overlap, members by code, sources by where they stand.

    `params.share` and `params.members`: of what the smaller of the two has, of fence or sources and of codes, from which the
    place is the same; `params.decimals`: places of the degrees in which sources are compared; `params.declared`: the
    declaration that names the earlier id.
    """
    others = [one for one in world.history if one.public.park != world.submission.park.id]
    if not world.history:
        raise NotApplicable("no_history")
    declared = {
        one.text.strip()
        for one in world.submission.park.declarations
        if one.kind == params["declared"] and one.evidence_id in world.evidence_kinds()
    }
    found: list[Found] = []
    for one in others:
        alike = same_places(world, one, int(params["decimals"]))
        if one.public.park in declared or not is_same(world, alike, params):
            continue
        arguments = {"earlier": one.public.park, **{f"{kind}_share": text(value) for kind, value in alike.items()}}
        found += on_rows(Found(park(world), world.year, arguments), "enterprises", table_rows(world, "enterprises"))
    return Rows(found, Scope.count(len(world.history)))


def _held(world: World) -> list[Holding]:
    """The commitments of this place that can be opened. Raises NotApplicable, CouldNotRun."""
    if not world.history:
        raise NotApplicable("no_history")
    held = holdings(world)
    if not held:
        raise NotApplicable("history_of_another_park")
    if all(one.opened is None for one in held):
        raise CouldNotRun("history_not_opened")
    return held


def _sealed(held: list[Holding]) -> list[str]:
    """Commitments of this place that nobody opens: what the check could not look at."""
    return [one.frozen.public.root for one in held if one.opened is None]


def _scope(held: list[Holding], *kinds: str) -> Scope:
    rows = [row for one in held for row in one.frozen.public.leaves if row[0] in kinds]
    opened = [row for one in held if one.opened for row in one.frozen.public.leaves if row[0] in kinds]
    return Scope.count(len(opened), len(rows))


def _changed(world: World, one: Holding, difference: Difference) -> list[Found]:
    path = difference.path
    moved = largest(difference)
    effect = one.effect(path)
    arguments = {"source": path.source, "of": moved.of, "before": moved.before, "now": moved.now, "unit": moved.unit}
    found = Found(path.member or park(world), path.year, arguments, None if effect is None else rounded(effect))
    if path.kind == FILED:
        return on_rows(found, "reported", table_rows(world, "reported", item=path.name, year=path.year))
    periods = [path.year, *(f"{path.year}-{month:02d}" for month in range(1, 13))]
    rows = table_rows(world, "activity", enterprise_id=path.member, source_id=path.source, period=periods)
    return on_rows(found, "activity", rows)


def _choice(content: object) -> str:
    """A choice in one line: its parts, of a fence the beginning of its digest; '' where nobody tells what it was."""
    if content is None:
        return ""
    return " ".join(str(part) for part in content if part) if isinstance(content, list) else digest(content)[:_SHOWN]


def _reading_undone(world: World, difference: Difference) -> Decimal | None:
    """Total under the reading chosen first less the total as chosen now."""
    before, name = difference.before, difference.path.source
    known = {one.id for one in world.ruler.text.parameters[name].readings}
    if not isinstance(before, list) or before[0] not in known:
        return None
    figures = world.figures[world.year]
    then, now = (
        figures.item("total.tco2", chosen) for chosen in ({**world.chosen, name: before[0]}, dict(world.chosen))
    )
    return rounded(then - now) if isinstance(then, Fraction) and isinstance(now, Fraction) else None
