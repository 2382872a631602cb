"""Issue 6 of 8, must show 3: 100 % annual solar on a real industrial load, by the year, the month and the hour."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from tests.acceptance import real_match
from tests.acceptance.entries import acceptance
from tests.unit.matching.plain import coarser, matched_share, mean_of_hours, share_of_matched_hours
from verify.matching import at


@acceptance("5.3", "100 % annual solar on real industrial loads: annual, monthly and hourly match against plain Python")
def annual_solar() -> dict[str, object]:
    if name := real_match.missing():
        print(f"skipped: ../shared/data/{name} is not there")
        return {"skipped": f"../shared/data/{name} is not there"}
    return {name: values(name) for name in real_match.LOADS}


def values(name: str) -> dict[str, str]:
    """The match of one load with solar of the same energy, as per cent; what was not offered stands beside, by plain Python."""
    load = real_match.load(name)
    clean = real_match.solar(sum(load))
    assert sum(clean) == sum(load)
    months = real_match.months()
    groups = {"annual": [0] * len(load), "monthly": months, "hourly": list(range(len(load)))}
    found = {}
    for resolution, keys in groups.items():
        share = at(np.array(load), np.array(clean), np.array(keys)).contracted
        assert share == matched_share(coarser(load, list(keys)), coarser(clean, list(keys)))
        found[resolution] = share
    assert found["annual"] == 1
    assert found["hourly"] == at(np.array(load), np.array(clean)).contracted
    assert found["hourly"] < found["monthly"] < 1
    wrong = {
        "not_offered_mean_of_hours": mean_of_hours(load, clean),
        "not_offered_share_of_matched_hours": share_of_matched_hours(load, clean),
    }
    assert len({*found.values(), *wrong.values()}) == 5
    return {key: _percent(share) for key, share in (found | wrong).items() if share is not None}


def _percent(share: Fraction) -> str:
    return f"{float(share):.2%}"
