"""What a check looks at where no sentence of its ruler tells it: lists of words, flows and papers, beside another ruler's.

Single numbers stand among the sentences of the check (`verify.report.articles.checking`) and are not told again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verify.report import vocabulary
from verify.report.articles.shape import Sentence
from verify.report.articles.speaker import Speaker
from verify.ruler.differences import At, Difference
from verify.ruler.resolved import Ruler
from verify.words import catalogue, say

_KINDS = (
    "flow", "activity_type", "supply", "carrier", "evidence_kind", "generator_technology", "event_kind", "spell_reason",
    "authority", "source_kind", "connection", "basis", "emission_category", "gas", "property", "aspect", "declaration", "boolean", "table",
)  # fmt: skip


def settings(speaker: Speaker, other: Ruler, one: Difference) -> Iterator[Sentence]:
    """What the check of a difference looks at under this ruler and not under the other one, a sentence for each setting."""
    if one.at[0] != "checks" or one.kind != "both":
        return
    mine, theirs = (ruler.text.checks[one.at[1]] for ruler in (speaker.ruler, other))
    for field in one.fields:
        if field[2:3] != ("params",) or len(field) < 4:
            continue
        here, there = (_elements(_inside(check.params, field[3:])) for check in (mine, theirs))
        more = [each for each in here if each not in there and not _number(speaker, each)]
        if more:
            key = "also" if len(more) < len(here) else "looks_at"
            words = say(
                f"rule_diff.{key}",
                speaker.language,
                name=_name(speaker, one.at[1], field[3:]),
                values=speaker.all_of(_words(speaker, each) for each in more),
            )
            yield speaker.say(words, field, mine.cite)


def _inside(data: Any, path: At) -> Any:
    for part in path:
        data = data.get(part) if isinstance(data, Mapping) else None
    return data


def _elements(data: Any) -> list[Any]:
    if isinstance(data, Mapping):
        return [{key: value} for key, value in data.items()]
    return data if isinstance(data, list) else [] if data is None else [data]


def _number(speaker: Speaker, data: Any) -> bool:
    return isinstance(data, str) and "." in data and speaker.value(data) is not None


def _name(speaker: Speaker, code: str, path: At) -> str:
    """What a setting is called, with the part of it that is meant."""
    known = catalogue("rule_diff")
    key = next((one for one in (f"param.{code}.{path[0]}", f"param.{path[0]}") if one in known), "")
    name = say(f"rule_diff.{key}", speaker.language) if key else speaker.quoted(path[0])
    if not path[1:]:
        return name
    part = speaker.t("comma").join(_word(speaker, one) for one in path[1:])
    return say("rule_diff.part_of", speaker.language, name=name, part=part)


def _words(speaker: Speaker, data: Any) -> str:
    if isinstance(data, Mapping):
        parts = [
            say("rule_diff.looks_at", speaker.language, name=_word(speaker, key), values=_words(speaker, value))
            for key, value in data.items()
        ]
        return speaker.t("semicolon").join(parts)
    if isinstance(data, list):
        return speaker.all_of(_words(speaker, one) for one in data)
    if isinstance(data, bool):
        return _word(speaker, str(data).lower())
    return _word(speaker, str(data))


def _word(speaker: Speaker, code: str) -> str:
    """A code as this ruler or the vocabularies call it; in quotation marks where nobody does, as words of a claim are."""
    text = speaker.ruler.text
    for titled in (text.method.items, text.indicators, text.parameters):
        if code in titled:
            return speaker.title(titled[code].title)
    if _number(speaker, code):
        return speaker.named(code)
    names = (vocabulary.name_of(kind, code, speaker.language) for kind in _KINDS)
    found = next((name for name in names if name is not None), None) or _catalogued(speaker, code)
    if found is None and code in text.method.terms:
        found = speaker.title(text.method.terms[code])
    return found or speaker.quoted(code)


def _catalogued(speaker: Speaker, code: str) -> str | None:
    return say(f"rule_diff.param.{code}", speaker.language) if f"param.{code}" in catalogue("rule_diff") else None
