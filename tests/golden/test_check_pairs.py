"""Every check has a park that it must find and an honest twin that it must leave alone (DESIGN 8, 13).

The first check of every family runs in `make test`, the whole road under each of the others in `make accept`
(entry 0.1); the rule tests and tests/unit/checks try every check, found and silent, in both.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from fixtures.simulator.pairs import CODES, also, pair
from tests.golden.road import codes, found, told, verified
from verify.checks import registered
from verify.ruler import available, load_ruler

# the effect is stated per row of the ledger; the pair works it out for the whole trick, on figures rounded as filed
_SLACK = {"TZ-ACC-03": Fraction(1, 10**2), "TZ-ACC-10": Fraction(1, 10**2), "TZ-ACC-11": Fraction(1, 10**2)}
_FIRST = {code.rpartition("-")[0]: code for code in reversed(CODES)}.values()
_TRIED = [pytest.param(code, marks=() if code in _FIRST else pytest.mark.accept) for code in CODES]


def test_every_check_of_every_ruler_is_written_and_has_a_pair() -> None:
    named = {code for name in available() for code in load_ruler(name).text.checks}
    assert named <= set(registered())
    assert named <= set(CODES)


@pytest.mark.parametrize("code", _TRIED)
def test_the_honest_twin_stays_silent(code: str) -> None:
    report = verified(pair(code).honest)
    assert not report.crashes
    assert codes(report, "error", "warning") == set()
    assert code not in codes(report)


@pytest.mark.parametrize("code", _TRIED)
def test_the_trick_is_found_by_its_code_with_its_tonnes(code: str) -> None:
    both = pair(code)
    report = verified(both.dishonest)
    assert not report.crashes
    mine = found(report, code)
    assert mine, codes(report)
    assert all(told(report))
    allowed = also(code)
    others = {
        one
        for one in codes(report)
        if one != code and one not in allowed and one.split("-")[1] not in {a.removeprefix("TZ-") for a in allowed}
    }
    assert others == set()
    if both.effect is not None:
        years = [
            one
            for one in mine
            if one["effect"] and one["effect"]["year"] in {both.effect.year, mine[0]["effect"]["year"]}
        ]
        amounts = [Fraction(one["effect"]["value"]) for one in years]
        slack = _SLACK.get(code, Fraction(1, 10**4))
        assert any(abs(amount - both.effect.value) <= slack for amount in (*amounts, sum(amounts))), (
            amounts,
            float(both.effect.value),
        )
