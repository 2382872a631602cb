"""Sizes and limits of audits against printed tables and against audits that were simulated."""

from __future__ import annotations

from random import Random

import pytest

from verify.statistics import attribute_sample_size, poisson_limit, projected, unit_sample_size, upper_limit


@pytest.mark.parametrize(
    ("errors", "limit"),
    [(0, 2.9957), (1, 4.7439), (2, 6.2958), (3, 7.7537), (5, 10.5130), (10, 16.9622)],
)
def test_the_limits_are_those_of_the_printed_tables(errors: int, limit: float) -> None:
    """Upper Poisson limits at 95 %, half of chi-square quantiles: 5.9915, 9.4877, 12.5916, 15.5073, 21.0261, 33.9244."""
    assert poisson_limit(errors, 0.95) == pytest.approx(limit, abs=5e-5)


def test_the_example_of_the_pack() -> None:
    """worked_examples.yaml, sample_size_5000_95_5: N = 5000, 95/5, p = 0.5 gives 357."""
    assert attribute_sample_size(5000, 0.95, 0.5, 0.05) == 357
    assert attribute_sample_size(1, 0.95, 0.5, 0.05) == 1
    assert attribute_sample_size(0, 0.95, 0.5, 0.05) == 0


def test_a_sample_by_hand() -> None:
    """100,000 t, 5,000 t tolerable, none expected: 100000 x 2.9957 / 5000 = 59.9; with 500 t expected at 1.6: 71.3."""
    assert unit_sample_size(100_000, 5_000, 0, 1.6, 0.95) == 60
    assert unit_sample_size(100_000, 5_000, 500, 1.6, 0.95) == 72
    with pytest.raises(ValueError, match="nothing of the tolerable"):
        unit_sample_size(100_000, 5_000, 3_125, 1.6, 0.95)


def test_stringer_by_hand() -> None:
    """Taints 0.5 and 0.2, interval 1,000 t, 50 t certain: 2995.7 + 1748.1 x 0.5 + 1551.9 x 0.2 + 50."""
    assert projected([0.2, 0.5], 1000, [50]) == pytest.approx(750)
    assert upper_limit([0.2, 0.5], 1000, [50], 0.95) == pytest.approx(2995.73 + 874.07 + 310.39 + 50, abs=0.2)


def _audits(count: int, assurance: float) -> float:
    """Share of simulated audits whose limit covers the true error; systematic draws, errors of many sizes."""
    random = Random(7)
    covered = 0
    for _ in range(count):
        sizes = [random.lognormvariate(3, 1) for _ in range(250)]
        rate = random.choice((0.02, 0.1, 0.3))
        errors = [size * random.random() ** 2 if random.random() < rate else 0.0 for size in sizes]
        interval = sum(sizes) / 40
        wanted, reached = random.random() * interval, 0.0
        taints, certain = [], []
        for size, error in zip(sizes, errors, strict=True):
            if size >= interval:
                certain.append(error)
                continue
            reached += size
            if wanted < reached:
                taints.append(error / size)
                wanted += interval
        covered += upper_limit(taints, interval, certain, assurance) >= sum(errors)
    return covered / count


def test_a_thousand_audits_cover_the_true_error_as_often_as_stated() -> None:
    assert _audits(1000, 0.95) >= 0.95


def test_a_limit_without_its_steps_is_too_low() -> None:
    """The broken twin: the projection alone, called a limit, covers about half."""
    random = Random(1)
    low = 0
    for _ in range(300):
        sizes = [random.lognormvariate(3, 1) for _ in range(100)]
        errors = [size * random.random() if random.random() < 0.1 else 0.0 for size in sizes]
        drawn = random.choices(range(100), weights=sizes, k=20)
        low += projected([errors[at] / sizes[at] for at in drawn], sum(sizes) / 20, []) < sum(errors)
    assert low > 100
