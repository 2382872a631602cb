"""The worked examples of the domain pack, topic 5: sup-F on the Nile, Montgomery's CUSUM, MAD under clean data, modified z."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pytest

from tests.unit.bridge.pack import example, needs_pack
from verify.statistics import (
    Break,
    Declined,
    benford_p,
    mad_critical,
    mad_expected,
    modified_z,
    outlying,
    sup_f,
    tabular_cusum,
)
from verify.statistics.breaks import supremum_above
from verify.statistics.digits import SECOND
from verify.statistics.distributions import chi_square_above

pytestmark = needs_pack
SEED, SAMPLES = 20260831, 20_000


def clean_mads(kind: int, n: int, samples: int = SAMPLES) -> Any:
    """MAD of samples that follow Benford's law exactly."""
    import numpy as np

    shares = np.array(list(benford_p(kind).values()))
    counts = np.random.default_rng(SEED).multinomial(n, shares, size=samples)
    return np.abs(counts / n - shares).mean(axis=1)


def test_the_nile_breaks_in_1898() -> None:
    one = example("nile_supF_chow")
    found = sup_f(one["inputs"]["y"])
    assert isinstance(found, Break)
    assert found.statistic == pytest.approx(one["expected"]["sup_F"], abs=0.005)
    assert one["inputs"]["start_year"] + found.at - 1 == one["expected"]["break_year"]
    assert found.rss_before == pytest.approx(one["expected"]["RSS_m0"], abs=0.5)
    assert found.rss_after == pytest.approx(one["expected"]["RSS_m1"], abs=0.5)
    assert found.p < 1e-9


def test_the_supremum_has_the_published_critical_values() -> None:
    """Andrews 1993, table I, one parameter, 15 % trimming: 7.17, 8.85, 12.35."""
    for critical, level in ((7.17, 0.10), (8.85, 0.05), (12.35, 0.01)):
        assert supremum_above(critical) == pytest.approx(level, rel=0.06)


def test_forty_values_of_montgomery() -> None:
    one = example("montgomery_tabular_cusum")
    given, expected = one["inputs"], one["expected"]
    found = tabular_cusum(given["x"], given["mu0"], given["K"], given["H"])
    assert found.high == pytest.approx(expected["upper"], abs=1e-9)
    assert found.low == pytest.approx(expected["lower"], abs=1e-9)
    assert not found.alarms
    assert tabular_cusum(given["x"], given["mu0"], given["K"], 3).alarms == (1,)


@pytest.mark.parametrize(("kind", "name"), [(1, "first_digit"), (2, "first_two")])
def test_critical_values_of_mad_fall_with_the_size(kind: int, name: str) -> None:
    """The pack's critical values have two or three digits; ours come from the limit law."""
    for n, critical in example("benford_mad_false_positive_rates")["recomputed"][f"{name}_crit95"].items():
        assert mad_critical(kind, int(n)) == pytest.approx(critical, rel=0.06 if kind == 1 else 0.03)


@pytest.mark.parametrize("n", [300, 1000])
@pytest.mark.parametrize("kind", [1, 2])
def test_clean_data_exceed_the_critical_value_as_often_as_said(kind: int, n: int) -> None:
    mads = clean_mads(kind, n)
    assert mads.mean() == pytest.approx(mad_expected(kind, n), rel=0.03)
    assert 0.03 <= (mads > mad_critical(kind, n)).mean() <= 0.07


def test_fixed_cut_offs_flag_clean_data() -> None:
    """Why they are not used: 99 % of clean samples of 50 exceed 0.015."""
    one = example("benford_mad_false_positive_rates")
    for n, share in one["recomputed"]["first_digit_P_exceed_0_015"].items():
        assert (clean_mads(1, int(n)) > one["inputs"]["thresholds"]["first"]).mean() == pytest.approx(share, abs=0.015)
    for n, share in one["recomputed"]["first_two_P_exceed_0_0022"].items():
        assert (clean_mads(2, int(n), 4_000) > 0.0022).mean() == pytest.approx(share, abs=0.02)


def test_sino_forest_is_judged_by_its_size() -> None:
    one = example("benford_sino_forest")["recomputed"]
    assert chi_square_above(one["chi2_first_two"], 89) == pytest.approx(one["p_chi2_first_two"], rel=0.01)
    assert mad_critical(2, 772) == pytest.approx(one["critical95_MAD_first_two_n772"], rel=0.02)
    assert one["MAD_first_two"] > mad_critical(2, 772)
    assert one["MAD_first"] < mad_critical(1, 772)


def test_second_digits_add_up() -> None:
    assert sum(benford_p(SECOND).values()) == pytest.approx(1)
    assert benford_p(SECOND)[0] == pytest.approx(0.11968, abs=5e-6)  # Nigrini 2012


def test_the_modified_z_of_one_value() -> None:
    one = example("modified_z_single")
    given = one["inputs"]
    assert modified_z(given["X"], given["M"], given["MAD"]) == pytest.approx(one["recomputed"]["Z"])


@pytest.mark.parametrize("n", [10, 30])
def test_clean_peers_are_flagged_as_often_as_the_pack_says(n: int) -> None:
    """Normal peers 12.7 % and 9 %; log-normal ones without logs 31 to 55 %, with logs as normal ones."""
    import numpy as np

    one = example("modified_z_false_positive_rates")
    draws = np.random.default_rng(SEED).standard_normal((4_000, n))

    def share(rows: Any, *, logs: bool) -> float:
        cut = one["inputs"]["cutoff"]
        flagged = [outlying(list(row), least=n, cut_off=cut, logs=logs) for row in rows]
        return sum(bool(found) and not isinstance(found, Declined) for found in flagged) / len(flagged)

    margin = 4 * sqrt(0.25 / 4_000)
    normal = one["recomputed"]["P_any_false_flag"][str(n)]
    assert share(draws, logs=False) == pytest.approx(normal, abs=margin)
    assert share(np.exp(draws * 0.5), logs=True) == pytest.approx(normal, abs=margin)
    skewed = one["recomputed"]["lognormal_sd0_5_P_any"][str(n)]
    assert share(np.exp(draws * 0.5), logs=False) == pytest.approx(skewed, abs=margin)
    assert isinstance(outlying(list(draws[0]), least=n + 1, cut_off=3.5), Declined)
