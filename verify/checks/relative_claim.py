"""A fall per unit told as a fall: the intensity went down and the tonnes went up (TZ-IND-04; GW-17)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text
from verify.checks.subject import park
from verify.checks.wording import fold
from verify.checks.world import World

_INDICATOR = "indicator."


@check("TZ-IND-04", needs={"claims"})
def fall_of_an_intensity(world: World, params: Params) -> Rows:
    """decomposition 3.4: where tonnes rose, a reduction is claimed as one of intensity, in words, or not at all.

    `params.total`: the figure in tonnes; `params.kinds`: kinds of claim; `params.words`: words that say it is relative;
    `params.about`: words of emissions, where no figure is named. A figure in tonnes is TZ-CLM-03's.
    """
    rows = [row for row in world.rows("claims") if row["kind"] in params["kinds"]]
    if not rows:
        raise NotApplicable("no_claims")
    found: list[Found] = []
    tested = 0
    for row in rows:
        years = [row["base_year"] or world.base_year, row["year"] or world.year]
        if years[0] == years[1] or not set(years) <= set(world.figures):
            continue
        before, after = (world.item(params["total"], year) for year in years)
        if not (isinstance(before, Fraction) and isinstance(after, Fraction)) or not before:
            continue
        tested += 1
        sentence = fold(row["text"])
        if after <= before or not _of_emissions(world, row, params) or sentence.first(params["words"], (), 0):
            continue
        arguments = {
            "claim": row["claim_id"],
            "base_year": years[0],
            "before": text(before),
            "after": text(after),
            "rise": text((after - before) / before),
        }
        found.append(Found(park(world), years[1], arguments, None, "", "claims", row["row_id"]))
    if not tested:
        raise NotApplicable("no_claims")
    return Rows(found, Scope.count(tested, len(rows)))


def _of_emissions(world: World, row: Mapping[str, Any], params: Params) -> bool:
    """Whether the claim is of an intensity of emissions, or of emissions without a figure.

    Where it gives tonnes the figure is wrong, not the wording.
    """
    item = row["item"].strip()
    if not item:
        return bool(fold(row["text"]).first(params["about"], (), 0))
    name = item.removeprefix(_INDICATOR)
    indicators = world.ruler.text.indicators
    return item.startswith(_INDICATOR) and name in indicators and indicators[name].numerator == params["total"]
