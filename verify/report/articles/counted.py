"""What is counted: every line rule of a ruler as a sentence made of what it matches, its readings, sign, term and factor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from verify.report import vocabulary
from verify.report.articles.factors import factor_words
from verify.report.articles.formulas import conditions
from verify.report.articles.shape import Sentence
from verify.report.articles.speaker import Speaker
from verify.ruler.model import Line

Titled = tuple[str, list[Sentence]]


def counted(speaker: Speaker) -> Iterator[Titled]:
    """One article on the order of the rules, then one for each run of rules about the same kind of thing."""
    text = speaker.ruler.text
    yield (
        speaker.t("title.order"),
        [speaker.say(speaker.t("order"), ("method", "lines"), speaker.practice("2"), aspect="order")],
    )
    for key, lines in groupby(_subjects(text.method.lines), key=lambda one: one[0]):
        yield _heading(speaker, key), [sentence for _, line in lines for sentence in _line(speaker, line)]


def _subjects(lines: list[Line]) -> Iterator[tuple[tuple[str, str, tuple[str, ...]], Line]]:
    """Each rule with what its article is about; a rule that counts nothing stays with the rules before it."""
    key: tuple[str, str, tuple[str, ...]] = ("", "", ())
    for line in lines:
        kind = (line.side,) if line.side else tuple(line.match.get("class", ()))
        if (line.measure, line.table) != key[:2] or (line.factor and kind != key[2]):
            key = (line.measure, line.table, kind)
        yield key, line


def _heading(speaker: Speaker, key: tuple[str, str, tuple[str, ...]]) -> str:
    measure, table, kinds = key
    words = speaker.all_of(speaker.known(f"word.side.{one}") or speaker.word(table, "class", one) for one in kinds)
    subject = words or vocabulary.name_of("table", table, speaker.language) or table
    return speaker.t("title.counted", measure=speaker.t(f"measure.{measure}"), subject=subject)


def _line(speaker: Speaker, line: Line) -> Iterator[Sentence]:
    at = ("method", "lines", line.id)
    rows = _rows(speaker, line) + _when(speaker, line.when)
    title = line.title[speaker.language]
    if not line.factor:
        does = speaker.t(f"not_counted.{line.measure}")
        yield speaker.say(speaker.t("line", title=title, rows=rows, does=does), at, line.cite, name=line.id)
        return
    factor, cites = factor_words(speaker, line.factor)
    way = "deducts" if line.sign == "-" else "adds"
    if line.measure == "energy":
        does = speaker.t(f"{way}.energy", factor=factor, side=speaker.t(f"side.{line.side}"))
    else:
        term = speaker.title(speaker.ruler.text.method.terms[line.term])
        does = speaker.t(f"{way}.{line.measure}", factor=factor, term=term)
    yield speaker.say(speaker.t("line", title=title, rows=rows, does=does), at, line.cite, *cites, name=line.id)
    if line.gate:
        yield speaker.say(
            speaker.t(f"gate.{line.gate}"), at, line.cite, speaker.practice("3"), aspect="gate", follows=True
        )
    if line.credit:
        point = speaker.ruler.text.method.own_intensity
        if point is not None:
            words = speaker.title(speaker.ruler.text.parameters[point.parameter].title)
            yield speaker.say(speaker.t("credit", point=words), at, point.cite, aspect="credit", follows=True)
    if line.default and [line.default] != line.factor:
        yield _default(speaker, line, at)


def _default(speaker: Speaker, line: Line, at: tuple[str, ...]) -> Sentence:
    """What the line is at where nothing proves it."""
    factor, cites = factor_words(speaker, [line.default])
    kinds = [speaker.word("evidence", "kind", one) for one in line.proof]
    if kinds:
        words = speaker.t("default_or_proof", factor=factor, proof=speaker.any_of(kinds))
    else:
        words = speaker.t("default", factor=factor)
    return speaker.say(words, at, speaker.practice("1"), *cites, aspect="default", follows=True)


def _rows(speaker: Speaker, line: Line) -> str:
    table = _table(speaker, line.table)
    told = conditions(speaker, line.table, line.match)
    if not told:
        return speaker.t("rows_left", table=table)
    return speaker.t("rows", table=table, conditions=speaker.t("condition_separator").join(told))


def _when(speaker: Speaker, when: Mapping[str, list[str]]) -> str:
    return "".join(
        speaker.t(
            "when",
            point=speaker.title(speaker.ruler.text.parameters[name].title),
            readings=_readings(speaker, name, readings),
        )
        for name, readings in when.items()
    )


def _readings(speaker: Speaker, name: str, readings: list[str]) -> str:
    titles = {one.id: speaker.title(one.title) for one in speaker.ruler.text.parameters[name].readings}
    return speaker.any_of(titles.get(one, speaker.t("no_such_reading")) for one in readings)


def _table(speaker: Speaker, table: str) -> str:
    return speaker.quoted(vocabulary.name_of("table", table, speaker.language) or table)
