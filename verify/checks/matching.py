"""Green power by the hour: supply that no hour could have held, and claims above the match (TZ-MAT-01 to 03)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.checks import green_proof
from verify.checks.coarse_match import share_at_most
from verify.checks.filed import slack
from verify.checks.listing import line_rows, on_rows
from verify.checks.match_sums import Undecided, best_share, feasible, unmatched, used
from verify.checks.matched import Match, Missing, match
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.wording import fold
from verify.checks.world import World, total

_SHARE = "1"  # base unit of per cent
_CENT = 100  # shares are written in per cent: half a unit of the last digit is one of those


@check("TZ-MAT-01")
def supply_that_no_hour_holds(world: World, params: Params) -> Rows:
    """Direct supply is delivered in the hour in which it is generated and used (688号, hourly tracing; CK-G5).

    Claimed at zero beyond the sum over hours of the smaller of load and output on the line. Undone: the excess counts as
    other power. Hours without readings are taken at the most that the capacity gives; losses of the lines are admitted.
    """
    found: list[Found] = []
    undecided: list[str] = []
    reason = Undecided("no_readings")
    tested = 0
    due = [(year, cells) for year in world.years if (cells := _direct(world, year, params))]
    if not due:
        raise NotApplicable("no_direct_supply")
    if not world.handed_in("readings"):  # the ruler asks for no hours: nothing can be infeasible in them
        raise NotApplicable("no_readings")
    for year, cells in due:
        one = feasible(world, year, params)
        if isinstance(one, Undecided):
            undecided.append(year)
            reason = one
            continue
        tested += 1
        claimed = Fraction(total(cells, "quantity"))
        beyond = claimed - one.most
        if beyond <= world.number(params["tolerance"]) * claimed:
            continue
        default = Fraction(total(cells, "strict_tco2")) / claimed
        finding = Found(
            subject=park(world),
            period=year,
            arguments={
                "claimed": text(claimed),
                "generated": text(one.generated),
                "feasible": text(one.most),
                "dark": str(one.dark),
                "excess": text(beyond),
            },
            effect=tonnes(beyond * default),
        )
        found += on_rows(finding, "activity", _rows(world, year, cells))
    if not tested:
        raise CouldNotRun(reason.reason, **reason.arguments)
    return Rows(found, Scope.count(tested, len(due)), undecided)


@check("TZ-MAT-02")
def claimed_hourly_match(world: World, params: Params) -> Rows:
    """A share that is said to hold hour by hour is not above the energy-weighted score of the hours (green-power.md 4).

    What readings leave open is taken as matched; beyond that and beyond rounding it is a finding. No tonnes follow. Without
    readings the months filed bound it: a claim above that bound is found, one below stays undecided.
    """
    claims = [row for row in _shares(world, params) if _said(row, params["hourly_words"], params)]
    return _above(world, params, claims, hourly=True)


@check("TZ-MAT-03")
def annual_match_sold_as_supply(world: World, params: Params) -> Rows:
    """A balance of the year is no supply (GW-32): a share that is said to power the park, above what the hours match.

    Silent where the sentence says that it is of the year, or where the hours hold it. What is not matched is given in tonnes
    at default; it is no misstatement of the inventory, whose rule counts certificates by the year.
    """
    claims = [
        row
        for row in _shares(world, params)
        if _said(row, params["supply_words"], params)
        and not _said(row, params["annual_words"], params)
        and not _said(row, params["hourly_words"], params)
    ]
    return _above(world, params, claims, hourly=False)


def _direct(world: World, year: str, params: Params) -> list[dict[str, Any]]:
    supplies = green_proof.flat(params["kinds"])
    return [cell for cell in green_proof.zeros(world, year, params) if cell["supply"] in supplies]


def _rows(world: World, year: str, cells: list[dict[str, Any]]) -> list[str]:
    return line_rows(
        world,
        measure="carbon",
        year=year,
        rule={cell["rule"] for cell in cells},
        supply={cell["supply"] for cell in cells},
    )


def _shares(world: World, params: Params) -> list[dict[str, Any]]:
    """Claims of a share of green power."""
    return [
        row
        for row in world.rows("claims")
        if row["value"] is not None and row["unit"] == _SHARE and _said(row, params["green_words"], params)
    ]


def _said(row: Mapping[str, Any], words: list[str], params: Params) -> str:
    return fold(row["text"]).first(words, params["denials"], int(params["reach"]))


def _above(world: World, params: Params, claims: list[dict[str, Any]], *, hourly: bool) -> Rows:
    """Findings of claims above the best that the hours admit; a claim of a year without hours stays undecided."""
    if not claims:
        raise NotApplicable("no_claims")
    found, undecided = [], []
    reason = ""
    for row in claims:
        year = row["year"] or world.year
        one = match(world, year)
        if isinstance(one, Missing):
            most = share_at_most(world, year) if hourly else None
            if most is None or not _beyond(world, params, row, most):
                undecided.append(row["claim_id"])
                reason = one.reason
            else:
                found.append(_hourly(world, row, year, most))
            continue
        best = best_share(one)
        if best is None or not _beyond(world, params, row, best):
            continue
        found.append(_hourly(world, row, year, best) if hourly else _supply(world, row, one, year, best))
    if len(undecided) == len(claims):
        raise CouldNotRun(reason)
    return Rows(found, Scope.count(len(claims) - len(undecided), len(claims)), undecided)


def _beyond(world: World, params: Params, row: Mapping[str, Any], best: Fraction) -> bool:
    """Whether a claimed share is above the best that is possible, beyond the rounding of its last digit."""
    rounding = slack(row["value"] * _CENT, world.number(params["rounding"])) / _CENT
    return Fraction(row["value"]) > best + rounding


def _hourly(world: World, row: Mapping[str, Any], year: str, best: Fraction) -> Found:
    return _claim(world, row, year, best, {})


def _supply(world: World, row: Mapping[str, Any], one: Match, year: str, best: Fraction) -> Found:
    open_mwh, at_default = unmatched(world, one, year)
    annual, monthly = (used(one, resolution) for resolution in ("annual", "monthly"))
    more = {
        "annual": text(annual),
        "monthly": text(monthly),
        "unmatched": text(open_mwh),
        "at_default": text(at_default),
    }
    return _claim(world, row, year, best, more)


def _claim(world: World, row: Mapping[str, Any], year: str, best: Fraction, more: Mapping[str, str]) -> Found:
    arguments = {"claim": row["claim_id"], "claimed": text(Fraction(row["value"])), "hourly": text(best), **more}
    return Found(park(world), year, arguments, None, "", "claims", row["row_id"])
