"""What a layer or a borrower says otherwise than the ruler it rests on: both values, both clauses, and in which article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from verify.report.articles.clauses import Source
from verify.report.articles.numerals import numeral
from verify.report.articles.shape import Article, Chapter, Sentence
from verify.report.articles.speaker import Speaker
from verify.report.findings_text import words_of
from verify.ruler.differences import name_in
from verify.ruler.overrides import Override


def tightened(speaker: Speaker, chapters: Sequence[Chapter]) -> Iterator[tuple[str, list[Sentence]]]:
    """One article for each ruler that says something of its own, if there is any."""
    every = [(article, one) for chapter in chapters for article in chapter.articles for one in article.sentences]
    added = {
        (*one.at[:-1], name_in(one.child)) if isinstance(one.child, Mapping) else one.at: one
        for one in speaker.ruler.overrides
    }
    by: dict[str, list[Sentence]] = {}
    for at, override in added.items():
        found = override if at == override.at or not any(one.at == at for _, one in every) else replace(override, at=at)
        by.setdefault(override.by, []).append(_override(speaker, found, every))
    for ruler, sentences in by.items():
        yield speaker.t("title.tightened", ruler=ruler), sentences


def _override(speaker: Speaker, override: Override, every: Sequence[tuple[Article, Sentence]]) -> Sentence:
    found = _nearest(override.at, every)
    where = speaker.t("in_no_article")
    if found is not None:
        article, sentence = found
        place = next(index for index, item in enumerate(article.items(), 1) if sentence in item)
        number, item = (numeral(one, speaker.language) for one in (article.number, place))
        title = speaker.heading(_called(speaker, override.at) or article.title)
        where = speaker.t("in_article", number=number, item=item, title=title)
    cites: list[Source] = [override.child_cite, override.parent_cite]
    words = _moved(speaker, override, found[1] if found is not None else None)
    text = speaker.t("moved", where=where, words=words)
    return speaker.say(text, ("overrides", *override.at), *cites, name=override.path)


def _called(speaker: Speaker, at: tuple[str, ...]) -> str:
    """The name of a check or a value: their articles hold many of them."""
    if at[0] == "checks" and len(at) > 1:
        return str(words_of(at[1])["title"][speaker.language])
    found = speaker.value(at[1]) if at[0] == "values" else None
    return found[0].title[speaker.language] if found is not None else ""


def _moved(speaker: Speaker, override: Override, said: Sentence | None) -> str:
    """What became of it: a list by what came or went, an entry by its title or its sentence."""
    parent, child, direction = override.parent, override.child, override.direction
    if isinstance(parent, list) and isinstance(child, list):
        came, went = [one for one in child if one not in parent], [one for one in parent if one not in child]
        parts = [speaker.t(key, words=shown(speaker, some)) for key, some in (("came", came), ("went", went)) if some]
        return speaker.t("semicolon").join(parts)
    if isinstance(child, bool):
        flag = override.at[-1]
        key = f"flag.{flag}.{'yes' if child else 'no'}"
        return speaker.known(key) or speaker.t(
            f"moved.{direction}", parent=shown(speaker, parent), child=shown(speaker, child)
        )
    if parent in (None, "", [], {}):
        nameless = isinstance(child, Mapping) and not any(key in child for key in ("title", "text"))
        text = speaker.quoted(said.text) if nameless and said is not None else shown(speaker, child)
        return speaker.t("came", words=text)
    return speaker.t(f"moved.{direction}", parent=shown(speaker, parent), child=shown(speaker, child))


def _nearest(at: tuple[str, ...], every: Sequence[tuple[Article, Sentence]]) -> tuple[Article, Sentence] | None:
    """The sentence about a part of the ruler, else about the smallest part that holds it, else about something inside it."""
    for size in range(len(at), 1, -1):
        for article, sentence in every:
            if sentence.at == at[:size]:
                return article, sentence
    inside = (one for one in every if one[1].at[: len(at)] == at or _named(at, one[1].at))
    return next(inside, None)


def _named(at: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether `other` is an entry that `at` calls by the first part of its name."""
    return len(at) == len(other) and at[:-1] == other[:-1] and other[-1].startswith(f"{at[-1]}.")


def shown(speaker: Speaker, data: Any) -> str:
    """A part of a ruler in words: its number, its title, or what it says."""
    if data in (None, "", [], {}):
        return speaker.t("nothing")
    if isinstance(data, bool):
        return speaker.t("said_yes" if data else "said_no")
    if isinstance(data, list):
        return speaker.all_of(shown(speaker, one) for one in data)
    if isinstance(data, Mapping):
        if data.get("value") and data.get("unit"):
            return speaker.number(str(data["value"]), str(data["unit"]))
        words = next((data[key] for key in ("title", "text") if isinstance(data.get(key), Mapping)), None)
        return speaker.title(words) if words is not None else speaker.t("entry")
    if speaker.value(str(data)) is not None:
        return speaker.printed(str(data))
    return speaker.word_of_rule(str(data))
