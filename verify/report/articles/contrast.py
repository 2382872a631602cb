"""A difference of two rulers in their own sentences: what each of them says there, with its clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verify.report.articles.settings import settings
from verify.report.articles.shape import Article, Law, Sentence
from verify.report.articles.speaker import Speaker
from verify.ruler.differences import At, Difference
from verify.ruler.resolved import Ruler
from verify.words import Language

Told = list[tuple[Article, Sentence]]


class Contrast:
    """Two rulers as law in one language."""

    def __init__(self, a: tuple[Ruler, Law], b: tuple[Ruler, Law], language: Language) -> None:
        self.rulers = (a[0], b[0])
        self._speakers = (Speaker(a[0], language), Speaker(b[0], language))
        self._by_entry = [_by_entry(law) for _, law in (a, b)]

    def told(self, one: Difference) -> tuple[Told, Told]:
        """The sentences that are not alike, and what checks look at besides; where neither tells it, the first of each side."""
        both = [self._of(side, one.at) for side in (0, 1)]
        if one.kind != "both":
            return both[0] if one.kind == "only_a" else [], both[1] if one.kind == "only_b" else []
        texts = [{sentence.text for _, sentence in told} for told in both]
        unlike = [[(article, one) for article, one in both[side] if one.text not in texts[1 - side]] for side in (0, 1)]
        for side in (0, 1):
            if both[side]:
                article = both[side][0][0]
                told = settings(self._speakers[side], self._speakers[1 - side].ruler, one)
                unlike[side] += [(article, sentence) for sentence in told]
        return (unlike[0], unlike[1]) if any(unlike) else (both[0][:1], both[1][:1])

    def _of(self, side: int, at: At) -> Told:
        ruler = self.rulers[side]
        place = ("values", ruler.values[at[1]].id) if at[0] == "values" and at[1] in ruler.values else at
        return self._by_entry[side].get(place, [])


def _by_entry(law: Law) -> Mapping[At, Told]:
    """The sentences of every entry: a sentence about a part of it is about it too."""
    found: dict[At, Told] = {}
    for article, sentence in law.sentences():
        for at in _prefixes(sentence.at):
            found.setdefault(at, []).append((article, sentence))
    return found


def _prefixes(at: At) -> Iterator[At]:
    yield from (at[:size] for size in range(1, len(at) + 1))
