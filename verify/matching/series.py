"""Series of whole watt-hours: int64 arrays of one length, and the few operations that must stay exact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Series: TypeAlias = NDArray[np.int64]
    Groups: TypeAlias = NDArray[np.int64]
    Mask: TypeAlias = NDArray[np.bool_]

_FITS = 2**62  # a product below it is exact in int64


def energy(values: Any) -> Series:
    """`values` as a series. Raises ValueError for anything but whole numbers not below zero in one dimension."""
    import numpy as np

    array = np.asarray(values)
    if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
        raise ValueError("a series is one row of whole watt-hours")
    if array.size and (int(array.min()) < 0 or int(array.max()) >= _FITS):
        raise ValueError("energy is not below zero and fits in 62 bits")
    return array.astype(np.int64)


def together(*several: Any) -> tuple[Series, ...]:
    """Several series of one length. Raises ValueError where they differ in length."""
    found = tuple(energy(one) for one in several)
    if len({one.size for one in found}) > 1:
        raise ValueError("series of different lengths are not of the same hours")
    return found


def total(series: Series) -> int:
    """The exact sum, whatever its size."""
    high, low = series >> 31, series & (2**31 - 1)
    return (int(high.sum()) << 31) + int(low.sum())


def sums(series: Series, groups: Groups) -> Series:
    """The series at coarser intervals: the sum of every group 0, 1, … in order."""
    import numpy as np

    if series.size != groups.size:
        raise ValueError("every hour has one group")
    found = np.zeros(int(groups.max()) + 1 if groups.size else 0, dtype=np.int64)
    np.add.at(found, groups, series)
    return found


def part(series: Series, share: Any, whole: Any) -> Series:
    """``floor(series x share / whole)`` hour by hour; `whole` is a number or a series, 0 where nothing is to be shared."""
    import numpy as np

    share, whole = np.asarray(share), np.asarray(whole)
    safe = np.where(whole == 0, 1, whole)
    largest = int(series.max(initial=0)) * int(share.max(initial=0))
    if largest < _FITS:
        found = series * share.astype(np.int64) // safe.astype(np.int64)
    else:  # Python's own integers: rare, and exact
        found = (series.astype(object) * share.astype(object) // safe.astype(object)).astype(np.int64)
    return np.where(whole == 0, 0, found).astype(np.int64)
