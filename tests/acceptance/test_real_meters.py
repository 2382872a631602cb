"""Must show 1 and 2 of issue 6 at a small size: real series, and frauds planted in them."""

from __future__ import annotations

import pytest

from tests.acceptance import meter_data
from tests.acceptance.meter_frauds import KINDS, caught, windows
from tests.acceptance.metered import found, handed

pytestmark = pytest.mark.skipif(not meter_data.there(), reason="../shared/data is not beside this checkout")


def test_an_honest_factory_raises_no_question_and_a_formula_does() -> None:
    assert all(found(code, handed({"works": meter_data.load_profile("LP_G_MV")})) == [] for code in ("TZ-MTR-05", "TZ-MTR-06", "TZ-MTR-07"))  # fmt: skip
    assert {one.subject for one in found("TZ-MTR-07", handed({"formula": meter_data.load_profile("LP_G1")}))} == {
        "formula"
    }


def test_february_comes_back_in_march_and_one_roof_is_filed_twice() -> None:
    grid = meter_data.simbench()
    series = {name: grid[name] for name in ("WP1", "BM1", "PV5", "lv_semiurb4")}
    told = {one.subject: one.arguments for one in found("TZ-MTR-07", handed(series))}
    assert set(told) == {"WP1", "BM1", "lv_semiurb4"}
    assert (told["WP1"]["copies"], told["WP1"]["from"], told["WP1"]["to"]) == ("27", "2016-02-01", "2016-03-04")
    assert told["BM1"]["copies"] == "4"
    assert told["lv_semiurb4"]["other"] == "PV5"


def test_frauds_planted_in_four_honest_series() -> None:
    from dataclasses import replace

    import numpy as np

    honest = dict(windows(4))
    assert caught(honest) == {}
    for kind in ("copied", "scaled", "shifted", "frozen", "interpolated"):
        fraud, levels, _ = KINDS[kind]
        random = np.random.default_rng(6)
        made = {name: replace(one, values=fraud(one.values, random, levels[-1])) for name, one in honest.items()}
        assert set(caught(made)) == set(honest), kind


def test_stale_readings_of_an_inverter() -> None:
    from tests.acceptance.accept_meters import stale_scores

    values, labels = meter_data.stale()
    assert stale_scores(values[1500:], labels[1500:], 3) == (1, 1)
