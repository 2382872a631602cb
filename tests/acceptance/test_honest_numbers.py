"""Must show 6, small: no honest park is asked a statistical question."""

from __future__ import annotations

import pytest

from tests.acceptance.accept_numbers import measured
from tests.acceptance.honest_numbers import ABSENT, DATA, asked, resampled, simulated


def test_simulated_parks_are_asked_nothing() -> None:
    assert [asked(simulated(seed)) for seed in (0, 2, 3)] == [[]] * 3


@pytest.mark.skipif(not DATA.is_dir(), reason=ABSENT)
def test_parks_drawn_from_real_series_are_asked_nothing() -> None:
    found = measured(0, 20)
    assert found["share"] == "0.0000"
    assert int(str(found["tests_run"])) > 20 * 10


@pytest.mark.skipif(not DATA.is_dir(), reason=ABSENT)
def test_the_same_park_gives_the_same_family() -> None:
    assert resampled(1) == resampled(1)
