"""Public reports for tests of what a bundle publishes: the park of the disclosure tests, whose figures are all different, and
the examples of the report, through the ruler's own disclosure rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.unit.disclosure.park import RULE, TERMS, report
from tests.unit.report.example import VARIANTS
from verify.bundle.content import content
from verify.disclosure import Rule, disclose, public_cells
from verify.report.numbers import is_decimal
from verify.ruler import load_ruler

NAMES = ("park", *VARIANTS)
PAGES = {
    "index.html": b"zh",
    "report.en.html": b"en",
    "findings.sarif": b"{}",
}  # the bundle knows nothing of what is in them


def full(name: str = "park") -> dict[str, Any]:
    """{facts, places} as they were found."""
    return report() if name == "park" else dict(VARIANTS[name]())


def public(name: str = "park", rule: Rule = RULE) -> dict[str, Any]:
    """The report as report.json of a bundle holds it."""
    whole = full(name)
    done = disclose(whole["facts"], whole["places"], rule)
    return {"facts": done.facts, "places": done.places, "withheld": done.withheld, "withheld_share": done.share}


def open_rule() -> Rule:
    """A rule that keeps nothing back but suppressed terms: then every table has its rows."""
    hidden = {path: state for path, state in RULE.hidden.items() if path == "places"}
    shown = frozenset({*RULE.sections, *(path.partition(".")[0] for path in RULE.hidden)} - {"places"})
    return replace(RULE, hidden=hidden, rounded={}, sections=shown)


def cells(facts: Mapping[str, Any]) -> list[dict[str, object]]:
    """The sums of the park that may be published; its cells have more digits than the report shows."""
    year = facts["year"]
    row = {"year": year, "table": "activity", "measure": "carbon"}
    own = [
        {**row, "enterprise_id": one, "term": term}
        | dict.fromkeys(("tco2", "proven_tco2", "strict_tco2"), Fraction(amount) + Fraction(1, 10**12))
        for term, parts in TERMS.items()
        for one, amount in parts.items()
    ]
    return public_cells(own, facts, load_ruler("cn-national-2025").plain(), RULE)


def members(name: str = "park", pages: Mapping[str, bytes] = PAGES) -> dict[str, bytes]:
    """Every signed member."""
    shown = public(name)
    ruler = load_ruler("cn-national-2025").plain()
    return content(shown, ruler, cells(shown["facts"]), pages)


def amounts(part: Any) -> set[str]:
    """The decimal texts among the leaves, without their signs."""
    texts = (value for _, value in leaves(part) if isinstance(value, str) and is_decimal(value))
    return {text.removeprefix("-") for text in texts}


def leaves(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every leaf of plain data with its path."""
    if isinstance(part, dict):
        for name, child in part.items():
            yield from leaves(child, (*path, name))
    elif isinstance(part, list):
        for place, child in enumerate(part):
            yield from leaves(child, (*path, place))
    else:
        yield path, part
