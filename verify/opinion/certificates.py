"""The certificate part of the facts: MWh from the list of the park to its claim of the year, and what falls out on the way."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from verify.checks.certificate_flow import LOSSES, STAGES, Flow, flow
from verify.checks.world import World
from verify.opinion.accounts import Facts, cite, number

_PLACES = 4  # of a share: certificates are whole, a longer ratio would tell their number where amounts are withheld


def facts(world: World) -> Facts | None:
    """The section `certificates` of the reporting year; None where no certificates are handed in. Amounts are MWh; `share`
    is of what is listed, `covered` of what is claimed."""
    found = flow(world, world.year)
    rule = world.ruler.text.method.certificates
    if found is None or rule is None:
        return None
    listed = found.stage("listed")
    return {
        "claimed": number(found.claimed),
        "claimed_share": _share(found.claimed, listed),
        "covered": _covered(found),
        "issue_unknown": number(found.unknown * found.unit),
        "stages": [
            {"stage": one, "mwh": number(found.stage(one)), "share": _share(found.stage(one), listed)} for one in STAGES
        ],
        "losses": [
            {"stage": stage, "reason": one, "mwh": number(found.lost(one)), "share": _share(found.lost(one), listed)}
            for one, stage in LOSSES.items()
            if found.lost(one)
        ],
        "generators": _generators(world, found),
        "cite": cite(rule.cite),
    }


def _share(part: Fraction, whole: Fraction) -> str | None:
    return number(part / whole, _PLACES) if whole else None


def _covered(found: Flow) -> str | None:
    """Rounded down: all is covered only where all is."""
    if not found.claimed:
        return None
    return number(Fraction(floor(found.stage("counted") / found.claimed * 10**_PLACES), 10**_PLACES), _PLACES)


def _generators(world: World, found: Flow) -> list[Facts]:
    """By plant up to the statement: what is claimed is the power of no one plant."""
    plants = {row["generator_id"]: row for row in world.rows("generators")}
    return [
        {
            "generator_id": one,
            "name": plants[one]["name"] if one in plants else "",
            "technology": plants[one]["technology"] if one in plants else "",
            **{stage: number(found.stage(stage, one)) for stage in STAGES[:-1]},
        }
        for one in found.generators()
        if found.stage("listed", one)
    ]
