"""How a change between two years is split into causes: the section `bridge` of a ruler in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.report.articles.shape import Sentence
from verify.report.articles.speaker import Speaker
from verify.ruler.bridging import BridgeRules, UncertaintyRules
from verify.words import catalogue, say

Titled = tuple[str, list[Sentence]]


def split(speaker: Speaker) -> Iterator[Titled]:
    """What the bridges rest on; nothing where the ruler has no bridges."""
    rules = speaker.ruler.text.bridge
    if rules is None:
        return
    yield speaker.t("title.split"), list(_split(speaker, rules))
    if rules.uncertainty is not None:
        yield speaker.t("title.unsure"), list(_unsure(speaker, rules.uncertainty))


def _split(speaker: Speaker, rules: BridgeRules) -> Iterator[Sentence]:
    t = speaker.t
    common = speaker.quoted(_word(speaker, f"boundary.{rules.common}"))
    yield speaker.say(t("split.common", common=common), ("bridge", "common"), rules.basis, rules.cite)
    reasons = speaker.any_of(speaker.quoted(speaker.word("enterprises", "reason", one)) for one in rules.closed)
    yield speaker.say(t("split.closed", reasons=reasons), ("bridge", "closed"), rules.cite)
    kinds = speaker.all_of(speaker.quoted(_word(speaker, f"classification.{one}")) for one in rules.classifications)
    yield speaker.say(t("split.classifications", kinds=kinds), ("bridge", "classifications"), rules.cite)
    for name, utility in rules.utilities.items():
        words = {"carrier": speaker.title(utility.title), "terms": _terms(speaker, utility.received)}
        yield speaker.say(t("split.utility", **words), ("bridge", "utilities", name), rules.cite)
    for part in ("contracts", "exclusions"):
        groups: dict[str, list[str]] = getattr(rules, part)
        for label, lines in groups.items():
            words = {"label": speaker.quoted(_word(speaker, f"switch.{label}")), "lines": _lines(speaker, lines)}
            yield speaker.say(t(f"split.{part}", **words), ("bridge", part, label), rules.cite)
    for market, location in rules.beside.items():
        words = {"market": _terms(speaker, [market]), "location": _terms(speaker, [location])}
        yield speaker.say(t("split.beside", **words), ("bridge", "beside", market), rules.cite)
    for part in ("resold", "own", "exports"):
        lines = getattr(rules, part)
        if lines:
            yield speaker.say(t(f"split.{part}", lines=_lines(speaker, lines)), ("bridge", part), rules.cite)
    yield speaker.say(t("split.process", terms=_terms(speaker, rules.process)), ("bridge", "process"), rules.cite)


def _unsure(speaker: Speaker, rules: UncertaintyRules) -> Iterator[Sentence]:
    interval = f"{rules.interval} %"
    for aspect in ("stated", "class", "draws", "beside"):
        text = speaker.t(
            f"unsure.{aspect}", interval=interval, divisor=rules.class_divisor, draws=rules.draws, quantum=rules.quantum
        )
        yield speaker.say(text, ("bridge", "uncertainty"), rules.cite, aspect=aspect)


def _lines(speaker: Speaker, lines: Iterable[str]) -> str:
    titles = {line.id: line.title for line in speaker.ruler.text.method.lines}
    return speaker.all_of(speaker.title(titles[one]) for one in lines)


def _terms(speaker: Speaker, terms: Iterable[str]) -> str:
    titles = speaker.ruler.text.method.terms
    return speaker.all_of(speaker.title(titles[one]) for one in terms)


def _word(speaker: Speaker, key: str) -> str:
    """A word of the bridges; the key where they have none."""
    return say(f"bridge.{key}", speaker.language) if key in catalogue("bridge") else key
