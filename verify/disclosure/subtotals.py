"""The emissions by term after suppression: published terms, the rest as one sum, and no other row that tells it.

A term stands in `terms` (by enterprise), in `items` (each year, claimed, proven, strict, filed) and in `reported`. Only the
reporting year's groups are known, so a term of another year is public only where it is 0. `proven` and `strict` of a term
differ from `claimed` by the zeros of few enterprises, so they are public only where they do not differ.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text, exact
from verify.disclosure.rule import Rule
from verify.disclosure.small_groups import suppressed
from verify.words import catalogue

Facts = dict[str, Any]
MERGED = "withheld"  # the id of the one row that holds the suppressed terms together
_AMOUNTS = ("claimed", "proven", "strict", "reported")
_TONNES = 6


@dataclass(frozen=True)
class Suppressed:
    """`terms` that stay unpublished, their share of the tonnes, and how many cells of each kind went."""

    terms: frozenset[str]
    share: Fraction
    enterprises: int
    items: int
    zeros: int
    reported: int


def suppress(facts: Facts, rule: Rule, *, whole: bool = False, further: Collection[str] = frozenset()) -> Suppressed:
    """Apply the rule to `facts` in place; `whole`: the ruler publishes no term at all; `further`: terms that stay back too."""
    groups = {row["term"]: _group(row) for row in facts["terms"]}
    hidden = suppressed(groups, rule.fewest, rule.largest_share) | (groups.keys() & set(further))
    scopes = any(row["item"].startswith("scope") for row in facts["items"])  # they part the total a second time
    if whole or (hidden and scopes):
        hidden = frozenset(term for term, group in groups.items() if any(group.values()))
    gross = {term: sum(map(abs, group.values()), Fraction(0)) for term, group in groups.items()}
    all_tonnes = sum(gross.values(), Fraction(0))
    share = sum((gross[term] for term in hidden), Fraction(0)) / all_tonnes if all_tonnes else Fraction(0)
    enterprises = sum(len(row["by_enterprise"]) for row in facts["terms"])
    public = groups.keys() - hidden
    items, zeros = _items(facts, public)
    reported = _reported(facts, public)
    facts["terms"] = _terms(facts["terms"], hidden)
    return Suppressed(hidden, share, enterprises, items, zeros, reported)


def _group(row: Mapping[str, Any]) -> dict[str, Fraction]:
    return {part["enterprise_id"]: exact(part["tco2"]) for part in row["by_enterprise"]}


def _terms(rows: list[Facts], hidden: frozenset[str]) -> list[Facts]:
    found = [row | {"by_enterprise": []} for row in rows if row["term"] not in hidden]
    if hidden:
        rest = sum((exact(row["tco2"]) for row in rows if row["term"] in hidden), Fraction(0))
        title = dict(catalogue("disclosure")["merged"])
        found.append({"term": MERGED, "title": title, "tco2": decimal_text(rest, _TONNES), "by_enterprise": []})
    return found


def _items(facts: Facts, public: set[str]) -> tuple[int, int]:
    kept: list[Facts] = []
    zeros = 0
    for row in facts["items"]:
        term = _term(row["item"])
        if term and not _shown(row, term, facts["year"], public):
            continue
        if term:
            for kind in ("proven", "strict"):
                if row[kind] is not None and row[kind] != row["claimed"]:
                    row[kind] = None
                    zeros += 1
        kept.append(row)
    count = len(facts["items"]) - len(kept)
    facts["items"] = kept
    return count, zeros


def _shown(row: Facts, term: str, year: str, public: set[str]) -> bool:
    nothing = all(row[kind] is None or not exact(row[kind]) for kind in _AMOUNTS)
    return nothing or (row["year"] == year and term in public)


def _reported(facts: Facts, public: set[str]) -> int:
    kept = [
        row
        for row in facts["reported"]
        if not (term := _term(row["item"])) or (row["year"] == facts["year"] and term in public)
    ]
    count = len(facts["reported"]) - len(kept)
    facts["reported"] = kept
    return count


def _term(item: str) -> str:
    """The term of an item, '' for a total, a scope or an indicator."""
    return item.removeprefix("term.").removesuffix(".tco2") if item.startswith("term.") else ""
