"""A ruler as law on a terminal: chapters, articles, items, then the documents."""

from __future__ import annotations

from collections.abc import Iterator

import click

from verify.report.articles import Law, numeral
from verify.report.articles.plain import running
from verify.report.visible import visible
from verify.words import Language, say


def law_lines(law: Law, lang: Language) -> Iterator[str]:
    """Line by line."""
    yield click.style(visible(law.title), bold=True)
    yield from map(visible, law.head)
    for chapter in law.chapters:
        yield ""
        words = say("articles.chapter", lang, number=numeral(chapter.number, lang), title=chapter.title)
        yield click.style(visible(words), bold=True, underline=True)
        for article in chapter.articles:
            yield ""
            words = say("articles.article", lang, number=numeral(article.number, lang), title=article.title)
            yield click.style(visible(words), bold=True)
            for index, item in enumerate(article.items(), 1):
                yield visible(f"  {say('articles.item', lang, number=numeral(index, lang))}{running(item, lang)}")
    yield ""
    yield click.style(say("articles.cited_documents", lang), bold=True)
    yield from (visible(f"  {line}") for line in law.documents)
