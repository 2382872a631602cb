"""The judge of the formula vectors: rationals as two integers, and what each operation does with values in hand.

Knows nothing of TrueZero's code. A value is a pair (numerator, denominator > 0, lowest terms), a bool, or a reason
(str) for being undefined. Every argument is already worked out here; an operation only chooses or calculates.
"""

from __future__ import annotations

from math import gcd

Ratio = tuple[int, int]
Known = Ratio | bool | str


def ratio(numerator: int, denominator: int = 1) -> Ratio:
    """Lowest terms, the sign above the line."""
    sign = -1 if denominator < 0 else 1
    shared = gcd(numerator, denominator)
    return sign * numerator // shared, sign * denominator // shared


def read(text: str) -> Known:
    """``3/4``, ``0.75``, ``true``, ``false``."""
    if text in {"true", "false"}:
        return text == "true"
    if "/" in text:
        above, below = text.split("/")
        return ratio(int(above), int(below))
    whole, _, fraction = text.partition(".")
    return ratio(int(whole + fraction), 10 ** len(fraction))


def written(value: Known) -> str | dict[str, str]:
    """A value as the vector file holds it."""
    if isinstance(value, str):
        return {"undefined": value}
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value[0]}/{value[1]}"


def below(one: Ratio, two: Ratio) -> bool:
    """one < two, by cross multiplication."""
    return one[0] * two[1] < two[0] * one[1]


def apply(op: str, values: list[Known]) -> Known:
    """What `op` makes of `values`."""
    if op == "case":
        return _case(values)
    if op in {"and", "or"}:
        return _until(values, op == "or")
    for value in values:
        if isinstance(value, str):
            return value
        if isinstance(value, bool) is not (op == "not"):
            return "type"
    if op == "not":
        return values[0] is False
    return _calculate(op, values)  # type: ignore[arg-type]


def _calculate(op: str, pairs: list[Ratio]) -> Known:
    (n, d), *rest = pairs
    if op == "negate":
        return -n, d
    if op == "abs":
        return (n if n > 0 else -n), d
    if op in {"add", "subtract"}:
        for a, b in rest:
            n, d = ratio(n * b + (a if op == "add" else -a) * d, d * b)
        return n, d
    if op == "multiply":
        for a, b in rest:
            n, d = ratio(n * a, d * b)
        return n, d
    if op == "divide":
        a, b = rest[0]
        return ratio(n * b, d * a) if a else "division_by_zero"
    if op in {"min", "max"}:
        best = pairs[0]
        for pair in rest:
            if below(pair, best) if op == "min" else below(best, pair):
                best = pair
        return best
    one, two = pairs
    return {
        "eq": one == two,
        "ne": one != two,
        "lt": below(one, two),
        "ge": not below(one, two),
        "gt": below(two, one),
        "le": not below(two, one),
    }[op]


def _until(values: list[Known], decides: bool) -> Known:
    for value in values:
        if isinstance(value, str):
            return value
        if not isinstance(value, bool):
            return "type"
        if value == decides:
            return decides
    return not decides


def _case(values: list[Known]) -> Known:
    while len(values) > 1:
        condition, value, *values = values
        if isinstance(condition, str):
            return condition
        if not isinstance(condition, bool):
            return "type"
        if condition:
            return value
    return values[0]


def filtered_sum(
    column: str, only: dict[str, list[str]], out: dict[str, list[str]], rows: list[dict[str, str | None]]
) -> Known:
    """The sum of `column` over the rows whose `only` columns hold a listed word and whose `out` columns hold none."""
    total: Known = (0, 1)
    for row in rows:
        words = {name: text or "" for name, text in row.items()}
        if any(words[name] not in only[name] for name in only) or any(words[name] in out[name] for name in out):
            continue
        cell = row[column]
        total = apply("add", [total, "null_in_sum" if cell is None else read(cell)])
    return total
