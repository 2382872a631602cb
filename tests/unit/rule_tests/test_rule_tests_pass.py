"""The rule tests of every ruler that comes with TrueZero pass, and every ruler has some."""

from __future__ import annotations

import pytest

from verify.road.rule_tests import rule_tests
from verify.ruler import available


@pytest.mark.parametrize("name", available())
def test_the_tests_of_a_ruler_pass(name: str) -> None:
    results = rule_tests(name)
    assert results
    assert [str(problem) for one in results for problem in one.problems] == []
