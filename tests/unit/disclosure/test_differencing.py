"""What may be published beside what: cases worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from verify.disclosure.contributions import Parts, Unknown
from verify.disclosure.differencing import Published

SHARE = Fraction(17, 20)


def parts(column: str = "total", place: str = "", /, **amounts: int | str) -> Parts:
    """What adds to a sum: enterprise -> amount."""
    return {Unknown(one, ("row",), (place,), column): Fraction(amount) for one, amount in amounts.items()}


def both(*some: Parts) -> Parts:
    """Sums together."""
    found: dict[Unknown, Fraction] = {}
    for one in some:
        found |= one
    return found


def published(*figures: Parts, families: tuple[list[Parts], ...] = (), fewest: int = 3) -> Published:
    return Published(list(figures), list(families), fewest, SHARE)


def test_a_sum_of_three_is_published_and_one_of_two_is_not() -> None:
    assert published().admits([parts(a=5, b=6, c=7)])
    assert not published().admits([parts(a=5, b=6)])
    assert published(fewest=2).admits([parts(a=5, b=6)])
    assert published().admits([{}])  # nobody has any: that tells of nobody


def test_what_follows_from_the_figures_is_no_news() -> None:
    few, rest = parts(a=5, b=6), parts("total", "other", c=1, d=2, e=3)
    public = published(both(few, rest), rest)
    assert public.follows(few)
    assert public.admits([few])
    assert not public.follows(parts(a=5))


def test_the_second_of_two_sums_that_differ_by_one_enterprise_is_not_published() -> None:
    wide, narrow = parts(a=5, b=6, c=7, d=8), parts(b=6, c=7, d=8)
    public = published()
    assert public.admits([narrow])
    assert not public.admits([wide, narrow])
    public.add([wide])
    assert not public.admits([narrow])


def test_three_sums_that_leave_one_enterprise_together() -> None:
    """No two of them differ by few; the first and the second less the third are g alone."""
    sums = [parts(a=5, b=6, c=7, d=8), parts(d=8, e=9, f=4, g=3), parts(a=5, b=6, c=7, d=16, e=9, f=4)]
    for left in range(3):
        assert published().admits(sums[:left] + sums[left + 1 :])
    assert not published().admits(sums)


def test_a_share_is_as_good_as_a_number() -> None:
    """utilised / total is public and total is to be: then utilised, which two have, is public too."""
    utilised, total = parts("utilised", a=3, b=4), parts("total", a=5, b=6, c=7)
    share = Fraction(7, 18)
    figure = {**utilised, **{one: -share * amount for one, amount in total.items()}}
    assert published().admits([total])
    assert not published(figure).admits([total])
    assert published(both(parts("utilised", a=3, b=4, c=1))).admits([total])


def test_tonnes_and_tce_of_a_row_are_one_unknown_for_who_knows_the_factors() -> None:
    """4 t and 2 tce each, but in one enterprise: tonnes less twice the tce are that one's alone."""
    tonnes, tce = parts("tco2", a=4, b=8, c=12, d=5), parts("tce", a=2, b=4, c=6, d=7)
    assert published().admits([tonnes])
    assert not published().admits([tonnes, tce])
    other = parts("tco2", a=4, b=8, c=12, d=5), parts("total", a=2, b=4, c=6, d=7)
    assert published().admits(list(other))  # tonnes of waste: no factor leads there


def test_a_union_of_parts_that_comes_out_must_be_broad() -> None:
    """900 of 1000 in one enterprise: no row of its own, and not as what is left of a wider sum."""
    small, rest = parts("total", "x", a=900, b=50, c=50), parts("total", "y", b=500, c=600, d=700)
    family = ([small, rest],)
    assert not published(families=family).admits([small])
    assert published(families=family).admits([both(small, rest)])
    assert published(families=family).admits([rest])
    assert not published(families=family).admits([both(small, rest), rest])
    assert published(both(small, rest), rest, families=family).admits([small])  # the figures say it already


def test_enterprises_that_cancel_out_hide_nobody() -> None:
    sums = both(parts("total", "x", a=5, b=6, c=7), parts("total", "y", c=-7))
    family = ([sums],)
    assert not published(families=family).admits([sums])


def test_more_sums_than_can_be_looked_through_are_not_published() -> None:
    family = [parts("total", str(one), a=5, b=6, c=7) for one in range(14)]
    assert published(families=(family,)).admits(family[:12])
    assert not published(families=(family,)).admits(family[:13])


@pytest.mark.parametrize("count", [40, 200])
def test_a_large_park_is_looked_through(count: int) -> None:
    """One enterprise in a wide sum and not in the other, among many."""
    names = {f"e{one}": one + 1 for one in range(count)}
    wide, narrow = parts(**names), parts(**{one: amount for one, amount in names.items() if one != "e7"})
    assert published().admits([wide])
    assert not published().admits([wide, narrow])
    assert published().admits([wide, parts("other", **names)])
