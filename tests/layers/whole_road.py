"""Parks on the whole road under a parent and its children: every check on real tables, the facts, what is published of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.layers.passing import Told, passes
from verify.bridge.found import Bridges
from verify.canonical import exact
from verify.checks import World, run_checks
from verify.disclosure import Rule, disclose
from verify.opinion import assemble, opine
from verify.report.numbers import is_decimal
from verify.road.faults import as_findings
from verify.road.run import travel
from verify.road.world import build
from verify.ruler import Ruler

_ROUNDED = ("low", "high")  # of an interval: wider where fewer decimals are public


def loosened(park: Path, parent: Ruler, children: Sequence[Ruler]) -> Iterator[tuple[str, str]]:
    """(child, what it passes) for every child that passes on this park what its parent fails. The park is read once."""
    with travel(park, role="verification") as journey:
        first = journey.world
        facts = _facts(first, parent)
        below, public = _told(facts, parent), _public(facts, parent)
        for child in children:
            found = _facts(first, child)
            for words in passes(below, _told(found, child)):
                yield child.id, words
            for path in _lost(public, _public(found, child)):
                yield child.id, f"{path} is not public any more"


def _facts(first: World, ruler: Ruler) -> dict[str, Any]:
    world = build(first.submission, ruler, first.engine, year=first.year)
    runs, found = run_checks(world)
    assert not [run.crash for run in runs if run.crash], ruler.id
    found = [*as_findings(first.submission), *found]
    return assemble(world, runs, found, opine(world, runs, found), "verification", Bridges())


def _told(facts: Mapping[str, Any], ruler: Ruler) -> Told:
    severities = {(one["code"], one["subject"], one["period"]): one["severity"] for one in facts["findings"]}
    figures = {(one["item"], one["year"]): (one["claimed"], one["proven"], one["strict"]) for one in facts["items"]}
    figures |= {(one["id"], "indicator"): one["value"] for one in facts["indicators"]}
    attestation = ruler.text.attestation
    return Told(
        figures={str(key): value for key, value in figures.items()},
        verdicts={one["id"]: one["verdict"] for one in facts["indicators"]},
        opinion=facts["opinion"]["value"],
        reasons=frozenset(one["key"].removeprefix("opinion.") for one in facts["opinion"]["reasons"]),
        findings=severities,
        claims=frozenset((code, one["claim_id"]) for one in facts["claims"] for code in one["findings"]),
        rule=Rule.of(ruler),
        signatures=frozenset(attestation.further if attestation is not None else ()),
    )


def _public(facts: Mapping[str, Any], ruler: Ruler) -> dict[str, str]:
    """What of the measured figures is public, by path; verdicts and findings are compared in `passes`."""
    public = disclose(facts, {}, Rule.of(ruler)).facts
    return {
        path: text
        for section in ("items", "terms", "members", "level", "indicators")
        for path, text in _leaves(public[section], section)
    }


def _leaves(data: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, Mapping):
        for key, one in data.items():
            yield from _leaves(one, f"{path}.{key}")
    elif isinstance(data, list):
        for index, one in enumerate(data):
            named = (
                one.get("item") or one.get("id") or one.get("term") or one.get("enterprise_id")
                if isinstance(one, Mapping)
                else None
            )
            yield from _leaves(
                one,
                f"{path}.{named or index}.{one['year']}"
                if isinstance(one, Mapping) and "year" in one
                else f"{path}.{named or index}",
            )
    elif isinstance(data, str) and is_decimal(data) and ".cite." not in path and not path.endswith((".limit", ".year")):
        yield path, data


def _lost(parent: Mapping[str, str], child: Mapping[str, str]) -> Iterator[str]:
    for path, text in parent.items():
        now = child.get(path)
        side = path.rpartition(".")[2]
        if now is None or (side not in _ROUNDED and exact(now) != exact(text)):
            yield path
