"""Must show 5 of issue 6 at small size: one park each, and a hundred pairs of plants without the road."""

from __future__ import annotations

import pytest

from tests.acceptance.accept_notice import copies_of
from tests.acceptance.notice import planted_and_named, silent


def test_the_pattern_of_the_notice_is_found_and_named() -> None:
    planted_and_named(1)


@pytest.mark.parametrize("kind", ["natural", "steady", "rounded"])
def test_honest_reports_raise_nothing_about_their_papers(kind: str) -> None:
    silent(kind, 1)


def test_copies_are_told_from_scatter() -> None:
    assert all(copies_of("planted", seed) for seed in range(100))
    assert sum(copies_of(kind, seed) for kind in ("natural", "steady", "rounded") for seed in range(100)) <= 1
