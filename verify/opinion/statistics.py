"""The section `statistics` of the facts: the internal annex, every test of the family with what came of it.

It is withheld from the public report (rules: disclosure): statistics say where to look, and nothing about the result.
"""

from __future__ import annotations

from fractions import Fraction

from verify.checks.number_family import family
from verify.checks.numbers import at_most
from verify.checks.world import World
from verify.opinion.accounts import Facts, number

_PLACES = 6


def statistics(world: World) -> list[Facts]:
    """All tests that the ruler's family ran on this filing, those that found nothing and those that refused too."""
    return [
        {
            "code": one.test.code,
            "test": one.test.test,
            "table": one.test.table,
            "subject": one.test.subject,
            "what": one.test.what or None,
            "other": one.test.other or None,
            "period": one.test.period or None,
            "n": str(one.test.n),
            "statistic": None if one.test.statistic is None else number(Fraction(one.test.statistic), _PLACES),
            "p": None if one.test.p is None else at_most(one.test.p),
            "adjusted": None if one.adjusted is None else at_most(one.adjusted),
            "tco2": number(one.tonnes),
            "state": one.state,
            "reason": one.test.reason or one.event or None,
        }
        for one in family(world)
    ]
