"""TZ-ACC-13: without a province grid power falls to the national average, and the report says what that may move.

Notice of 2023, kgCO2/kWh: national average 0.5306; lowest Yunnan 0.1333, highest Tianjin 0.6796; none for Tibet.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from ghg_world import Row, activity, world

from verify.checks import Found, NotApplicable, registered
from verify.checks.rows import Rows

POWER = [
    activity("electricity", "purchased", "1000", "MWh", supply="grid"),
    activity("electricity", "purchased", "400", "MWh", supply="certificate"),
]


def asked(rows: Sequence[Row], province: str, **chosen: str) -> Rows:
    """The check on a park in this province."""
    with world({"activity": rows}, province=province) as here:
        here.chosen = {**here.chosen, **chosen}
        return registered()["TZ-ACC-13"].function(here, here.ruler.text.checks["TZ-ACC-13"].params)


def one(found: Rows) -> Found:
    assert isinstance(found.found, list)
    return next(row for row in found.found)


@pytest.mark.parametrize("province", ["", "California"])
def test_both_ends_of_what_a_province_would_move(province: str) -> None:
    rows = asked(POWER, province)
    assert one(rows).arguments == {
        "province": province,
        "quantity": "1400",  # the location-based method looks at no contract
        "factor": "0.5306",
        "least": "-556.22",  # 1,400 × (0.1333 − 0.5306)
        "most": "208.6",  # 1,400 × (0.6796 − 0.5306)
    }
    assert one(rows).effect is None
    assert len(rows.found) == 2  # both rows of power
    assert rows.scope.worst == Decimal("556.22")


@pytest.mark.parametrize("province", ["江苏省", "Jiangsu", "西藏自治区"])
def test_a_province_by_any_name_raises_nothing(province: str) -> None:
    """Tibet too: the notice prints no factor for it, so that the national average is all there is."""
    rows = asked(POWER, province)
    assert list(rows.found) == []
    assert rows.scope.tested == 2


def test_power_listed_beside_the_total_is_asked_for_too() -> None:
    assert one(asked(POWER, "", scope2_method="market_based")).arguments["quantity"] == "1400"


def test_a_park_without_grid_power_needs_no_province() -> None:
    with pytest.raises(NotApplicable, match="no_grid_power"):
        asked([activity("diesel", "final_use", "6", "t")], "")
