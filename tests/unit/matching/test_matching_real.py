"""The real year of acceptance 5.3, one load: order of the scores and the two wrong definitions."""

from __future__ import annotations

import pytest

from tests.acceptance import real_match
from tests.acceptance.accept_matching import values


def test_solar_on_metal_works() -> None:
    if name := real_match.missing():
        pytest.skip(f"../shared/data/{name} is not there")
    found = {key: float(share.rstrip("%")) for key, share in values("LP_G_MH").items()}
    assert found["annual"] == 100
    assert 30 < found["hourly"] < 70 < found["monthly"] < 100  # 30 to 70 per cent by the hour: green-power.md 4
    assert abs(found["not_offered_mean_of_hours"] - found["hourly"]) > 1
    assert abs(found["not_offered_share_of_matched_hours"] - found["hourly"]) > 1
