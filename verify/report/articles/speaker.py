"""How a ruler is put into sentences: lists, quoted names, numbers with units, clauses, all in one language.

Every word comes from the catalogues or from the ruler itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from verify.canonical import decimal_text
from verify.report import vocabulary
from verify.report.articles.clauses import PRACTICE, Clauses, Source
from verify.report.articles.shape import Sentence
from verify.ruler.model import Words
from verify.ruler.resolved import Ruler
from verify.ruler.values import Entry, Value
from verify.words import Language, catalogue, say

_END = {"zh": re.compile("(?<=。)"), "en": re.compile(r"(?<=\.)\s+(?=[A-Z“])")}
_STOPS = " 。.；;，,"
_STRAIGHT = re.compile(r'"([^"]*)"')
_SINGLE = re.compile(r"(?<!\w)'([^']+)'(?!\w)")
_MIXED = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%₂³])(?=[\u4e00-\u9fff])")
_TEN_THOUSAND = 10_000
_RULES = (("pages", "severity."), ("report", "assurance."), ("disclosure", "path."))  # where codes of rules have words
_LARGE = {"tce", "t", "tCO2", "tCO2e"}  # in Chinese, whole ten thousands of these are written with 万


class Speaker:
    """Speaks of one ruler in one language."""

    def __init__(self, ruler: Ruler, language: Language) -> None:
        self.ruler = ruler
        self.language: Language = language
        self.year = ruler.text.baseline.year or "9999"
        self._clauses = Clauses(ruler, language)

    # sentences -----------------------------------------------------------------------------------------------------------

    def say(
        self, text: str, at: Sequence[str], *cites: Source, aspect: str = "", name: str = "", follows: bool = False
    ) -> Sentence:
        """A sentence with the clauses that found it; where nothing does, it says so in their place."""
        clause, checked = self._clauses.of(tuple(at), cites)
        return Sentence(self._set(text.strip().rstrip(_STOPS)), clause, tuple(at), aspect, name, checked, follows)

    def said(
        self, words: Words, at: Sequence[str], *cites: Source, aspect: str = "", name: str = "", follows: bool = False
    ) -> list[Sentence]:
        """A text of the ruler, cut where it has several sentences: each of them gets the clause."""
        parts = [part for part in _END[self.language].split(words[self.language]) if part.strip(_STOPS)]
        return [
            self.say(
                part,
                at,
                *cites,
                aspect=f"{aspect}{index or ''}",
                name="" if index else name,
                follows=follows or index > 0,
            )
            for index, part in enumerate(parts)
        ]

    def practice(self, clause: str) -> Source:
        """A clause of our own practice, as this ruler cites it."""
        return {"document": PRACTICE, "clause": clause}

    def heading(self, text: str) -> str:
        """The title of an article."""
        return self._set(text)

    def _set(self, text: str) -> str:
        """Typography: CO₂, curly quotes; in Chinese a blank between characters and letters, in English a capital first."""
        text = _STRAIGHT.sub("“\\1”", text.replace("CO2", "CO₂").replace("Nm3", "Nm³").replace("10^", "10 ^"))
        if self.language == "zh":
            return _MIXED.sub(" ", text)
        text = _SINGLE.sub("‘\\1’", text)
        return text[:1].upper() + text[1:]

    # words ---------------------------------------------------------------------------------------------------------------

    def t(self, key: str, **arguments: object) -> str:
        """A message of the catalogue `articles`."""
        return say(f"articles.{key}", self.language, **arguments)

    def known(self, key: str) -> str | None:
        """A message of `articles` that may be absent and takes no argument."""
        entry = catalogue("articles").get(key)
        return None if entry is None else entry[self.language]

    def has(self, key: str) -> bool:
        """Whether the catalogue `articles` has a message."""
        return key in catalogue("articles")

    def title(self, words: Words | Mapping[str, str]) -> str:
        """A title of the ruler in quotation marks."""
        return self.quoted(words[self.language])

    def quoted(self, text: str) -> str:
        """A text in quotation marks; those inside it become single ones."""
        inner = _STRAIGHT.sub("‘\\1’", text).replace("“", "‘").replace("”", "’")
        return self.t("quoted", text=inner)

    def all_of(self, words: Iterable[str]) -> str:
        """``A, B and C``."""
        return self._listed(list(words), "and")

    def any_of(self, words: Iterable[str]) -> str:
        """``A, B or C``."""
        return self._listed(list(words), "or")

    def _listed(self, words: list[str], last: str) -> str:
        if len(words) < 2:
            return "".join(words)
        return self.t(last, before=self.t("comma").join(words[:-1]), last=words[-1])

    def word(self, table: str, column: str, value: str) -> str:
        """What a value of a column is called; as it is where nobody named it (HFC-125)."""
        own = self.known(f"word.{column}.{value}")
        if own is None and column == "unit":
            return self.unit(value)
        found = own or vocabulary.word_of(table, column, value, self.language)
        return found or vocabulary.name_of("of", value, self.language) or value

    def word_of_rule(self, code: str) -> str:
        """A code that rules use: a severity, a level of assurance, the id of a carrier; as it is where nobody named it."""
        area = next((one for one in _RULES if f"{one[1]}{code}" in catalogue(one[0])), None)
        return self.quoted(
            say(f"{area[0]}.{area[1]}{code}", self.language) if area else self.word("activity", "carrier", code)
        )

    # numbers -------------------------------------------------------------------------------------------------------------

    def unit(self, unit: str) -> str:
        """A unit as people write it; nothing for a bare number."""
        if unit in {"1", ""}:
            return ""
        entry = catalogue("unit_names").get(unit)
        return unit if entry is None else entry[self.language]

    def number(self, printed: str, unit: str) -> str:
        """A printed number with its unit, thousands parted: ``0.8325 kgCO2/kWh``, ``20 万吨标准煤``."""
        large = self._large(printed, unit)
        return large or f"{_parted(printed)} {self.unit(unit)}".rstrip()

    def _large(self, printed: str, unit: str) -> str:
        number = Fraction(printed) if printed.isdigit() else Fraction(0)
        if self.language != "zh" or unit not in _LARGE or number < _TEN_THOUSAND or number % _TEN_THOUSAND:
            return ""
        return self.t(f"ten_thousand.{unit}", number=_parted(str(number / _TEN_THOUSAND)))

    # values of the law ---------------------------------------------------------------------------------------------------

    def value(self, identifier: str) -> tuple[Value, Entry] | None:
        """A value and its entry for the base year, else its first one; None where the law prints none."""
        found = self.ruler.find(identifier, self.year)
        value = self.ruler.values.get(self.ruler.bound(identifier))
        return found or ((value, value.entries[0]) if value is not None and value.entries else None)

    def printed(self, identifier: str) -> str:
        """The number of a value with its unit; its title where the law prints several or none."""
        found = self.value(identifier)
        if found is not None and len(found[0].entries) == 1:
            return self.number(found[1].printed, found[0].unit)
        value = self.ruler.values.get(self.ruler.bound(identifier))
        return identifier if value is None else self.title(value.title)

    def named(self, identifier: str) -> str:
        """The title of a value, with its number where there is one."""
        found = self.value(identifier)
        number = self.printed(identifier)
        if found is None or len(found[0].entries) > 1 or found[0].title[self.language] == found[0].id:
            return number  # a ruler of one's own may leave a number without a name
        return self.t("named_number", title=self.title(found[0].title), number=number)

    def cite_of(self, identifier: str) -> Source:
        """The clause that prints a value."""
        found = self.value(identifier)
        return None if found is None else found[1].cite


def ends(value: Value, unit_scale: Fraction) -> tuple[str, str] | None:
    """Both ends of a printed range, in the unit of the value."""
    if value.low is None or value.high is None:
        return None
    low, high = (decimal_text(end / unit_scale, 6) for end in (value.low, value.high))
    return tuple(one.rstrip("0").rstrip(".") if "." in one else one for one in (low, high))  # type: ignore[return-value]


def _parted(printed: str) -> str:
    whole, point, rest = printed.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isdigit() and len(whole) > 4 else printed
