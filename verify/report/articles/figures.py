"""Figures, indicators and size classes: every formula in words, every boundary exact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verify.report.articles.clauses import Source
from verify.report.articles.formulas import Formulas
from verify.report.articles.shape import Sentence
from verify.report.articles.speaker import Speaker
from verify.ruler.model import Indicator, Item, SizeClass

Titled = tuple[str, list[Sentence]]
When = Mapping[str, Mapping[str, str]]


def figures(speaker: Speaker) -> Iterator[Titled]:
    """Items, those of one unit together."""
    formulas = Formulas(speaker)
    by_unit: dict[str, list[tuple[str, Item]]] = {}
    for name, item in speaker.ruler.text.method.items.items():
        by_unit.setdefault(item.unit, []).append((name, item))
    for unit, group in by_unit.items():
        sentences: list[Sentence] = []
        for name, item in group:
            at = ("method", "items", name)
            words = speaker.t("figure", title=speaker.title(item.title), formula=formulas.words(item.formula))
            sentences.append(speaker.say(words, at, item.cite, name=name))
            sentences += _under(speaker, formulas, item.when, at, "figure_under", item.cite)
        shown = speaker.unit(unit)
        yield speaker.t("title.items_in", unit=shown) if shown else speaker.t("title.items"), sentences
    own = speaker.ruler.text.method.own_intensity
    if own is not None:
        point = speaker.ruler.text.parameters[own.parameter]
        titles = {one.id: speaker.title(one.title) for one in point.readings}
        reading = titles.get(own.reading, speaker.t("no_such_reading"))
        words = speaker.t(
            "own_intensity", point=speaker.title(point.title), reading=reading,
            emissions=formulas.words(own.emissions), output=formulas.words(own.output), unit=speaker.unit(own.unit),
        )  # fmt: skip
        yield speaker.t("title.own_intensity"), [speaker.say(words, ("method", "own_intensity"), own.cite)]
    seen = speaker.ruler.text.method.certificates
    if seen is not None:
        words = speaker.t(
            "certificates",
            supply=speaker.all_of(speaker.word("activity", "supply", one) for one in seen.supply),
            statement=speaker.any_of(speaker.word("evidence", "kind", one) for one in seen.statement),
            mwh=seen.mwh,
        )
        yield speaker.t("title.certificates"), [speaker.say(words, ("method", "certificates"), seen.cite)]


def indicators(speaker: Speaker) -> Iterator[Titled]:
    """One article for each indicator."""
    if not speaker.ruler.text.indicators:
        stand = speaker.ruler.text.divergence.target_kind
        cite = stand.cite or speaker.practice("10")
        yield speaker.t("title.no_indicator"), [speaker.say(speaker.t("no_indicator"), ("indicators",), cite)]
    for name, one in speaker.ruler.text.indicators.items():
        yield one.title[speaker.language], list(_indicator(speaker, name, one))


def _indicator(speaker: Speaker, name: str, one: Indicator) -> Iterator[Sentence]:
    at, items, t = ("indicators", name), speaker.ruler.text.method.items, speaker.t
    words = t(
        "indicator", title=speaker.title(one.title), kind=t(f"kind.{one.kind}"),
        numerator=speaker.title(items[one.numerator].title), denominator=speaker.title(items[one.denominator].title),
    )  # fmt: skip
    yield speaker.say(words, at, one.cite, name=name)
    if one.limit:
        yield _limit(speaker, one, one.limit, (*at, "limit"), one.cite, "indicator_limit")
    elif not one.classes:
        yield speaker.say(t("no_limit"), (*at, "limit"), one.cite)
    for index, size in enumerate(one.classes):
        yield from _class(speaker, one, size, at, first=index == 0)
    if one.excludable:
        yield speaker.say(t("excludable"), (*at, "excludable"), speaker.ruler.text.divergence.not_applicable_rule.cite)


def _limit(
    speaker: Speaker, one: Indicator, limit: str, at: tuple[str, ...], cite: Source, key: str, **more: str
) -> Sentence:
    sign = speaker.t(f"comparison.{one.comparison}")
    words = speaker.t(key, comparison=sign, limit=speaker.printed(limit), **more)
    return speaker.say(words, at, cite, speaker.cite_of(limit))


def _class(
    speaker: Speaker, one: Indicator, size: SizeClass, at: tuple[str, ...], *, first: bool
) -> Iterator[Sentence]:
    formulas = Formulas(speaker)
    place = (*at, "classes", size.id)
    holds = formulas.words(size.holds)
    within = speaker.t("class_first" if first else "class_next", condition=holds)
    if size.limit:
        yield _limit(speaker, one, size.limit, place, size.cite, "class_limit", within=within)
    else:
        yield speaker.say(speaker.t("class_no_limit", within=within), place, size.cite)
    yield from _under(speaker, formulas, size.when, place, "class_under", size.cite)


def _under(
    speaker: Speaker, formulas: Formulas, when: When, at: tuple[str, ...], key: str, cite: Source
) -> Iterator[Sentence]:
    """Another formula under another reading of an open point."""
    for name, readings in when.items():
        point = speaker.ruler.text.parameters[name]
        titles = {one.id: speaker.title(one.title) for one in point.readings}
        for reading, formula in readings.items():
            title = titles.get(reading, speaker.t("no_such_reading"))
            words = speaker.t(key, point=speaker.title(point.title), reading=title, formula=formulas.words(formula))
            yield speaker.say(words, at, cite, point.cite, aspect=f"{name}={reading}", follows=True)
