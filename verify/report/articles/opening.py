"""General articles: what is not known, on what the ruler rests, boundary, base year, and where rulers diverge."""

from __future__ import annotations

from collections.abc import Iterator

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
    if text.sensitivities:
        yield t("title.sensitivities"), list(_sensitivities(speaker))


def _unknown(speaker: Speaker) -> Iterator[Sentence]:
    for index, words in enumerate(speaker.ruler.text.unknown_clauses):
        yield from speaker.said(words, ("unknown_clauses", str(index)), speaker.practice("10"))
    if speaker.ruler.text.status == "partial":
        yield speaker.say(speaker.t("partial"), ("status",), speaker.practice("10"))


def _founded(speaker: Speaker) -> Iterator[Sentence]:
    text, t = speaker.ruler.text, speaker.t
    document = speaker.ruler.documents[text.boundary.cite.document]
    title = t("document", title=document.title[speaker.language])
    whole = {"document": text.boundary.cite.document, "clause": t("whole_text")}
    yield speaker.say(t("founded", document=title, authority=text.authority[speaker.language]), ("authority",), whole)
    for name, sha256 in speaker.ruler.lineage:
        words = t("layer_of", ruler=name, sha256=sha256[:16])
        yield speaker.say(words, ("extends",), whole, speaker.practice("9"), aspect=name)
    if text.borrows is not None:
        parts = speaker.all_of(t(f"part.{part}") for part in text.borrows.parts)
        words = t("borrows", ruler=text.borrows.ruler.partition("@")[0], parts=parts)
        yield speaker.say(words, ("borrows",), speaker.practice("10"))
        yield from speaker.said(
            text.borrows.because, ("borrows",), speaker.practice("10"), aspect="because", follows=True
        )


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
        return speaker.say(speaker.t("not_known", question=asked), at, stand.cite, speaker.practice("10"))
    answers = speaker.all_of(say(f"divergence.{question}.{one}", speaker.language) for one in stand.answer)
    words = speaker.t("stand", question=asked, answers=answers)
    if stand.text is not None:
        words = speaker.t("stand_text", stand=words, text=stand.text[speaker.language])
    if stand.values:
        words = speaker.t(
            "stand_values", stand=words, values=speaker.all_of(speaker.printed(one) for one in stand.values)
        )
    return speaker.say(words, at, stand.cite)


def _processes(speaker: Speaker) -> Iterator[Sentence]:
    for name, process in speaker.ruler.text.processes.items():
        title = process.title[speaker.language] if process.title else speaker.word("production", "product", name)
        carriers = [speaker.word("activity", "carrier", one) for one in process.covers]
        key = "process_unknown" if not process.known else "process_covers" if carriers else "process_plain"
        words = speaker.t(key, product=title, carriers=speaker.all_of(carriers))
        yield speaker.say(words, ("processes", name), process.cite, name=name)


def _sensitivities(speaker: Speaker) -> Iterator[Sentence]:
    for one in speaker.ruler.text.sensitivities:
        words = speaker.t(
            "sensitivity", title=one.title[speaker.language], value=speaker.named(one.value),
            number=speaker.number(one.to, one.unit),
        )  # fmt: skip
        yield speaker.say(words, ("sensitivities", one.value), one.cite, speaker.practice("5"), aspect=one.to)
