"""General articles: what is not known, on what the ruler rests, boundary, base year, and where rulers diverge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verify.report.articles.shape import Sentence
from verify.report.articles.speaker import Speaker
from verify.ruler.divergence import Stand
from verify.words import say

Titled = tuple[str, list[Sentence]]


def opening(speaker: Speaker) -> Iterator[Titled]:
    """What limits all the rest comes first."""
    text, t = speaker.ruler.text, speaker.t
    if text.unknown_clauses:
        yield t("title.unknown"), list(_unknown(speaker))
    yield t("title.founded"), list(_founded(speaker))
    yield t("title.boundary"), list(_boundary(speaker))
    yield t("title.baseline"), list(_baseline(speaker))
    yield t("title.divergence"), [_stand(speaker, question, stand) for question, stand in text.divergence.items()]
    if text.processes:
        yield t("title.processes"), list(_processes(speaker))
    if text.provisions:
        yield t("title.provisions"), list(_provisions(speaker))
    if text.sensitivities:
        yield t("title.sensitivities"), list(_sensitivities(speaker))


def _unknown(speaker: Speaker) -> Iterator[Sentence]:
    for index, words in enumerate(speaker.ruler.text.unknown_clauses):
        yield from speaker.said(words, ("unknown_clauses", str(index)), speaker.practice("10"))
    if speaker.ruler.text.status == "partial":
        yield speaker.say(speaker.t("partial"), ("status",), speaker.practice("10"))


def _founded(speaker: Speaker) -> Iterator[Sentence]:
    ruler, text, t = speaker.ruler, speaker.ruler.text, speaker.t
    rests = bool(ruler.lineage) or text.borrows is not None
    names = ruler.own_documents if rests else (text.boundary.cite.document,)
    authority = text.authority[speaker.language]
    if names:
        titles = [t("document", title=ruler.documents[one].title[speaker.language]) for one in names]
        seen = text.status == "complete"  # of a partial ruler nobody saw the whole text
        places = [place for one in names for place in (_places(speaker, one) if seen else [{"document": one}])]
        words = t("founded" if seen else "founded_partial", document=speaker.all_of(titles), authority=authority)
        yield speaker.say(words, ("authority",), *places)
    else:
        yield speaker.say(t("issued", authority=authority), ("authority",), speaker.practice("9"))
    for name, sha256 in ruler.lineage:
        words = t("layer_of", ruler=name, sha256=sha256[:16])
        yield speaker.say(words, ("extends",), speaker.practice("9"), aspect=name)
    if text.borrows is not None:
        parts = speaker.all_of(t(f"part.{part}") for part in text.borrows.parts)
        words = t("borrows", ruler=text.borrows.ruler.partition("@")[0], parts=parts)
        yield speaker.say(words, ("borrows",), speaker.practice("10"))
        yield from speaker.said(
            text.borrows.because, ("borrows",), speaker.practice("10"), aspect="because", follows=True
        )


def _places(speaker: Speaker, document: str) -> list[dict[str, str]]:
    """The annexes that rules of the ruler cite, where they cite annexes; else the whole text."""
    found = {
        cite["annex"] for cite in _cites(speaker.ruler.text.model_dump(mode="json")) if cite["document"] == document
    }
    annexes = sorted(found - {""})
    return [{"document": document, "annex": one} for one in annexes] or [
        {"document": document, "clause": speaker.t("whole_text")}
    ]


def _cites(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, dict):
        cite = data.get("cite")
        if isinstance(cite, dict) and "annex" in cite:
            yield cite
        for one in data.values():
            yield from _cites(one)
    elif isinstance(data, list):
        for one in data:
            yield from _cites(one)


def _boundary(speaker: Speaker) -> Iterator[Sentence]:
    text = speaker.ruler.text
    yield from speaker.said(text.boundary.text, ("boundary", "text"), text.boundary.cite)
    needed = text.boundary.park_in_park_requires
    if needed:
        words = [say(f"arguments.missing.{one}", speaker.language) for one in needed]
        cite = text.divergence.boundary_kind.cite or text.boundary.cite
        yield speaker.say(
            speaker.t("park_in_park", parts=speaker.all_of(words)), ("boundary", "park_in_park_requires"), cite
        )


def _baseline(speaker: Speaker) -> Iterator[Sentence]:
    baseline = speaker.ruler.text.baseline
    yield from speaker.said(baseline.text, ("baseline",), baseline.cite)
    if baseline.history_years:
        years = speaker.t("history", years=baseline.history_years)
        yield speaker.say(years, ("baseline", "history_years"), baseline.cite)
    threshold = baseline.recalculation_threshold
    if threshold:
        words = speaker.t("recalculated", number=speaker.named(threshold))
        cites = (baseline.cite, speaker.cite_of(threshold))
        yield speaker.say(words, ("baseline", "recalculation_threshold"), *cites)


def _stand(speaker: Speaker, question: str, stand: Stand) -> Sentence:
    at = ("divergence", question)
    asked = say(f"divergence.question.{question}", speaker.language)
    if stand.unknown:
        words = speaker.t("not_known", question=asked)
        if stand.text is not None:
            words = speaker.t("stand_text", stand=words, text=stand.text[speaker.language])
        return speaker.say(words, at, stand.cite, speaker.practice("10"))
    answers = speaker.all_of(say(f"divergence.{question}.{one}", speaker.language) for one in stand.answer)
    words = speaker.t("stand", question=asked, answers=answers)
    if stand.text is not None:
        words = speaker.t("stand_text", stand=words, text=stand.text[speaker.language])
    if stand.values:
        words = speaker.t(
            "stand_values", stand=words, values=speaker.all_of(speaker.printed(one) for one in stand.values)
        )
    return speaker.say(words, at, stand.cite, *(speaker.cite_of(one) for one in stand.values))


def _processes(speaker: Speaker) -> Iterator[Sentence]:
    for name, process in speaker.ruler.text.processes.items():
        title = process.title[speaker.language] if process.title else speaker.word("production", "product", name)
        carriers = [speaker.word("activity", "carrier", one) for one in process.covers]
        at = ("processes", name)
        yield speaker.say(speaker.t("process", product=title), at, process.cite, name=name)
        key = "process_unknown" if not process.known else "process_covers" if carriers else "process_plain"
        words = speaker.t(key, carriers=speaker.all_of(carriers))
        yield speaker.say(words, at, speaker.practice("12"), aspect="carbon", follows=True)


def _provisions(speaker: Speaker) -> Iterator[Sentence]:
    for index, one in enumerate(speaker.ruler.text.provisions):
        yield from speaker.said(one.text, ("provisions", str(index)), one.cite)


def _sensitivities(speaker: Speaker) -> Iterator[Sentence]:
    for one in speaker.ruler.text.sensitivities:
        words = speaker.t(
            "sensitivity", title=one.title[speaker.language], value=speaker.named(one.value),
            number=speaker.number(one.to, one.unit),
        )  # fmt: skip
        yield speaker.say(words, ("sensitivities", one.value), one.cite, speaker.practice("5"), aspect=one.to)
