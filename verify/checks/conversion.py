"""Conversion of energy: what comes out of a conversion was put in, and what was put in comes out (TZ-BAL-06)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from verify.checks.cells import every
from verify.checks.conversions import Conversion, conversions
from verify.checks.listing import line_rows, on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.world import World


@check("TZ-BAL-06", needs={"activity"})
def conversion_closes(world: World, params: Params) -> Rows:
    """Annex 3, 二1 and national-ruler 6a: no conversion gives more energy than it takes, and none has one side only.

    Both sides in tce at calorific value; condensing boilers may give heat up to the gross heat value of their gas. Undone:
    what came from nothing, or went into nothing, is not there.
    """
    found: list[Found] = []
    tested, undecided = conversions(world, params)
    if not tested and not undecided:
        raise NotApplicable("no_conversion")
    limits = Limits(*(world.number(params[name]) for name in ("tolerance", "usual_share", "latent_heat")))
    for one in tested:
        for period, put_in, given in _broken(one, limits, params):
            arguments = {"activity_type": one.main_type, "input": text(put_in), "output": text(given)}
            finding = Found(one.enterprise_id, period, arguments, tonnes(given - put_in), "tce")
            only = {"year": one.year} if period == one.year else {"period": period}
            rows = line_rows(
                world,
                measure="energy",
                side="use",
                enterprise_id=one.enterprise_id,
                activity_type=one.types,
                flow=(*params["inputs"], *params["outputs"]),
                **only,
            )
            found += on_rows(finding, "activity", rows)
    carbon = every(world, measure="carbon", activity_type=[word for one in tested for word in one.types])
    return Rows(found, Scope.of(carbon) if carbon else Scope.count(len(tested)), undecided)


class Limits(NamedTuple):
    """Shares: what meters may differ by, from where a month is one of usual running, what condensed vapour may add."""

    tolerance: Fraction
    usual: Fraction
    latent: Fraction


def _broken(
    one: Conversion, limits: Limits, params: Mapping[str, list[str]]
) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Period, input and output wherever the conversion cannot be; months are looked at where the year as a whole can."""
    put_in, given = one.put_in(), one.given()
    if not put_in or not given:
        if not set(one.types) <= set(params["input_elsewhere" if given else "output_elsewhere"]):
            yield one.year, put_in, given
    elif given > put_in * (1 + limits.tolerance) + one.latent(limits.latent) and not one.lifts_heat:
        yield one.year, put_in, given
    else:
        for month in one.months:
            here_in, here_out = one.put_in(month), one.given(month)
            one_sided = bool(here_in) != bool(here_out)
            if one_sided and (
                here_in >= limits.usual * one.usual(put_in) or here_out >= limits.usual * one.usual(given)
            ):
                yield month, here_in, here_out
