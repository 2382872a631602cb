"""The public report: facts after disclosure, the published places, and the list of what is withheld (DESIGN 10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from fractions import Fraction
from typing import Any, NamedTuple

from verify.canonical import decimal_text
from verify.disclosure import columns, sections
from verify.disclosure.rule import TERMS, Rule
from verify.disclosure.subtotals import Suppressed, suppress

Facts = dict[str, Any]
_SHARE = 4  # places: more would tell the sum behind it


class Disclosed(NamedTuple):
    """`withheld`: rows {path, state, reason {key, arguments}, count}, sorted by path; every value a text, so JCS holds it.

    `share`: part of the tonnes in terms that are not published one by one. `within_cap`: not above what the ruler admits.
    """

    facts: Facts
    places: Facts
    withheld: list[Facts]
    share: str
    within_cap: bool


def disclose(
    facts: Mapping[str, Any], places: Mapping[str, Any], rule: Rule, further: Collection[str] = frozenset()
) -> Disclosed:
    """Facts and places as the public may see them; the arguments stay as they are. `further`: terms that stay back besides
    those that are small groups by themselves.

    Whatever the rule does not name is withheld, a section of the facts that nobody knows yet included. Why a term is
    suppressed is not told: that would say which of the suppressed terms is the small group.
    """
    public: Facts = {key: deepcopy(facts[key]) for key in facts if key in sections.HEAD | sections.ALL}
    told: list[Facts] = [_told(key, "withheld", "by_rule", 1) for key in facts.keys() - public.keys()]
    hides_terms = rule.state(TERMS) is not None
    done = suppress(public, rule, whole=hides_terms, further=further) if rule.subtotals or hides_terms else None
    if done is not None:
        told += _suppressed(done)
    for section in sorted(sections.ALL & public.keys()):
        state = rule.state(section)
        if state is not None:
            told.append(_told(section, state, "by_rule", sections.empty(public, section)))
    for path in sorted(columns.HIDDEN.keys() & rule.hidden.keys()):
        if columns.section_of(path) in public and rule.state(columns.section_of(path)) is None:
            told.append(_told(path, rule.hidden[path], "by_rule", columns.HIDDEN[path](public)))
    for path, decimals in sorted(rule.rounded.items()):
        if columns.section_of(path) in public and path not in rule.hidden:
            told.append(_told(path, "withheld", "rounded", columns.ROUNDED[path](public, decimals)))
    shown = _places(places, public, rule)
    told.append(
        _told(sections.PLACES, rule.hidden.get(sections.PLACES, "withheld"), "by_rule", len(places) - len(shown))
    )
    share = done.share if done is not None else Fraction(0)
    told = sorted((row for row in told if row["count"] != "0"), key=lambda row: str(row["path"]))
    return Disclosed(public, shown, told, decimal_text(share, _SHARE), share <= rule.most_withheld)


def _suppressed(done: Suppressed) -> list[Facts]:
    return [
        _told("terms.by_enterprise", "withheld", "small_group", done.enterprises),
        _told("items.term", "withheld", "small_group", done.items),
        _told("items.zeros", "withheld", "small_group", done.zeros),
        _told("reported.term", "withheld", "small_group", done.reported),
        _told("terms", "withheld", "small_group", len(done.terms)),
    ]


def _places(places: Mapping[str, Any], public: Facts, rule: Rule) -> Facts:
    """Only places of rows that the public facts still name."""
    if sections.PLACES in rule.hidden:
        return {}
    named = {row_id for row in public.get("findings", []) for row_id in row["row_ids"]}
    named |= {row["row_id"] for row in public.get("dispositions", {}).get("excluded", [])}
    return {row_id: deepcopy(place) for row_id, place in places.items() if row_id in named}


def _told(path: str, state: str, reason: str, count: int) -> Facts:
    return {
        "path": path,
        "state": state,
        "reason": {"key": f"disclosure.{reason}", "arguments": {}},
        "count": str(count),
    }
