"""What is not on the list does not load: every refusal with its key and the column where it starts."""

from __future__ import annotations

import sys
import time
import warnings
from typing import Any

import pytest

from verify.formula import FormulaError, parse
from verify.words import say

DEEP = 40


def refusal(text: str, stratum: Any = "figure", **known: Any) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        parse(text, stratum, **known)
    error = caught.value
    assert error.exit_code == 2
    for language in ("zh", "en"):
        assert "{" not in say(error.key, language, **error.arguments)
    return error


@pytest.mark.parametrize(
    ("text", "key", "column"),
    [
        # ways out of the language
        ("__import__('os').getcwd()", "underscore", 1),
        ("open('/etc/passwd')", "unknown_function", 1),
        ("open(x)", "unknown_function", 1),
        ("eval(x)", "unknown_function", 1),
        ("exec(x)", "unknown_function", 1),
        ("getattr(x, y)", "unknown_function", 1),
        ("import os", "reserved", 1),
        ("x.__class__.__base__", "underscore", 1),
        ("x._private", "underscore", 1),
        ("().__class__", "character", 3),
        ("x.y(z)", "not_allowed", 1),
        ("(x + y).z", "character", 8),
        ("min(x).y", "character", 7),
        ("x [0]", "not_allowed", 1),
        ("x[y]", "not_allowed", 1),
        ("[x, y]", "not_allowed", 1),
        ("[x for x in y]", "reserved", 4),
        ("{x: y}", "character", 1),
        ("{x}", "character", 1),
        ("x, y", "not_allowed", 1),
        ("lambda: x", "reserved", 1),
        ("(x := 1)", "operator", 4),
        ("x = 1", "syntax", 3),
        ("x; y", "character", 2),
        ("x if y else z", "reserved", 3),
        ("await x", "reserved", 1),
        ("yield x", "reserved", 1),
        ("x in y", "reserved", 3),
        ("x is y", "reserved", 3),
        ("min(*x)", "not_allowed", 5),
        ("min(**x)", "operator", 5),
        ("sum(x, **y)", "operator", 8),
        ("min(x, key=y)", "not_allowed", 8),
        # strings
        ("f'{x}'", "string_place", 2),
        ("f '{x}'", "string_place", 3),
        ("'x'", "string_place", 1),
        ("x + 'a'", "not_allowed", 5),
        ("x == 'fuel'", "not_allowed", 6),
        ("sum(x, y='a' 'b')", "string_place", 14),
        ("sum(x, y=b'a')", "string_place", 11),
        ("sum(x, y='a\\n')", "string_character", 12),
        ("sum(x, y='a\nb')", "string_character", 12),
        ("sum(x, y='a\u202eb')", "string_character", 12),
        ("sum(x, y='a\u200bb')", "string_character", 12),
        ("sum(x, y='e\u0301')", "string_form", 10),
        ("sum(x, y='a)", "string_open", 10),
        ("sum(x, y='''a''')", "string_place", 12),
        # unicode that looks like the language
        ("\uff4din(x, y)", "character", 1),  # ｍin: Python would read it as min
        ("x\u00a0+ y", "character", 2),
        ("x \u2212 y", "character", 3),  # the minus sign of typography
        ("x \u00d7 y", "character", 3),
        ("\u0430 + b", "character", 1),  # a Cyrillic a
        ("x \uff0b y", "character", 3),
        ("x + \uff11", "character", 5),
        ("（x）", "character", 1),
        ("x\u2028+ y", "character", 2),
        ("x\x00y", "character", 2),
        ("\ufeffx", "character", 1),
        # operators
        ("2 ** 3", "operator", 3),
        ("9 ** 9 ** 9 ** 9", "operator", 3),
        ("x // y", "operator", 3),
        ("x % y", "character", 3),
        ("x @ y", "character", 3),
        ("x << y", "operator", 3),
        ("x & y", "character", 3),
        ("x | y", "character", 3),
        ("~x", "character", 1),
        ("+x", "not_allowed", 1),
        ("x <> y", "syntax", 3),
        ("!x", "character", 1),
        ("x <= y < z", "chain", 10),
        ("x == y == z", "chain", 11),
        ("1 + (x < y < z)", "chain", 14),
        # numbers
        ("1e5", "number", 1),
        ("2 * 1E400", "number", 5),
        ("0x10", "number", 1),
        ("0b1", "number", 1),
        ("1_000", "number", 1),
        ("007", "number", 1),
        ("00.5", "number", 1),
        (".5", "number", 1),
        ("5.", "number", 1),
        ("1.2.3", "number", 1),
        ("2j", "number", 1),
        ("1if x else y", "number", 1),
        ("x.5", "number", 2),
        ("9" * 41, "digits", 1),
        ("1 + 0." + "1" * 40, "digits", 5),
        # words that look like values
        ("True", "reserved", 1),
        ("x and False", "reserved", 7),
        ("None", "reserved", 1),
        ("x.if.y", "reserved", 1),
        ("x.not", "reserved", 1),
        ("min + 1", "function_as_name", 1),
        ("1 + sum", "function_as_name", 5),
        # shape
        ("", "empty", 1),
        ("  \n ", "empty", 1),
        ("x +", "syntax", 4),
        ("  x +", "syntax", 6),
        ("x y", "syntax", 3),
        ("(x", "syntax", 1),
        ("x)", "syntax", 2),
        ("min(x", "syntax", 4),
        ("min()", "arity", 1),
        ("1 + abs(x, y)", "arity", 5),
        ("case(x)", "arity", 1),
        ("case(x < 1, 2)", "arity", 1),
        ("case(x < 1, 2, x < 2, 3)", "case_pairs", 1),
        # kinds
        ("(x < 1) + 2", "must_be_number", 2),
        ("2 * (x and y)", "must_be_number", 6),
        ("not 1", "must_be_boolean", 5),
        ("x and 1 + y", "must_be_boolean", 7),
        ("case(1, 2, 3)", "must_be_boolean", 6),
        ("case(x < 1, 2, y < 1)", "case_kinds", 16),
        ("(x < 1) == (y < 1)", "must_be_number", 2),
        ("-(x < 1)", "must_be_number", 3),
        # sums
        ("sum()", "sum_column", 1),
        ("sum(1)", "sum_column", 5),
        ("sum(x.y)", "sum_column", 5),
        ("sum(x + y)", "sum_column", 5),
        ("sum('x')", "sum_column", 5),
        ("sum(y='x')", "sum_column", 1),
        ("sum(x, 'y')", "sum_filter", 8),
        ("sum(x, not_='y')", "sum_filter", 8),
        ("sum(x, y=1)", "sum_values", 10),
        ("sum(x, y=z)", "sum_values", 10),
        ("sum(x, y=[])", "sum_values", 10),
        ("sum(x, y=['a', 1])", "sum_values", 16),
        ("sum(x, y=['a', ['b']])", "sum_values", 16),
        ("sum(x, y='a', y='b')", "sum_repeated", 15),
        ("sum(x, not_y='a', y='c', not_y='b')", "sum_repeated", 26),
        ("sum(sum(x))", "sum_column", 5),
    ],
)
def test_a_refusal_names_its_place(text: str, key: str, column: int) -> None:
    error = refusal(text)
    assert (error.key, error.column) == (f"formula.{key}", column)


@pytest.mark.parametrize(
    ("text", "key", "column"),
    [
        ("x / y", "not_in_line", 1),
        ("1 + abs(x)", "not_in_line", 5),
        ("1 + sum(x)", "not_in_line", 5),
        ("x * 0.1234567890123", "line_digits", 5),
        ("x * 12345678901234567890", "line_digits", 5),
    ],
)
def test_a_line_formula_may_less(text: str, key: str, column: int) -> None:
    parse(text, "figure")
    error = refusal(text, "line")
    assert (error.key, error.column) == (f"formula.{key}", column)


@pytest.mark.parametrize(
    ("text", "known", "key", "column", "suggestion"),
    [
        ("mim(x, y)", {}, "unknown_function_meant", 1, "min"),
        ("1 + summ(x)", {}, "unknown_function_meant", 5, "sum"),
        ("isnull(x)", {}, "unknown_function", 1, None),
        ("term.fule.tco2 / 2", {"known": {"term.fuel.tco2", "energy.tce"}}, "unknown_name_meant", 1, "term.fuel.tco2"),
        ("2 * qqq", {"known": {"term.fuel.tco2"}}, "unknown_name", 5, None),
        ("sum(tc02)", {"columns": {"tco2", "tce"}}, "unknown_column_meant", 5, "tco2"),
        ("sum(tco2, '终端')", {"columns": {"tco2"}}, "sum_filter", 11, None),
        (
            "sum(tco2, not_flaw='终端', term='x')",
            {"columns": {"tco2", "flow", "term"}},
            "unknown_column_meant",
            11,
            "flow",
        ),
        ("sum(tco2, flow='终端', trem='x')", {"columns": {"tco2", "flow", "term"}}, "unknown_column_meant", 22, "term"),
    ],
)
def test_an_unknown_word_is_met_with_the_nearest(
    text: str, known: Any, key: str, column: int, suggestion: str | None
) -> None:
    error = refusal(text, **known)
    assert (error.key, error.column) == (f"formula.{key}", column)
    assert error.arguments.get("suggestion") == suggestion


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("x" * 4001, "too_long"),
        ("x + " * 5000, "too_long"),
        ("(" * 200 + "x" + ")" * 200, "too_deep"),
        ("(" * 1900 + "x", "too_deep"),
        ("-" * 3999 + "x", "too_deep"),
        ("- " * 1999 + "x", "too_deep"),
        ("not " * 999 + "x", "too_deep"),
        ("-(" * 300 + "x" + ")" * 300, "too_deep"),
        ("min(" * 400 + "x" + ")" * 400, "too_deep"),
        ("x-" * 499 + "x", "too_deep"),
        ("1+" * 1999 + "1", "too_many"),
        ("x-y+" * 300 + "1", "too_many"),
        ("min(" + "x," * 600 + "x)", "too_many"),
        ("sum(x, y=[" + "'a'," * 600 + "])", "too_many"),
    ],
)
def test_size_is_limited_at_once(text: str, key: str) -> None:
    start = time.process_time()
    error = refusal(text)
    assert error.key == f"formula.{key}"
    assert time.process_time() - start < 0.5


def test_the_limits_themselves_load() -> None:
    assert parse("+".join(["x"] * 499), "line")["op"] == "add"
    assert parse("-" * (DEEP - 1) + "x", "line")["op"] == "negate"
    assert parse("(" * DEEP + "x" + ")" * DEEP, "line") == {"op": "name", "name": "x"}
    assert parse("9" * DEEP, "figure")["value"] == "9" * DEEP
    assert parse("9" * 19 + ".123456789012", "line")["value"] == "9" * 19 + ".123456789012"
    assert parse("x" * 4000, "line") == {"op": "name", "name": "x" * 4000}


@pytest.mark.parametrize("name", ["nan", "NaN", "inf", "Infinity", "e", "pi"])
def test_words_for_special_floats_are_only_names(name: str) -> None:
    assert parse(name, "figure") == {"op": "name", "name": name}
    assert refusal(name, known={"x"}).key == "formula.unknown_name"


def test_no_refusal_warns_or_touches_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    watching = [False]
    sys.addaudithook(lambda event, _: events.append(event) if watching[0] else None)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        watching[0] = True
        for text in ("__import__('os').system('true')", "1 is x", "1(2)", "'\\d'", "x.y.z(1)", "min(1, 2) + x"):
            try:
                parse(text, "figure")
            except FormulaError:
                continue
        watching[0] = False
    assert {event for event in events if not event.startswith("object.")} <= {"compile"}  # ast.parse itself
