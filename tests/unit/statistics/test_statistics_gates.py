"""Each statistical test on planted and on clean numbers, its gate, and its error rate."""

from __future__ import annotations

from decimal import Decimal
from math import exp
from random import Random
from typing import Any

import pytest

from verify.statistics import (
    Break,
    Declined,
    EqualPairs,
    Verdict,
    benford,
    benjamini_hochberg,
    equal_pairs,
    grid_of,
    heaped,
    holm,
    hugging,
    last_digits,
    leading_digits,
    most_frequent,
    ols_cusum,
    scaled_copy,
    sup_f,
    too_little,
)
from verify.statistics.digits import uniform_last
from verify.statistics.distributions import binomial_at_least, chi_square_above, poisson_at_least, student_beyond


def invoices(n: int, seed: int = 1, decades: float = 3) -> list[str]:
    """Amounts that are uniform in the logarithm: Benford's law exactly."""
    random = Random(seed)
    return [f"{10 ** (random.random() * decades + 1):.2f}" for _ in range(n)]


def p_of(found: object) -> float:
    assert isinstance(found, Verdict), found
    return found.p


def test_tails_are_those_of_the_tables() -> None:
    """Pack 3.2 (16.92, 21.67, 27.88 at 9 df) and any table of Student, Poisson and binomial."""
    for critical, level in ((16.919, 0.05), (21.666, 0.01), (27.877, 0.001)):
        assert chi_square_above(critical, 9) == pytest.approx(level, rel=1e-3)
    assert student_beyond(2.228, 10) == pytest.approx(0.05, rel=1e-3)
    assert poisson_at_least(2, 1.0) == pytest.approx(1 - 2 * exp(-1))
    assert binomial_at_least(9, 10, 0.5) == pytest.approx(11 / 1024)
    assert binomial_at_least(60, 100, 0.5) == pytest.approx(0.0284440, rel=1e-4)


def test_digits_are_read_from_text_where_floats_miscount() -> None:
    assert leading_digits(["0.00290", "2.9e-3", "-29", "0", "0.0"], 2).counts == {29: 3}
    assert leading_digits(["5"], 2).counts == {50: 1}
    with pytest.raises(ValueError, match="no number"):
        leading_digits(["12a"])
    assert most_frequent(["50.00", "7.10", "50.00"], 1) == [("50.00", 2)]


def test_benford_needs_many_transactions_over_decades() -> None:
    gate: dict[str, Any] = {"least": 300, "decades": 2.0}
    assert benford(leading_digits(invoices(299)), 1, **gate) == Declined("few_values", 299)
    narrow = benford(leading_digits([str(100 + one) for one in range(400)]), 1, **gate)
    assert isinstance(narrow, Declined)
    assert narrow.reason == "narrow_range"
    assert p_of(benford(leading_digits(invoices(600)), 1, **gate)) > 0.01
    invented = [f"{Random(one).uniform(10, 9_999):.2f}" for one in range(600)]  # what people write: uniform
    assert p_of(benford(leading_digits(invented), 1, **gate)) < 1e-9


def test_a_large_sample_is_not_flagged_for_a_trifle() -> None:
    amounts = leading_digits(invoices(20_000) + ["123.45"] * 300, 2)
    strict = p_of(benford(amounts, 2, least=300, decades=2))
    assert strict < 1e-6
    assert p_of(benford(amounts, 2, least=300, decades=2, cut_off=0.0022)) == 1


def test_a_grid_of_all_values_is_the_instruments() -> None:
    grid = grid_of([Decimal("12.40"), Decimal("13.2"), Decimal(0), Decimal("9.6")])
    assert (grid.units, grid.quantum, grid.step) == ((124, 132, 96), Decimal("0.1"), 4)
    assert grid_of([Decimal(1200), Decimal(3400)]).quantum == 100
    assert grid_of([]).units == ()


def test_heaping_is_a_share_of_noughts_and_fives() -> None:
    random = Random(3)
    clean = last_digits(random.randrange(1_000, 9_999) for _ in range(200))
    assert p_of(heaped(clean, least=50)) > 0.01
    assert p_of(uniform_last(clean, least=50)) > 0.01
    some = [random.randrange(1_000, 9_999) for _ in range(120)] + [5 * random.randrange(200, 2_000) for _ in range(80)]
    assert p_of(heaped(last_digits(some), least=50)) < 1e-9
    assert p_of(uniform_last(last_digits(some), least=50)) < 1e-6
    assert heaped({0: 60, 5: 60}, least=50) == Declined("instrument_step", 120)
    assert heaped({0: 20, 1: 29}, least=50) == Declined("few_values", 49)


def test_equal_pairs_have_the_probability_of_the_pack() -> None:
    """Pack 3.2: n = 12, S = 500: 3.5 %; n = 36, S = 5000: 3 %. And by simulation."""
    from verify.statistics.copies import expected_pairs

    assert 1 - exp(-expected_pairs(12, 500)) == pytest.approx(0.035, abs=0.003)
    assert 1 - exp(-expected_pairs(36, 5_000)) == pytest.approx(0.035, abs=0.005)
    random, hits = Random(4), 0
    for _ in range(4_000):
        drawn = [round(random.gauss(50_000, 1_000)) for _ in range(36)]
        hits += len(set(drawn)) < 36
    assert hits / 4_000 == pytest.approx(1 - exp(-expected_pairs(36, 1_000)), abs=0.025)


def test_equal_months_and_their_gates() -> None:
    random = Random(5)
    months = [round(random.gauss(500_000, 40_000)) for _ in range(24)]
    gate: dict[str, Any] = {"least": 12, "digits": 4, "most_expected": 0.5}
    clean = equal_pairs(months, **gate)
    assert isinstance(clean, EqualPairs)
    assert (clean.pairs, clean.verdict.p) == (0, 1.0)
    copied = equal_pairs([*months[:20], *months[2:6]], **gate)
    assert isinstance(copied, EqualPairs)
    assert copied.pairs == 4
    assert copied.values == tuple(sorted(months[2:6]))
    assert copied.verdict.p < 1e-9
    coarse = equal_pairs([one // 1_000 for one in months], **gate)
    assert isinstance(coarse, Declined)
    assert coarse.reason == "coarse"


def test_a_scaled_copy_is_told_from_a_common_season() -> None:
    random = Random(6)
    season = [100 + 30 * (abs(6 - month) - 3) for month in range(12)]
    one = [value * random.gauss(1, 0.02) for value in season]
    other = [value * random.gauss(1, 0.02) * 3 for value in season]
    gate: dict[str, Any] = {"least": 6, "scatter": 0.01}
    assert p_of(scaled_copy(one, other, 1e-4, **gate)) == 1
    copied = [round(value * 1.07, 3) for value in one]
    assert p_of(scaled_copy(copied, one, 1e-4, **gate)) < 1e-15
    assert scaled_copy([5.0] * 12, [7.0] * 12, 1e-4, **gate) == Declined("flat", 12)
    assert scaled_copy(copied, one, 0.05, **gate) == Declined("coarse", 12)


def test_hugging_is_more_than_a_mean_below_the_limit() -> None:
    random = Random(7)
    clean = [random.gauss(0.97, 0.04) for _ in range(120)]
    found = hugging(clean, 1.0, 0.02, least=10)
    assert p_of(found) > 0.01
    moved = [0.995 + random.random() * 0.004 if 1 <= one < 1.06 else one for one in clean]
    assert p_of(hugging(moved, 1.0, 0.02, least=10)) < 1e-3
    assert isinstance(hugging([0.995] * 30, 1.0, 0.02, least=10), Declined)


def test_too_little_variance_holds_its_error_rate_at_the_floor() -> None:
    random, hits = Random(8), 0
    for _ in range(2_000):
        found = too_little([random.lognormvariate(0, 0.01) for _ in range(12)], 0.01, least=10)
        hits += p_of(found) < 0.05
    assert hits / 2_000 == pytest.approx(0.05, abs=0.02)
    assert p_of(too_little([22.3 + one * 0.001 for one in range(12)], 0.01, least=10)) < 1e-9


def test_a_break_in_seasons_is_located() -> None:
    random = Random(9)
    months = [month % 12 for month in range(36)]
    season = [0.2 * (month - 6) / 6 for month in months]
    flat = [one + random.gauss(0, 0.03) for one in season]
    broken = [one - (0.25 if at >= 20 else 0) for at, one in enumerate(flat)]
    clean = sup_f(flat, least=24, seasons=months, correlated=True)
    found = sup_f(broken, least=24, seasons=months, correlated=True)
    assert isinstance(clean, Break)
    assert isinstance(found, Break)
    assert clean.p > 0.01
    assert (found.at, round(found.shift, 1)) == (20, -0.2 if abs(found.shift) < 0.25 else -0.3)
    assert found.p < 1e-6
    assert ols_cusum([one - part for one, part in zip(broken, season, strict=True)])[1] == 20
    assert sup_f(flat[:12], least=24) == Declined("few_values", 12)
    assert sup_f([1.0] * 30) == Declined("flat", 30)


@pytest.mark.parametrize("rho", [0.0, 0.5])
def test_sup_f_holds_its_error_rate(rho: float) -> None:
    """A level that wanders is no break: without the correction an autocorrelation of one half gives several times the alarms."""
    random, hits, naive = Random(10), 0, 0
    for _ in range(800):
        drawn, last = [], 0.0
        for _ in range(36):
            last = rho * last + random.gauss(0, 1)
            drawn.append(last)
        found, plain = sup_f(drawn, correlated=True), sup_f(drawn)
        assert isinstance(found, Break)
        assert isinstance(plain, Break)
        hits += found.p < 0.05
        naive += plain.p < 0.05
    assert hits / 800 <= (0.11 if rho else 0.06)
    if rho:
        assert naive > 3 * hits


def test_families() -> None:
    """Holm 1979 and Benjamini & Hochberg 1995 on the 15 p-values of the latter's example."""
    given = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    assert sum(one <= 0.05 for one in holm(given)) == 3
    assert sum(one <= 0.05 for one in benjamini_hochberg(given)) == 4
    assert holm([0.01, 0.02, 0.03]) == pytest.approx([0.03, 0.04, 0.04])
    assert holm([0.01, 0.02], [9.0, 1.0]) == pytest.approx([0.01 * 10 / 9, 0.02])
    assert holm([]) == []


def test_twenty_tests_at_five_per_cent_flag_two_thirds_and_a_family_does_not() -> None:
    """Pack 3.7: 64 %."""
    random, single, family = Random(11), 0, 0
    for _ in range(4_000):
        drawn = [random.random() for _ in range(20)]
        single += min(drawn) < 0.05
        family += min(holm(drawn)) < 0.05
    assert single / 4_000 == pytest.approx(0.64, abs=0.03)
    assert family / 4_000 <= 0.065
