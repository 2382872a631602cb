"""Basic conditions of annex 1 (TZ-BAS-01 to 04): what the park files, and whether a paper of the right kind stands behind it."""

from __future__ import annotations

from collections.abc import Iterable

from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope
from verify.checks.subject import park
from verify.checks.world import World


@check("TZ-BAS-01")
def zone_of_provincial_level(world: World, params: Params) -> Rows:
    """Annex 1, 一: a development zone of provincial level or above, or a park approved at that level (N-BC-1)."""
    filed = world.submission.park.basic_conditions
    if filed.zone_level and _proven(world, filed.zone_evidence, params["evidence"]):
        return Rows([], Scope.count(1))
    arguments = {"declared": filed.zone_level, "evidence": ", ".join(filed.zone_evidence)}
    return Rows([_found(world, arguments)], Scope.count(1))


@check("TZ-BAS-02")
def boundary_and_manager(world: World, params: Params) -> Rows:
    """Annex 1, 二: a park in a park has a boundary on four sides and a responsible manager (N-BC-2)."""
    about = world.submission.park
    required = world.ruler.text.boundary.park_in_park_requires
    if about.kind != "park_in_park" or not required:
        return Rows([], Scope.count(1))
    papers = world.evidence_kinds()
    drawn = any((one.geojson or one.file or one.text) and one.evidence_id in papers for one in about.boundaries)
    there = {"boundary": drawn, "manager": bool(about.manager.strip())}
    missing = [name for name in required if not there.get(name, False)]
    found = [_found(world, {"kind": about.kind, "missing": "_and_".join(missing)})] if missing else []
    return Rows(found, Scope.count(1))


@check("TZ-BAS-03")
def able_to_account(world: World, params: Params) -> Rows:
    """Annex 1, 三: some basis in statistics, accounting, metering and monitoring of energy and carbon (N-BC-3)."""
    filed = world.submission.park.basic_conditions.capability
    found = []
    for aspect, kinds in sorted(params["aspects"].items()):
        papers = getattr(filed, aspect)
        if not _proven(world, papers, kinds):
            found.append(_found(world, {"aspect": aspect, "evidence": ", ".join(papers)}))
    return Rows(found, Scope.count(len(params["aspects"])))


@check("TZ-BAS-04")
def no_major_accident(world: World, params: Params) -> Rows:
    """Annex 1, 四: no major safety or environmental accident within the years before (N-BC-4)."""
    years = int(params["years"])
    first = str(int(world.year) - years + 1)
    filed = world.submission.park.basic_conditions.no_accident
    covered = bool(filed.from_year) and filed.from_year <= first and (filed.to_year or filed.from_year) >= world.year
    if covered and _proven(world, filed.evidence, params["evidence"]):
        return Rows([], Scope.count(1))
    arguments = {"from_year": first, "to_year": world.year, "evidence": ", ".join(filed.evidence)}
    return Rows([_found(world, arguments)], Scope.count(1))


def _proven(world: World, papers: Iterable[str], kinds: Iterable[str]) -> bool:
    """Whether one of the papers is on file and of an admissible kind."""
    known = world.evidence_kinds()
    return any(known.get(one, "") in kinds for one in papers)


def _found(world: World, arguments: dict[str, str]) -> Found:
    return Found(park(world), world.year, arguments, effect_unit="")
