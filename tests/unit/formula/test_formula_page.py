"""The page of the semantics says what the code does: the same operations, reasons and limits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from verify.formula import OPERATIONS, REASONS, FormulaError, parse, text_of
from verify.formula import semantics as limits
from verify.words import LANGUAGES, catalogue

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "formats" / "formula-semantics.md").read_text(encoding="utf-8")


def rows_of(section: str) -> list[list[str]]:
    """The rows of the table in one section, head and rule aside."""
    body = PAGE.split(f"\n## {section}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in body.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_table_of_operations_is_the_one_in_the_code() -> None:
    written = [tuple(row[:6]) for row in rows_of("5. ")]
    assert written == [
        (
            op,
            entry.symbol,
            f"{entry.least}…" if entry.most is None else str(entry.least),
            entry.takes,
            entry.gives,
            "yes" if entry.line else "no",
        )
        for op, entry in OPERATIONS.items()
    ]
    assert all(entry.most in {None, entry.least} for entry in OPERATIONS.values())


def test_the_reasons_are_those_in_the_code_and_can_be_said() -> None:
    assert {row[0] for row in rows_of("4. ")} == REASONS
    said = catalogue("formula")
    assert {key for key in said if key.startswith("undefined_")} == {f"undefined_{reason}" for reason in REASONS}
    assert all(set(words) == set(LANGUAGES) for words in said.values())


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        (r"([\d,]+) characters", limits.LENGTH_LIMIT),
        (r"a tree ([\d,]+) nodes", limits.NODE_LIMIT),
        (r"and ([\d,]+) levels", limits.DEPTH_LIMIT),
        (r"at most ([\d,]+)\s+digits", limits.DIGIT_LIMIT),
        (r"at most ([\d,]+) before the point", limits.LINE_DIGITS),
        (r"before the point and ([\d,]+) after", limits.LINE_DECIMALS),
    ],
)
def test_the_limits_are_those_in_the_code(words: str, limit: int) -> None:
    (found,) = re.findall(words, PAGE)
    assert int(found.replace(",", "")) == limit


def test_the_examples_load() -> None:
    for line in re.findall(r"^    ((?:case|sum)\(.*)$", PAGE, re.MULTILINE):
        assert text_of(parse(line, "figure")) == line
    for code in ("1 / 3 * 3 == 1", "case(y == 0, 0, x / y)", "a + b + c", "(a + b) + c", "a + (b + c)"):
        assert f"`{code}`" in PAGE
        parse(code, "figure")
    with pytest.raises(FormulaError):
        parse("a < b < c", "figure")


def test_every_key_of_the_package_has_words() -> None:
    """Also the keys that are put together: must_be_<kind>, <key>_meant."""
    folder = Path(limits.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    keys = set(re.findall(r'FormulaError\(\s*"(\w+)"', code))
    for key in re.findall(r'unknown\(\s*"(\w+)"', code):
        keys |= {key, f"{key}_meant"}
    keys |= {"must_be_number", "must_be_boolean", "table_must_be_number", "table_must_be_boolean"}
    keys |= {f"undefined_{reason}" for reason in REASONS}
    assert keys == set(catalogue("formula"))
