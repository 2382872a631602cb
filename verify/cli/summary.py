"""The answer on a terminal: verdict, opinion, figures, findings, what was not checked. A face of the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from verify.canonical import digest
from verify.cli.columns import aligned
from verify.cli.finding_lines import findings
from verify.cli.options import mark
from verify.report.bridges.sentences import of_reduction
from verify.report.changes import history
from verify.report.reader import NONE, Reader
from verify.report.visible import all_visible
from verify.words import Language, say

_SIGNS = {"<=": "≤", ">=": "≥"}
_LEVELS = ("claimed", "proven", "strict")
_NOT_RUN = "opinion.check_not_run"
_TITLE = 54  # cells of the longest Chinese title of an indicator


def lines(plain: Mapping[str, Any], language: Language, *, everything: bool = False) -> Iterator[str]:
    """The summary of a report ({facts, places}) as lines; `everything` shows all findings and all places."""
    shown = all_visible(plain)
    reader, facts = Reader(shown, language), shown["facts"]
    yield ""
    own = facts["park"]["id"]
    yield "  ".join([click.style(reader.park, bold=True), *([own] if own != reader.park else []), facts["year"]])
    yield f"{say('cli.ruler', language)} {facts['ruler']['id']}  sha256:{facts['ruler']['sha256'][:16]}…"
    yield ""
    indicators = [one for one in facts["indicators"] if one["value"] is not None or one["kind"] == "core"]
    yield from aligned([_indicator(one, reader) for one in indicators], right=(2,), most=_TITLE)
    yield ""
    yield from _opinion(facts, reader)
    yield ""
    yield from aligned(list(_figures(facts, reader)))
    yield ""
    yield from _bridge(facts, reader)
    yield from _changes(facts, reader)
    yield from findings(facts, reader, everything=everything)
    yield from _unchecked(facts, reader)
    yield say(
        "cli.digests_public" if "withheld" in plain else "cli.digests",
        language,
        facts=digest(plain["facts"]),
        ruler=facts["ruler"]["id"],
        rules=facts["ruler"]["sha256"],
    )


def _indicator(one: Mapping[str, Any], reader: Reader) -> list[str]:
    word = reader.t(f"verdict.{one['verdict'] or 'undefined'}")
    value = reader.with_unit(one["value"], one["unit"], limit=one["limit"])
    sign = _SIGNS.get(one["comparison"], one["comparison"])
    limit = f"{sign} {reader.printed(one['limit'], one['unit'])}" if one["limit"] else ""
    return [f"{mark(one['verdict'] or '', of='verdict')} {word}", reader.title(one["title"]), value, limit]


def _opinion(facts: Mapping[str, Any], reader: Reader) -> Iterator[str]:
    opinion = facts["opinion"]
    word = click.style(reader.t(f"opinion.{opinion['value']}"), bold=True)
    yield say("cli.opinion", reader.language, opinion=word)
    yield from (f"  · {reader.reason(reason)}" for reason in opinion["reasons"])


def _figures(facts: Mapping[str, Any], reader: Reader) -> Iterator[list[str]]:
    for one in facts["items"]:
        if one["year"] == facts["year"] and one["item"] in {"total.tco2", "energy.tce"}:
            levels = _LEVELS if one["item"] == "total.tco2" else _LEVELS[:1]
            words = [
                f"{say(f'cli.{kind}', reader.language)} {reader.with_unit(one[kind], one['unit'])}" for kind in levels
            ]
            yield [reader.item(one["item"]), *words]


def _bridge(facts: Mapping[str, Any], reader: Reader) -> Iterator[str]:
    """What a claimed reduction comes to, in the sentences of the report."""
    found = facts.get("bridges") or {}
    if found.get("reduction") is None:
        return
    for one in of_reduction(reader, found["reduction"], found.get("ratio")):
        yield click.style(one.text, bold=one.strong)
    yield ""


def _changes(facts: Mapping[str, Any], reader: Reader) -> Iterator[str]:
    """How many changes of ruler and fence the report lists, and what an earlier filing came to."""
    changed, given = facts.get("changes") or [], facts.get("history") or []
    if changed:
        restated = sum(one["restated"] for one in changed)
        yield say("cli.changes", reader.language, count=len(changed), restated=restated)
    yield from history(reader) if given else ()
    if changed or given:
        yield ""


def _unchecked(facts: Mapping[str, Any], reader: Reader) -> Iterator[str]:
    """What was not checked; checks that could not run for one reason stand in one line."""
    left = facts["not_checked"]
    if not left:
        return
    yield say("cli.not_checked", reader.language)
    reasons = {run["code"]: run["reason"] for run in facts["runs"]}
    because: dict[str, list[str]] = {}
    for one in left:
        if one["key"] == _NOT_RUN:
            reason = reasons.get(one["arguments"]["code"])
            because.setdefault(reader.reason(reason) if reason else "", []).append(one["arguments"]["code"])
    for reason, codes in because.items():
        yield f"  · {say('cli.not_run', reader.language, codes=', '.join(codes), reason=reason or NONE)}"
    yield from (f"  · {reader.reason(one)}" for one in left if one["key"] != _NOT_RUN)
    yield ""
