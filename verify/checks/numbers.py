"""Statistics that raise questions, never a misstatement (TZ-NUM-01 to 06): what of the family survives its one error rate."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from verify.canonical import decimal_text
from verify.checks.listing import on_rows, table_rows
from verify.checks.number_family import SIGNIFICANT, Judged, family
from verify.checks.number_tests import BREAK, DIGITS, DUPLICATES, HEAPING, HUGGING, VARIANCE
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope
from verify.checks.world import World

PLACES = 6  # of a probability, rounded up
_NAMED = {  # what the sentence of each code names of its test; the others have one test, or nothing beside it
    DIGITS: ("test",),
    DUPLICATES: ("test", "what", "other"),
    HEAPING: (),
    HUGGING: ("what", "other"),
    VARIANCE: ("test", "what", "other"),
    BREAK: ("what", "other"),
}


@check(DIGITS)
def digits(world: World, params: Params) -> Rows:
    """Digits that readings or invoices do not have by themselves."""
    return _survivors(world, DIGITS)


@check(DUPLICATES)
def duplicates(world: World, params: Params) -> Rows:
    """Equal months, or a year that is another one times a constant."""
    return _survivors(world, DUPLICATES)


@check(HEAPING)
def heaping(world: World, params: Params) -> Rows:
    """Too many values ending in 0 or 5."""
    return _survivors(world, HEAPING)


@check(HUGGING)
def limit(world: World, params: Params) -> Rows:
    """Too many values just below a default or a limit."""
    return _survivors(world, HUGGING)


@check(VARIANCE)
def scatter(world: World, params: Params) -> Rows:
    """Less scatter than an instrument has."""
    return _survivors(world, VARIANCE)


@check(BREAK)
def broken(world: World, params: Params) -> Rows:
    """Another level of energy per unit of output, with no event beside it."""
    return _survivors(world, BREAK)


def at_most(probability: float) -> str:
    """A probability as decimal text, rounded up: what is told is never less than what was computed."""
    return decimal_text(Fraction(min(ceil(probability * 10**PLACES), 10**PLACES), 10**PLACES), PLACES)


def _survivors(world: World, code: str) -> Rows:
    """Questions of one code. Tested is what was not refused; without any the check has nothing to look at."""
    mine = [one for one in family(world) if one.test.code == code]
    ran = [one for one in mine if one.test.p is not None]
    if not ran:
        raise NotApplicable("below_the_gates" if mine else "nothing_to_test")
    found = [row for one in mine if one.state == SIGNIFICANT for row in _rows(world, one)]
    return Rows(found, Scope.count(len(ran), len(mine)))


def _rows(world: World, one: Judged) -> list[Found]:
    test = one.test
    arguments = {
        **{name: getattr(test, name) for name in _NAMED[test.code]},
        "n": str(test.n),
        "chance": at_most(one.adjusted if one.adjusted is not None else 1.0),
        "family": str(sum(line.test.p is not None for line in family(world))),
    }
    ids = table_rows(world, test.table, **test.where) if test.table != "readings" else []
    return on_rows(Found(test.subject, test.period or world.year, arguments), test.table, ids)
