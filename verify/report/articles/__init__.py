"""A ruler as law: numbered articles in sentences, each with its clause (`truezero rules show`).

Values only: nothing here prints, and no word for people stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from verify.report.articles.checking import checks, claims, opinion
from verify.report.articles.counted import counted
from verify.report.articles.factors import factors
from verify.report.articles.figures import figures, indicators
from verify.report.articles.numerals import numeral
from verify.report.articles.opening import opening
from verify.report.articles.points import points
from verify.report.articles.printed import printed
from verify.report.articles.publication import publication
from verify.report.articles.shape import Article, Chapter, Law, Sentence
from verify.report.articles.speaker import Speaker
from verify.report.articles.split import split
from verify.report.articles.tightened import tightened
from verify.ruler.resolved import Ruler
from verify.words import Language, say

__all__ = ["Article", "Chapter", "Law", "Sentence", "law", "numeral"]

Titled = Iterable[tuple[str, list[Sentence]]]
_CHAPTERS: tuple[tuple[str, tuple[Callable[[Speaker], Titled], ...]], ...] = (
    ("general", (opening,)),
    ("indicators", (indicators,)),
    ("counted", (counted,)),
    ("figures", (figures,)),
    ("factors", (factors,)),
    ("points", (points,)),
    ("split", (split,)),
    ("checks", (checks,)),
    ("answers", (claims, opinion, publication)),
    ("values", (printed,)),
)


def law(ruler: Ruler, language: Language) -> Law:
    """The articles of a ruler. OurFault ``articles.no_clause``, where a rule of it rests on no citation."""
    speaker = Speaker(ruler, language)
    chapters: list[Chapter] = []
    number = 1
    for key, tellers in _CHAPTERS:
        number = _add(chapters, speaker, key, [one for tell in tellers for one in tell(speaker)], number)
    _add(chapters, speaker, "tightened", list(tightened(speaker, chapters)), number)
    text = ruler.text
    head = (
        f"{ruler.id}@sha256:{ruler.sha256}",
        text.authority[language],
        speaker.t("status", status=say(f"cli.ruler_{text.status}", language)),
    )
    return Law(text.title[language], head, tuple(chapters), tuple(_documents(speaker)))


def _add(
    chapters: list[Chapter], speaker: Speaker, key: str, titled: list[tuple[str, list[Sentence]]], first: int
) -> int:
    """Appends a chapter, if there is anything in it; the number of the next article."""
    if not titled:
        return first
    articles = tuple(
        Article(first + index, speaker.heading(title), tuple(found)) for index, (title, found) in enumerate(titled)
    )
    chapters.append(Chapter(len(chapters) + 1, key, speaker.t(f"chapter.{key}"), articles))
    return first + len(articles)


def _documents(speaker: Speaker) -> Iterable[str]:
    """The documents of the ruler: number, title, issuer, dates, address, what was not checked."""
    t = speaker.t
    for identifier, document in speaker.ruler.documents.items():
        parts = [
            document.number,
            t("document", title=document.title[speaker.language]),
            document.issuer,
            t("document_dated", date=document.dated) if document.dated else "",
            t("document_published", date=document.published) if document.published else "",
            t("document_in_force", date=document.in_force) if document.in_force else "",
            document.note[speaker.language] if document.note is not None else "",
            document.url,
        ]
        yield f"{t('comma').join(part for part in parts if part)} [{identifier}]"
