"""What is stated of how exact each amount is: errors of rows and meters, and of the ruler's factors, by the amount they enter.

An error is a standard deviation relative to the amount, with the *source* that it comes from: two amounts with the same source
err together. A meter or a factor that stands in both years is one source, so what it does to both cancels in their difference;
rows without a meter err each by itself. Stated are `uncertainty_pct` of a row (half of its 95 % interval), else the accuracy
class of its meter (a rectangular distribution), and a range (`low`, `high`) printed beside a value of the ruler.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import hypot, sqrt
from statistics import NormalDist
from typing import Any

from verify.bridge.amounts import KEYS, Error, lines_of
from verify.engine import AMOUNT, Engine, Table
from verify.formula import Undefined, evaluate
from verify.ledger import Assignment, Ledger
from verify.ruler import Ruler
from verify.ruler.bridging import UncertaintyRules

_CLASS = re.compile(r"\s*(\d{1,2}(?:\.\d{1,3})?)\s*(?:S|级)?\s*", re.IGNORECASE)
_FLOW = (
    "year",
    "enterprise_id",
    "source_id",
    "carrier",
    "flow",
    "activity_type",
    "supply",
)  # of a row, under every measure
_STEP = Fraction(1, 10**6)  # of an input, for the slope of a factor
Key = tuple[Any, ...]  # the values of `KEYS`


def half_width(rules: UncertaintyRules) -> float:
    """Standard deviations in half of the interval (1.96 for 95 %)."""
    return NormalDist().inv_cdf((1 + float(rules.interval) / 100) / 2)


def accuracy(text: str) -> float | None:
    """The class of a meter in per cent (``0.5S`` -> 0.5); None where the text is no class."""
    match = _CLASS.fullmatch(text)
    return float(match.group(1)) if match and float(match.group(1)) else None


@dataclass(frozen=True)
class Stated:
    """The tables that state errors, and what the ruler says of how to read them."""

    activity: Table
    meters: Mapping[str, str]  # accuracy class by meter
    ruler: Ruler
    rules: UncertaintyRules

    def of_rows(self, engine: Engine, ledger: Ledger, held: Assignment, boundary: str) -> dict[Key, tuple[Error, ...]]:
        """The errors of every amount inside a boundary, by the keys that amounts are summed by."""
        about = self.activity.select("row_id", "meter_id", "uncertainty_pct")
        lines = lines_of(ledger, held, boundary).left_join(about, "row_id").drop("row_id_right")
        rough = lines.quantity.cast("decimal(19, 3)")  # its square has room in 38 digits
        keys = [*KEYS, "reading", "factor_id", "meter_id", "uncertainty_pct"]
        summed = lines.group_by(keys).aggregate(
            quantity=lines.quantity.sum().cast("decimal(38, 6)"),
            squares=(rough * rough).sum().cast("decimal(38, 6)"),
            tonnes=lines.tco2.sum().cast(AMOUNT),
        )
        groups: dict[Key, list[dict[str, Any]]] = defaultdict(list)
        for row in engine.rows(summed.order_by(keys)):
            groups[tuple(row[key] for key in KEYS)].append(row)
        found = {key: self._errors(ledger, rows) for key, rows in groups.items()}
        return {key: errors for key, errors in found.items() if errors}

    def _errors(self, ledger: Ledger, rows: list[dict[str, Any]]) -> tuple[Error, ...]:
        """Meters and factors add up over the rows that share them, rows without a meter in quadrature."""
        wholes = {name: float(sum(row[name] or 0 for row in rows)) for name in ("quantity", "tonnes")}
        found: dict[str, tuple[float, float]] = {}
        for row in rows:
            quantity, tonnes = (_share(row[name], wholes[name]) for name in ("quantity", "tonnes"))
            of_row = self._of_row(row)
            if of_row and row["meter_id"]:
                name = f"meter:{row['meter_id']}"
                more = of_row * quantity, of_row * tonnes
                found[name] = tuple(map(sum, zip(found.get(name, (0.0, 0.0)), more, strict=True)))  # type: ignore[assignment]
            elif of_row:
                name = "|".join(("rows", *(row[key] for key in _FLOW)))
                spread = of_row * sqrt(float(row["squares"])) / abs(float(row["quantity"]) or 1.0)
                then = found.get(name, (0.0, 0.0))
                found[name] = hypot(then[0], spread * quantity), hypot(then[1], spread * tonnes)
            for name, of_factor in self._of_factor(ledger, row).items():
                then = found.get(name, (0.0, 0.0))
                found[name] = then[0], then[1] + of_factor * tonnes
        return tuple(Error(name, *both) for name, both in sorted(found.items()) if any(both))

    def _of_row(self, row: Mapping[str, Any]) -> float:
        if row["uncertainty_pct"]:
            return float(row["uncertainty_pct"]) / 100 / half_width(self.rules)
        of_class = accuracy(self.meters.get(row["meter_id"] or "", ""))
        return of_class / 100 / float(self.rules.class_divisor) if of_class else 0.0

    def _of_factor(self, ledger: Ledger, row: Mapping[str, Any]) -> dict[str, float]:
        """Of each value behind the factor that has a range: how far the factor moves with it."""
        route = ledger.route(row["factor_id"], row["year"], row["reading"])
        if route is None or route.effective is None or not route.factor:
            return {}
        inputs = {one.name: one.number for one in route.effective.inputs}
        found = {}
        for one in route.effective.inputs:
            value = self.ruler.values.get(self.ruler.bound(one.origin))
            if value is None or value.low is None or value.high is None or not one.number:
                continue
            tree = self.ruler.tree(self.ruler.text.method.factors[route.effective.name].formula)
            there, moved = (evaluate(tree, {**inputs, one.name: one.number * by}) for by in (1, 1 + _STEP))
            if isinstance(there, Undefined | bool) or isinstance(moved, Undefined | bool) or not there:
                continue
            slope = float((moved / there - 1) / _STEP)
            half = float((value.high - value.low) / 2 / one.number)
            found[f"value:{value.id}={one.printed}"] = slope * half / half_width(self.rules)
        return found


def _share(part: Any, whole: float) -> float:
    return float(part or 0) / whole if whole else 0.0
