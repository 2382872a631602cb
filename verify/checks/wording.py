"""Words in a sentence as a reader sees them: NFKC, any case and spacing, whole words in Latin script, not denied."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_BREAKS = set("，。；：！？、,.;:!?()（）[]“”\"'")


@dataclass(frozen=True)
class Sentence:
    """A text folded for comparison; `at[i]` is the place in the text of the i-th folded character. Blotted parts are NUL."""

    text: str
    folded: str
    at: tuple[int, ...]

    def without(self, phrases: Iterable[str]) -> Sentence:
        """The sentence with these phrases blotted out, the longest first: they say nothing of what is looked for."""
        folded = self.folded
        for phrase in sorted({fold(one).folded for one in phrases if one.strip()}, key=lambda one: (-len(one), one)):
            folded = folded.replace(phrase, "\0" * len(phrase))
        return Sentence(self.text, folded, self.at)

    def first(self, words: Iterable[str], denials: Iterable[str], reach: int) -> str:
        """The first of `words` that stands in the sentence undenied, as written; '' where none does.

        A denial counts where it stands at most `reach` characters before the word with no stop between.
        """
        hits = []
        for word in {fold(one).folded for one in words}:
            start = self.folded.find(word)
            while word and start >= 0:
                if self._whole(start, start + len(word)) and not self._denied(start, denials, reach):
                    hits.append((start, -len(word)))
                start = self.folded.find(word, start + 1)
        if not hits:
            return ""
        start, length = min(hits)
        return self.text[self.at[start] : self.at[start - length - 1] + 1]

    def _whole(self, start: int, end: int) -> bool:
        """Whether Latin letters at either end are the ends of words."""
        before = self.folded[start - 1 : start] if start else ""
        after = self.folded[end : end + 1]
        return not (_latin(before) and _latin(self.folded[start])) and not (
            _latin(after) and _latin(self.folded[end - 1])
        )

    def _denied(self, start: int, denials: Iterable[str], reach: int) -> bool:
        before = self.folded[max(0, start - reach) : start]
        cut = max((before.rfind(stop) for stop in _BREAKS), default=-1)
        before = before[cut + 1 :]
        return any(_stands(before, fold(one).folded) for one in denials)


def fold(text: str) -> Sentence:
    """A text folded character by character: NFKC, case folded; white space is one blank in Latin script and none beside Chinese.

    Characters that nobody sees (zero width, direction marks) are dropped.
    """
    plain = text.strip()
    seen = [
        (" " if one.isspace() else one, place)
        for place, character in enumerate(plain)
        for one in unicodedata.normalize("NFKC", character).casefold()
        if unicodedata.category(one) != "Cf"
    ]
    kept: list[tuple[str, int]] = []
    for number, (one, place) in enumerate(seen):
        before = kept[-1][0] if kept else ""
        after = next((other for other, _ in seen[number + 1 :] if other != " "), "")
        if one != " " or (before.isascii() and after.isascii() and before not in {"", " "}):
            kept.append((one, place))
    return Sentence(plain, "".join(one for one, _ in kept), tuple(place for _, place in kept))


def _latin(text: str) -> bool:
    return bool(text) and text.isascii() and text.isalpha()


def _stands(text: str, word: str) -> bool:
    """Whether a denial stands in a text, as a whole word in Latin script."""
    start = text.find(word)
    while word and start >= 0:
        before, after = text[start - 1 : start] if start else "", text[start + len(word) : start + len(word) + 1]
        if not (_latin(word[0]) and _latin(before)) and not (_latin(word[-1]) and _latin(after)):
            return True
        start = text.find(word, start + 1)
    return False
