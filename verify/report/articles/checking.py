"""Checks, words of claims and the opinion table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from verify.report.articles.formulas import Formulas
from verify.report.articles.shape import Sentence
from verify.report.articles.speaker import Speaker
from verify.report.findings_text import words_of
from verify.ruler.differences import name_in
from verify.ruler.model import Check
from verify.words import say

Titled = tuple[str, list[Sentence]]


def checks(speaker: Speaker) -> Iterator[Titled]:
    """One article for each family of checks."""
    for family, group in groupby(speaker.ruler.text.checks.items(), key=lambda one: one[0].split("-")[1]):
        sentences = [sentence for code, check in group for sentence in _check(speaker, code, check)]
        yield say(f"pages.family.{family}", speaker.language), sentences


def _check(speaker: Speaker, code: str, check: Check) -> Iterator[Sentence]:
    title = words_of(code)["title"][speaker.language]
    severity = say(f"pages.severity.{check.severity}", speaker.language)
    name = f"{code}, {check.alias}" if check.alias else code
    words = speaker.t("check", title=speaker.quoted(title), severity=severity)
    yield speaker.say(words, ("checks", code), check.cite, name=name)
    values = list(dict.fromkeys(_values(speaker, check.params)))
    if values:
        told = speaker.all_of(speaker.named(one) for one in values)
        cites = [cite for one in values if (cite := speaker.cite_of(one)) is not None]
        text = speaker.t("check_values", values=told)
        yield speaker.say(text, ("checks", code), *cites, aspect="values", follows=True)


def _values(speaker: Speaker, params: Any) -> Iterator[str]:
    """The single numbers of the law that a check looks at."""
    if isinstance(params, Mapping):
        for one in params.values():
            yield from _values(speaker, one)
    elif isinstance(params, list):
        for one in params:
            yield from _values(speaker, one)
    elif isinstance(params, str) and "." in params and speaker.value(params) is not None:
        yield params


def claims(speaker: Speaker) -> Iterator[Titled]:
    """Words that a claim may not use without a basis."""
    sentences = []
    for rule in speaker.ruler.text.claims:
        words = speaker.any_of(speaker.quoted(word) for word in rule.words)
        text = speaker.t("claim", words=words, rule=rule.text[speaker.language])
        sentences.append(speaker.say(text, ("claims", name_in(rule.model_dump())), rule.cite))
    if sentences:
        yield speaker.t("title.claims"), sentences


def opinion(speaker: Speaker) -> Iterator[Titled]:
    """Assurance, materiality, and what makes the opinion other than unmodified."""
    table = speaker.ruler.text.opinion
    assurance = say(f"report.assurance.{table.assurance}", speaker.language)
    materiality = speaker.named(table.materiality)
    sentences = [
        speaker.say(speaker.t("assurance", assurance=assurance), ("opinion", "assurance"), speaker.practice("6")),
        speaker.say(
            speaker.t("materiality", materiality=materiality), ("opinion", "materiality"), table.cite,
            speaker.cite_of(table.materiality),
        ),
    ]  # fmt: skip

    def name(asked: str) -> str:
        return speaker.t("materiality_word") if asked == "materiality" else speaker.known(f"ground.{asked}") or asked

    formulas = Formulas(speaker, name)
    for row in table.rows:
        text = speaker.t(
            "opinion_row",
            condition=formulas.words(row.holds),
            opinion=say(f"report.opinion.{row.opinion}", speaker.language),
        )
        sentences.append(
            speaker.say(text, ("opinion", "rows", name_in(row.model_dump())), speaker.practice("6"), name=row.reason)
        )
    sentences.append(
        speaker.say(speaker.t("opinion_order"), ("opinion", "rows"), speaker.practice("6"), aspect="order")
    )
    yield speaker.t("title.opinion"), sentences
