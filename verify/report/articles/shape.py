"""A ruler as a lawyer reads it: chapters of numbered articles, articles of sentences, each sentence with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sentence:
    """`text` without its end, and the clauses that found it in one line (`clause`).

    `at` names the part of the ruler that is said, by keys and ids (``("indicators", "unit_energy_co2")``), `aspect` which of
    several sentences about it this is; `id` stands in brackets behind the sentence. `checked` is false where a document is
    cited whose clause nobody looked up; `follows` says that the sentence goes on with the item before it.
    """

    text: str
    clause: str
    at: tuple[str, ...]
    aspect: str = ""
    id: str = ""
    checked: bool = True
    follows: bool = False


@dataclass(frozen=True)
class Article:
    """`number` counts through the whole ruler."""

    number: int
    title: str
    sentences: tuple[Sentence, ...] = field(repr=False)

    def items(self) -> Iterator[list[Sentence]]:
        """The sentences by the item that they stand in."""
        item: list[Sentence] = []
        for sentence in self.sentences:
            if item and not sentence.follows:
                yield item
                item = []
            item.append(sentence)
        if item:
            yield item


@dataclass(frozen=True)
class Chapter:
    """`key` names the chapter in every language: ``general``, ``counted``, …"""

    number: int
    key: str
    title: str
    articles: tuple[Article, ...] = field(repr=False)


@dataclass(frozen=True)
class Law:
    """The whole ruler. `head`: title, digest, authority, status, in lines; `documents`: the cited documents, one line each."""

    title: str
    head: tuple[str, ...]
    chapters: tuple[Chapter, ...] = field(repr=False)
    documents: tuple[str, ...] = field(repr=False)

    def articles(self) -> Iterator[Article]:
        """All articles in order."""
        for chapter in self.chapters:
            yield from chapter.articles

    def sentences(self) -> Iterator[tuple[Article, Sentence]]:
        """All sentences in order, each with its article."""
        for article in self.articles():
            for sentence in article.sentences:
                yield article, sentence
