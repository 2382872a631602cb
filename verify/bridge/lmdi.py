"""LMDI-I, additive and multiplicative, with the analytical limits for zeros (Ang, Zhang & Choi 1998, table 2; Ang 2005).

A cell is a product of factors, none of them negative, in two years. Its change is shared among its factors so that nothing is
left over. float64: the amounts of a report are rounded from it (DESIGN 6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.errors import WrongUsage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Amounts = NDArray[np.float64]


def logmean(one: ArrayLike, other: ArrayLike) -> Amounts:
    """The logarithmic mean of two amounts, element by element: L(a, a) = a, L(0, .) = 0."""
    import numpy as np

    a, b = np.broadcast_arrays(np.asarray(one, dtype=float), np.asarray(other, dtype=float))
    found = np.where(a == b, a, 0.0)
    apart = (a > 0) & (b > 0) & (a != b)
    # a (r - 1) / ln r with log1p loses nothing where a and b are close
    difference = b[apart] - a[apart]
    found[apart] = difference / _logarithm(a[apart], b[apart])
    return found


def effects(before: ArrayLike, after: ArrayLike) -> Amounts:
    """What each factor adds to the change of each cell; the sum over factors is the change of the cell.

    `before`, `after`: (cells, factors), none negative. Same shape out. A cell that appears or vanishes gives its whole amount
    to the factors that appear or vanish with it, in equal parts: the published rule counts it once for each of them.
    Raises WrongUsage for another shape, a negative or an infinite number.
    """
    import numpy as np

    x0, x1 = _factors(before), _factors(after)
    if x0.shape != x1.shape:
        raise WrongUsage("bridge.shapes_differ", before=str(x0.shape), after=str(x1.shape))
    v0, v1 = np.prod(x0, axis=1), np.prod(x1, axis=1)
    found = np.zeros_like(x0)
    there0, there1 = (x0 > 0).all(axis=1), (x1 > 0).all(axis=1)
    both = there0 & there1
    found[both] = logmean(v0[both], v1[both])[:, None] * _logarithm(x0[both], x1[both])
    for here, gone, amount in ((there1 & ~there0, x0, v1), (there0 & ~there1, x1, -v0)):
        zero = gone[here] == 0
        found[here] = zero * (amount[here] / zero.sum(axis=1))[:, None]
    return found


def multiplicative(before: ArrayLike, after: ArrayLike) -> Amounts:
    """The same as ratios, one for each factor: their product is the ratio of the totals of the two years.

    Raises WrongUsage where the total of a year is 0: a ratio of it says nothing.
    """
    import numpy as np

    x0, x1 = _factors(before), _factors(after)
    total0, total1 = (float(np.prod(x, axis=1).sum()) for x in (x0, x1))
    if not (total0 and total1):
        raise WrongUsage("bridge.no_ratio_of_zero")
    found: Amounts = np.exp(effects(x0, x1).sum(axis=0) / logmean(total0, total1))
    return found


def _logarithm(a: Amounts, b: Amounts) -> Amounts:
    """ln(b / a) of positive numbers, exact to the last digits where they are close, and of any size."""
    import numpy as np

    close = 2 * np.abs(b - a) <= a
    with np.errstate(over="ignore"):
        return np.where(close, np.log1p(np.where(close, (b - a) / a, 0.0)), np.log(b) - np.log(a))


def _factors(values: ArrayLike) -> Amounts:
    import numpy as np

    found = np.asarray(values, dtype=float)
    if found.ndim != 2:
        raise WrongUsage("bridge.shapes_differ", before=str(found.shape), after="(cells, factors)")
    if not (np.isfinite(found) & (found >= 0)).all():
        raise WrongUsage("bridge.negative_factor")
    return found
