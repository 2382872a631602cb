"""The statistical tests on the series of a park: each gives one line of the family, run or refused (manipulation-patterns.md 3).

Values only: what reads a submission is in number_series, what judges the family in number_family.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from math import log
from statistics import stdev

from verify.checks.number_series import Counted, Measured, Series
from verify.statistics import (
    Declined,
    EqualPairs,
    Verdict,
    benford,
    equal_pairs,
    first_of_two,
    grid_of,
    heaped,
    hugging,
    scaled_copy,
    sup_f,
    too_little,
    uniform_last,
)

DIGITS, DUPLICATES, HEAPING, HUGGING, VARIANCE, BREAK = (f"TZ-NUM-0{one}" for one in range(1, 7))
_FIRST, _FIRST_TWO = 1, 2
_BUCKET = 1e-3  # of the logarithm of the first ratio of two months, by which copies are looked for

Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Tested:
    """One test of the family. `p` is None where it refused, then `reason` says why; `where`: which rows it stands on."""

    code: str
    test: str
    subject: str
    table: str
    what: str
    n: int
    weigh: tuple[str, str]
    p: float | None = None
    statistic: float | None = None
    reason: str = ""
    period: str = ""
    other: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def digit_tests(counted: Iterable[Counted], numbers: Numbers) -> Iterator[Tested]:
    """TZ-NUM-01: last digits of readings; first and first two digits of invoices."""
    for one in counted:
        if one.leading is None:
            yield _line(DIGITS, "last_digit", one, uniform_last(one.last, least=int(numbers["least"])))
            continue
        gate = {"least": int(numbers["invoices"]), "decades": numbers["decades"], "level": numbers["level"]}
        first = benford(first_of_two(one.leading), _FIRST, cut_off=numbers["first"], **gate)  # type: ignore[arg-type]
        yield _line(DIGITS, "first_digit", one, first)
        pairs = benford(one.leading, _FIRST_TWO, cut_off=numbers["first_two"], **gate)  # type: ignore[arg-type]
        yield _line(DIGITS, "first_two_digits", one, pairs)


def heaping_tests(counted: Iterable[Counted], numbers: Numbers) -> Iterator[Tested]:
    """TZ-NUM-03: the share of last digits 0 and 5."""
    for one in counted:
        if one.leading is None:
            yield _line(HEAPING, "round_digits", one, heaped(one.last, least=int(numbers["least"])))


def duplicate_tests(series: Sequence[Series], numbers: Numbers) -> Iterator[Tested]:
    """TZ-NUM-02: equal months of one series; years that are another year, or another member's year, times a constant."""
    for one in series:
        grid = grid_of(one.values)
        found = equal_pairs(
            [abs(unit) // grid.step for unit in grid.units],
            least=int(numbers["least"]), digits=int(numbers["digits"]), most_expected=numbers["chance"], runs=True,
        )  # fmt: skip
        verdict = found.verdict if isinstance(found, EqualPairs) else found
        again = set(found.values) if isinstance(found, EqualPairs) else set()
        scale = grid.quantum * grid.step
        months = tuple(
            month for month, value in zip(one.months, one.values, strict=True) if value and int(abs(value) / scale) in again
        )  # fmt: skip
        yield _series_line(DUPLICATES, "equal_months", one, verdict, months)
    yield from _copies(series, numbers)


def hugging_tests(measured: Iterable[Measured], numbers: Numbers) -> Iterator[Tested]:
    """TZ-NUM-04: values just below the default or the limit that they are held against."""
    for one in measured:
        if one.bound is None:
            continue
        found = hugging([value / one.bound for value in one.values], 1.0, numbers["width"], least=int(numbers["least"]))
        yield _measured_line(HUGGING, "below_limit", one, found)


def variance_tests(
    measured: Iterable[Measured], paired: Iterable[tuple[Series, Series]], numbers: Numbers
) -> Iterator[Tested]:
    """TZ-NUM-05: laboratory values, and metered energy beside an output that moves, that scatter too little."""
    least = int(numbers["least"])
    for one in measured:
        found: Verdict | Declined = too_little(one.values, numbers["laboratory"], least=least)
        yield _measured_line(VARIANCE, "laboratory_scatter", one, found)
    for energy, output in paired:
        months = [row for row in _both(energy, output) if row[1] > 0 and row[2] > 0]
        if len(months) < least:
            yield _series_line(VARIANCE, "meter_scatter", energy, Declined("few_values", len(months)))
        elif stdev(log(made / _days(month)) for month, _, made in months) < numbers["varies"]:
            yield _series_line(VARIANCE, "meter_scatter", energy, Declined("output_steady", len(months)))
        else:
            rates = [used / _days(month) for month, used, _ in months]
            found = min(  # constant by the month or constant by the day: whichever scatters less
                (too_little(of, numbers["meter"], least=least) for of in (rates, [used for _, used, _ in months])),
                key=lambda one: one.p if isinstance(one, Verdict) else 1.0,
            )
            yield _series_line(VARIANCE, "meter_scatter", energy, found)


def break_tests(paired: Iterable[tuple[Series, Series]], numbers: Numbers) -> Iterator[Tested]:
    """TZ-NUM-06: the energy per unit of output moves to another level; only shifts of `size` and more count."""
    for energy, output in paired:
        months = [row for row in _both(energy, output) if row[1] > 0 and row[2] > 0]
        ratios = [log(used / made) for _, used, made in months]
        found = sup_f(ratios, least=int(numbers["least"]), seasons=[month[5:] for month, *_ in months], correlated=True)
        if isinstance(found, Declined):
            yield _series_line(BREAK, "unit_energy_break", energy, found)
            continue
        verdict = Verdict(found.n, found.statistic, found.p if abs(found.shift) >= log(1 + numbers["size"]) else 1.0)
        yield _series_line(BREAK, "unit_energy_break", energy, verdict, (months[found.at][0],), output.name)


def beside_output(energies: Iterable[Series], made: Sequence[Series]) -> list[tuple[Series, Series]]:
    """Each energy series with what its source makes, or what its member makes where that is one thing."""
    found = []
    for one in energies:
        same = [out for out in made if (out.enterprise_id, out.source_id) == (one.enterprise_id, one.source_id)]
        same = same or [out for out in made if out.enterprise_id == one.enterprise_id]
        if len(same) == 1:
            found.append((one, same[0]))
    return found


def _copies(series: Sequence[Series], numbers: Numbers) -> Iterator[Tested]:
    """One test per series and year: is it another one times a constant? Other members' series, other years of its own."""
    least = int(numbers["months"])
    years = [(one, year, months) for one in series for year, months in sorted(one.years.items())]
    slots: dict[tuple[int, int], list[int]] = {}
    rows: list[dict[int, float]] = []
    for at, (_, _, months) in enumerate(years):
        rows.append({int(month[5:]): float(value) for month, value in months if value > 0})
        for slot in _slots(rows[at]):
            slots.setdefault(slot, []).append(at)
    grids = {id(one): grid_of(one.values) for one in series}
    for at, (one, year, months) in enumerate(years):
        where = tuple(month for month, _ in months)
        if len(rows[at]) < least:
            yield _series_line(
                DUPLICATES, "scaled_copy", one, Declined("few_values", len(rows[at])), where, period=year
            )
            continue
        near = {
            other
            for key, bucket in _slots(rows[at])
            for step in (-1, 0, 1)
            for other in slots.get((key, bucket + step), [])
        }
        compared = sum(_comparable(one, year, other, then) for other, then, _ in years)
        best: Verdict | Declined | None = None
        whose = ""
        for other_at in sorted(near):
            other, then, _ = years[other_at]
            if not _comparable(one, year, other, then):
                continue
            common = sorted(rows[at].keys() & rows[other_at].keys())
            mine, theirs = ([of[key] for key in common] for of in (rows[at], rows[other_at]))
            tolerance = 1e-9 + sum(
                float(grids[id(of)].quantum * grids[id(of)].step) / (2 * min(values, default=1.0))
                for of, values in ((one, mine), (other, theirs))
            )
            spread = min(numbers["scatter"], *(_spread(years[side][2], common) for side in (at, other_at)))
            found = scaled_copy(mine, theirs, 2 * tolerance, least=least, scatter=spread, pairs=compared)
            if best is None or (isinstance(found, Verdict) and (isinstance(best, Declined) or found.p < best.p)):
                best, whose = found, f"{other.subject} {then}"
        best = best or (Verdict(len(rows[at]), 0.0, 1.0) if compared else Declined("nothing_beside", len(rows[at])))
        copied = whose if isinstance(best, Verdict) and best.p < 1 else ""
        yield _series_line(DUPLICATES, "scaled_copy", one, best, where, copied, period=year)


def _comparable(one: Series, year: str, other: Series, then: str) -> bool:
    """Two years of one series (the later beside the earlier), or series of two members; inside a member sources may be linked."""
    if one is other:
        return then < year
    alike = (one.table, one.name, one.flow) == (other.table, other.name, other.flow)
    return alike and one.enterprise_id != other.enterprise_id  # other flows may be linked by supply


def _slots(row: Mapping[int, float]) -> list[tuple[int, int]]:
    """(month pair, bucket of the logarithm of their ratio), of the first two pairs of months there are."""
    months = sorted(row)
    return [(100 * a + b, round(log(row[b] / row[a]) / _BUCKET)) for a, b in list(pairwise(months))[:2]]


def _spread(months: Sequence[tuple[str, Decimal]], common: Sequence[int]) -> float:
    """Relative scatter of the daily rates of these months."""
    rates = [log(float(value) / _days(month)) for month, value in months if value > 0 and int(month[5:]) in set(common)]
    return stdev(rates) if len(rates) > 1 else 0.0


def _both(one: Series, other: Series) -> list[tuple[str, float, float]]:
    theirs = dict(zip(other.months, other.values, strict=True))
    return [
        (month, float(value), float(theirs[month]))
        for month, value in zip(one.months, one.values, strict=True)
        if month in theirs
    ]


def _days(month: str) -> int:
    return monthrange(int(month[:4]), int(month[5:]))[1]


def _result(found: Verdict | Declined) -> dict[str, float | str | None]:
    if isinstance(found, Declined):
        return {"reason": found.reason}
    return {"p": found.p, "statistic": found.statistic}


def _line(code: str, test: str, one: Counted, found: Verdict | Declined) -> Tested:
    key = "meter_id" if one.table == "readings" else "enterprise_id"
    where = {key: (one.subject,)}
    return Tested(
        code, test, one.subject, one.table, one.name, found.n, (one.enterprise_id, one.source_id), where=where, **_result(found),  # type: ignore[arg-type]
    )  # fmt: skip


def _series_line(
    code: str, test: str, one: Series, found: Verdict | Declined, months: tuple[str, ...] = (), other: str = "", period: str = ""
) -> Tested:  # fmt: skip
    name = "carrier" if one.table == "activity" else "product"
    where: dict[str, tuple[str, ...]] = {
        "enterprise_id": (one.enterprise_id,),
        "source_id": (one.source_id,),
        name: (one.name,),
        "flow": (one.flow,),
    }
    where |= {"period": months} if months else {}
    said = period or (months[0] if months else "")
    return Tested(
        code, test, one.subject, one.table, one.name, found.n, (one.enterprise_id, one.source_id), period=said, other=other, where=where, **_result(found),  # type: ignore[arg-type]
    )  # fmt: skip


def _measured_line(code: str, test: str, one: Measured, found: Verdict | Declined) -> Tested:
    name = "carrier" if one.table == "activity" else "product"
    where = {"enterprise_id": (one.enterprise_id,), name: (one.name,)}
    return Tested(
        code, test, one.enterprise_id, one.table, one.name, found.n, (one.enterprise_id, ""), other=one.aspect, where=where, **_result(found),  # type: ignore[arg-type]
    )  # fmt: skip
