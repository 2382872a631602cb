"""A suite as a verifier hands it over: ExpectationSuite JSON, held against the allow-list before anything is imported.

Every expectation says in `meta` which result table it looks at, how grave a failure is, its title in both languages and its
clause. A suite can only name columns and plain bounds: no query, pattern, parameter or path is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from verify import resources
from verify.errors import Located, Problem
from verify.expectations.tables import written
from verify.ruler.marks import Marked, load_marked

SEVERITIES = ("error", "warning", "question", "note")
_META = {"table", "severity", "title", "clause"}
_FLAGS = {"strict_min", "strict_max", "or_equal"}
_NUMBERS = {"min_value", "max_value", "mostly", "sum_total", "value"}


@dataclass(frozen=True)
class Expectation:
    """One line of a suite. `columns`: those that it looks at; `kwargs`: as Great Expectations takes them."""

    type: str
    table: str
    columns: tuple[str, ...]
    kwargs: Mapping[str, Any]
    severity: str
    title: Mapping[str, str]
    clause: str


@dataclass(frozen=True)
class Suite:
    """A suite that may run."""

    name: str
    title: Mapping[str, str]
    expectations: tuple[Expectation, ...]


@cache
def _allowed() -> Mapping[str, Any]:
    import yaml

    path = resources.rules() / "suites" / "types.yaml"
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def shipped(ruler: str) -> Path | None:
    """The suite that comes with TrueZero for a ruler."""
    path = resources.rules() / "suites" / f"{ruler}.json"
    return path if path.is_file() else None


def read(path: Path) -> Suite:
    """The suite of a file. Raises `Located` (``suite.refused``) with file, line and column of everything that may not be."""
    marked = load_marked(path)
    problems = list(_problems(marked))
    if problems:
        raise Located("suite.refused", problems)
    data = marked.data
    title = data.get("meta", {}).get("title") or {"zh": data["name"], "en": data["name"]}
    return Suite(data["name"], title, tuple(_expectation(one) for one in data["expectations"]))


def _problems(marked: Marked) -> Iterator[Problem]:
    data = marked.data
    if (
        not isinstance(data, dict)
        or not isinstance(data.get("name"), str)
        or not isinstance(data.get("expectations"), list)
    ):
        yield marked.problem((), "suite.shape")
        return
    if not _is_title(_mapping(_mapping(data).get("meta")).get("title", {"zh": "", "en": ""})):
        yield marked.problem(("meta", "title"), "suite.title")
    for at, one in enumerate(data["expectations"]):
        path = ("expectations", at)
        if (
            not isinstance(one, dict)
            or not isinstance(one.get("kwargs"), dict)
            or not isinstance(one.get("meta"), dict)
        ):
            yield marked.problem(path, "suite.shape")
            continue
        yield from _of_one(marked, path, one)


def _of_one(marked: Marked, path: tuple[str | int, ...], one: Mapping[str, Any]) -> Iterator[Problem]:
    allowed, meta = _allowed(), one["meta"]
    if one.get("type") not in allowed["types"]:
        yield marked.problem((*path, "type"), "suite.type", type=str(one.get("type")))
        return
    for name in one:
        if name not in {"type", "kwargs", "meta"}:
            yield marked.problem((*path, name), "suite.key", name=name)
    if meta.get("table") not in written():
        yield marked.problem(
            (*path, "meta", "table"), "suite.table", table=str(meta.get("table")), known=", ".join(written())
        )
    if meta.get("severity") not in SEVERITIES:
        yield marked.problem((*path, "meta", "severity"), "suite.severity", severity=str(meta.get("severity")))
    if not _is_title(meta.get("title")):
        yield marked.problem((*path, "meta", "title"), "suite.title")
    if not isinstance(meta.get("clause"), str) or not meta["clause"]:
        yield marked.problem((*path, "meta"), "suite.clause")
    yield from _of_arguments(marked, path, one)


def _of_arguments(marked: Marked, path: tuple[str | int, ...], one: Mapping[str, Any]) -> Iterator[Problem]:
    allowed = _allowed()
    columns = allowed["types"][one["type"]]
    for name in columns:
        if name not in one["kwargs"]:
            yield marked.problem((*path, "kwargs"), "suite.no_column", name=name)
    for name, value in one["kwargs"].items():
        place = (*path, "kwargs", name)
        if name not in columns and name not in allowed["arguments"]:
            yield marked.problem(place, "suite.argument", name=name)
        elif not _is_plain(name, value):
            yield marked.problem(place, "suite.value", name=name)


def _is_plain(name: str, value: Any) -> bool:
    if name in _FLAGS:
        return isinstance(value, bool)
    if name in _NUMBERS:
        return value is None or _number(value) is not None
    if name in {"column_list", "value_set"}:
        return isinstance(value, list) and all(isinstance(one, (str, bool)) for one in value)
    return isinstance(value, str)


def _expectation(one: Mapping[str, Any]) -> Expectation:
    columns: list[str] = []
    for name in _allowed()["types"][one["type"]]:
        value = one["kwargs"][name]
        columns += value if isinstance(value, list) else [value]
    kinds = written()[one["meta"]["table"]]["columns"]
    kwargs = {
        name: _number(value)
        if name in _NUMBERS
        else [_number(word) if kinds.get(columns[0]) == "number" else word for word in value]
        if name == "value_set"
        else value
        for name, value in one["kwargs"].items()
    }
    meta = one["meta"]
    return Expectation(
        one["type"], meta["table"], tuple(columns), kwargs, meta["severity"], meta["title"], meta["clause"]
    )


def _number(value: Any) -> float | int | None:
    """Numbers of a marked text are still text: a whole number stays one, for Great Expectations counts with it."""
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
    if number is None or not number.is_finite():
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_title(value: Any) -> bool:
    return (
        isinstance(value, dict) and set(value) == {"zh", "en"} and all(isinstance(word, str) for word in value.values())
    )
