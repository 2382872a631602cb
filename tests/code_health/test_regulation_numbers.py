"""No number of a regulation stands in Python: a value of rules/ that appears in verify/ is a copy of the law in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from tests.code_health.tree import nothing, plain_yaml, project_texts, python_trees

# Known without looking: they must be seen even if a ruler writes them in another way.
ALWAYS = {"0.8325", "0.8273", "0.11", "29.307", "0.03412", "0.1229", "0.2", "0.3", "44/12", "83.74"}
# Where a number of a regulation may equal a number of the mechanism. Each line says why.
EXEMPT = {
    ("verify/submission/coerce/decimals.py", "120"): "digits of the working precision",
    ("verify/formula/errors.py", "0.6"): "how alike a mistyped word must be to be suggested",
    ("verify/submission/naming.py", "0.6"): "how alike a mistyped heading must be to be suggested",
    ("verify/report/charts/bars.py", "1/50"): "free room at the ends of a picture, as a share of its range",
    ("verify/report/charts/flow.py", "6/10"): "least width of a ribbon that can be seen, per cent of the picture",
    ("verify/statistics/distributions.py", "0.5"): "half a degree of freedom in Student's law",
    ("verify/statistics/hugging.py", "0.5"): "neither side of a limit is likelier",
    ("verify/report/charts/level.py", "1/50"): "free room at the ends of a picture, as a share of its range",
}
CALENDAR = {365, 366, 3600, 8760, 8784, 86400}  # days, hours and seconds belong to nobody's regulation
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:\s*/\s*\d+(?:\.\d+)?)?")


def exact(text: str) -> Fraction | None:
    """The rational a text stands for (``0.11``, ``44/12``), or None."""
    if not NUMBER.fullmatch(text.strip()):
        return None
    above, _, below = text.partition("/")
    return Fraction(above.strip()) / (Fraction(below.strip()) or 1) if below else Fraction(above.strip())


def numbers_of(value: Any) -> Iterator[Fraction]:
    """Every number in a tree of plain YAML."""
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from numbers_of(part)
    if isinstance(value, str) and (number := exact(value)) is not None:
        yield number


def common(number: Fraction) -> bool:
    """Too common to be evidence: whole numbers up to 100 (counts, widths, months, caps), the calendar, powers of ten."""
    if number.denominator == 1 and (abs(number) <= 100 or abs(number) in CALENDAR):
        return True
    return (
        re.fullmatch(r"10*", str(abs(number.numerator))) is not None
        and re.fullmatch(r"10*", str(number.denominator)) is not None
    )


def regulated() -> set[Fraction]:
    """Every number of factors and rulers that is not too common; the tests of a ruler hold numbers of parks."""
    found = {Fraction(*map(Fraction, text.split("/"))) if "/" in text else Fraction(text) for text in ALWAYS}
    for name, text in project_texts().items():
        if re.match(r"rules/(?!tables/)[^/]+/[^/]+\.yaml$", name):
            found |= set(numbers_of(plain_yaml(text)))
    return {number for number in found if not common(number)}


def literals(tree: ast.Module) -> Iterator[tuple[int, str, Fraction]]:
    """Line, text and value of every number that the code writes down: 0.11, "0.11", 44 / 12, Fraction(44, 12)."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int | float | str)
            and not isinstance(node.value, bool)
        ):
            number = exact(str(node.value))
            if number is not None:
                yield node.lineno, str(node.value), number
        parts: list[ast.expr] = []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            parts = [node.left, node.right]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Fraction"):
            parts = node.args
        if len(parts) == 2 and all(isinstance(part, ast.Constant) and type(part.value) is int for part in parts):
            above, below = (ast.literal_eval(part) for part in parts)
            if below:
                yield node.lineno, f"{above}/{below}", Fraction(above, below)


def test_no_number_of_a_regulation_in_python() -> None:
    law = regulated()
    found = [
        f"{name}:{line}: {text}"
        for name, tree in python_trees("verify").items()
        for line, text, number in literals(tree)
        if abs(number) in law and (name, text) not in EXEMPT
    ]
    nothing(found)


def test_every_exemption_is_needed() -> None:
    written = {(name, text) for name, tree in python_trees("verify").items() for _, text, _ in literals(tree)}
    assert set(EXEMPT) - written == set()


@pytest.mark.parametrize(
    "source",
    [
        "LIMIT = Decimal('0.2')",
        "f = 0.8325",
        "exact('44/12')",
        "c = 44 / 12",
        "Fraction(44, 12)",
        "x = -0.11",
        "k = '29.307'",
    ],
)
def test_the_scan_sees_a_planted_number(source: str) -> None:
    law = regulated()
    assert [text for _, text, number in literals(ast.parse(source)) if abs(number) in law]


def test_the_scan_lets_counts_pass() -> None:
    law = regulated()
    assert [
        text for _, text, number in literals(ast.parse("n = 100; m = '12'; k = 10**6; w = 0.001")) if abs(number) in law
    ] == []
