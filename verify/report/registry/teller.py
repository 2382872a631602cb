"""The report of a registry in one language: every face asks here for names and sentences. Pure; the document is plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.report import findings_text
from verify.report.reader import NONE, Reader
from verify.report.visible import all_visible
from verify.words import Language, say

Row = Mapping[str, Any]


class Teller:
    """`document` of a registry, told in `language`."""

    def __init__(self, document: Row, language: Language) -> None:
        self.document: Row = all_visible(document)
        self.language: Language = language
        self.reader = Reader({"facts": {}, "places": {}}, language)
        self._heads = {one["park"]: one for one in self.document["parks"]}

    def t(self, key: str, **arguments: object) -> str:
        """A word of the catalogue of registries."""
        return say(f"registry.{key}", self.language, **arguments)

    def park(self, park: str) -> str:
        """A park by its name and id; one that left the registry by its id."""
        names = self._heads.get(park, {}).get("names", {})
        name = names.get(self.language) or names.get("zh") or names.get("en")
        return f"{name} ({park})" if name and name != park else park

    def parks(self, parks: list[str]) -> str:
        """Several parks in one line."""
        return self.t("list").join(self.park(one) for one in parks) or NONE

    def title(self, code: str) -> str:
        """What a code is called."""
        return str(findings_text.words_of(code)["title"][self.language])

    def says(self, finding: Row) -> str:
        """The sentence of a finding."""
        words = findings_text.words_of(finding["code"])
        units = words.get("arguments") or {}
        told = {name: self._argument(value, units.get(name, "text")) for name, value in finding["arguments"].items()}
        sentence = str(words["says"][self.language])
        return sentence.format(subject=finding["subject"], period=finding["period"] or NONE, **told)

    def _argument(self, value: str, unit: str) -> str:
        """Texts as they are, parks by name, numbers as their unit is written."""
        if unit == "text":
            return self.park(value) if value in self._heads else value
        return self.reader.printed(value, unit)

    def severity(self, finding: Row) -> str:
        """How grave it is."""
        return say(f"pages.severity.{finding['severity']}", self.language)

    def opinion(self, head: Row) -> str:
        """The opinion of a park's own verification."""
        return say(f"report.opinion.{head['opinion']}", self.language)

    def answer(self) -> str:
        """The first sentence."""
        found = self.document["findings"]
        named = {park for one in found for park in one["parks"]}
        return self.t("some_found", found=len(found), parks=len(named)) if found else self.t("none_found")
