"""Two rulers beside each other on a terminal: how they stand to each other, the submission, then difference by difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from verify.report import numbers
from verify.report.articles import numeral
from verify.report.visible import visible
from verify.words import Language, catalogue, say

Row = Mapping[str, Any]
_GROUPS = ("stricter", "looser", "other", "only_a", "only_b")


def diff_lines(document: Row, lang: Language) -> Iterator[str]:
    """The whole answer of ``rules diff``."""
    return map(visible_but_style, _Teller(document, lang).lines())


def visible_but_style(line: str) -> str:
    """A line with what a ruler brings made visible; lines that were styled are ours or were looked at."""
    return line if "\x1b" in line else visible(line)


class _Teller:
    def __init__(self, document: Row, lang: Language) -> None:
        self.document = document
        self.lang: Language = lang
        self.measured: Row | None = document["submission"]

    def lines(self) -> Iterator[str]:
        document = self.document
        for side in ("a", "b"):
            one = document[side]
            yield self._t(f"side.{side}", title=one["title"][self.lang], id=one["id"], sha256=one["sha256"][:16])
        yield self._t(f"relation.{document['relation']}")
        for side in ("a", "b"):
            if document[side]["status"] == "partial":
                yield self._t("partial", side=side.upper())
        yield from self._submission()
        if not document["differences"] and document["relation"] != "same":
            yield self._t("same")
        for group in _GROUPS:
            rows = [one for one in document["differences"] if _group(one) == group]
            if rows:
                yield ""
                yield click.style(self._t(f"group.{group}", count=len(rows)), bold=True)
                for index, row in enumerate(rows, 1):
                    yield from self._difference(index, row)
        counts = document["values_of_one"]
        if any(count != "0" for count in counts.values()):
            yield ""
            yield self._t("values_of_one", **counts)

    def _submission(self) -> Iterator[str]:
        found = self.measured
        if found is None:
            return
        names = found["park"]["names"]
        yield ""
        park = visible(str(names.get(self.lang) or next(iter(names.values()), found["park"]["id"])))
        yield click.style(self._t("measured", park=park, year=found["year"]), bold=True)
        for index, side in enumerate(("a", "b")):
            stand, indicator = found[side], found["indicators"][index]
            words = self._indicator(stand, indicator) if indicator else self._t("no_indicator")
            gaps = self._t("gaps", count=stand["gaps"]) if stand["gaps"] != "0" else ""
            yield "  " + self._t(
                f"under.{side}", total=self._number(stand["total"], found["units"][index]), indicator=words + gaps
            )
        if len(set(found["units"])) > 1:
            yield "  " + self._t("units_differ")
        else:
            yield "  " + self._t("together", moved=self._moved(found["moved"]["total"], found["moved"]["value"]))
        yield "  " + self._t("overlap")

    def _difference(self, index: int, row: Row) -> Iterator[str]:
        title = (row["title"] or {}).get(self.lang, row["at"])
        yield f"  {say('articles.item', self.lang, number=numeral(index, self.lang))}{title} [{row['at']}]"
        words = [[one["text"] for one in row[side].get(self.lang, [])] for side in ("a", "b")]
        if row["kind"] == "both" and words[0] == words[1]:
            yield f"      {self._t('data_only')} {', '.join(row['fields'])}"
        for side in ("a", "b"):
            said = row[side].get(self.lang, [])
            if said:
                yield f"      {self._t(f'says.{side}', text=self._sentences(said))}"
        if row["effect"] is not None:
            yield f"      {self._effect(row['effect'])}"

    def _sentences(self, said: Sequence[Row]) -> str:
        blank = "" if self.lang == "zh" else " "
        return blank.join(say("articles.sentence", self.lang, text=one["text"], clause=one["clause"]) for one in said)

    def _effect(self, effect: Row) -> str:
        if "moved" not in effect:
            return self._t(f"how.{effect['how']}")
        assert self.measured is not None
        before, after = self.measured["a"]["verdict"], effect["verdict"]
        moved = self._moved(effect["moved"], effect["indicator_moved"])
        turned = "" if before == after else self._t("turned", before=self._verdict(before), after=self._verdict(after))
        gaps = effect["gaps"] if effect["gaps"] != self.measured["a"]["gaps"] else "0"
        return self._t("alone", moved=moved + turned + (self._t("gaps", count=gaps) if gaps != "0" else ""))

    def _moved(self, moved: str | None, indicator: str | None) -> str:
        """How far the total and the core indicator move."""
        assert self.measured is not None
        first = self.measured["indicators"][0]
        unit = self.measured["units"][0]
        text = self._t("tonnes_same") if moved == "0" else self._t("tonnes", value=self._number(moved, unit, sign=True))
        if indicator is None or first is None:
            return text
        title = first["title"][self.lang]
        if indicator == "0":
            return text + self._t("indicator_same", title=title)
        return text + self._t("indicator_moved", title=title, value=self._number(indicator, first["unit"], sign=True))

    def _verdict(self, verdict: str | None) -> str:
        return say(f"report.verdict.{verdict or 'undefined'}", self.lang)

    def _indicator(self, stand: Row, indicator: Row) -> str:
        verdict = self._verdict(stand["stands"])
        value = self._number(stand["value"], indicator["unit"], limit=stand["limit"])
        return self._t("indicator", title=indicator["title"][self.lang], value=value, verdict=verdict)

    def _number(self, value: str | None, unit: str, *, sign: bool = False, limit: str | None = None) -> str:
        if value is None:
            return say("report.verdict.undefined", self.lang)
        known = catalogue("unit_names").get(unit)
        return f"{numbers.figure(value, unit, sign=sign, limit=limit).text} {known[self.lang] if known else unit}"

    def _t(self, key: str, **arguments: object) -> str:
        return say(f"rule_diff.{key}", self.lang, **arguments)


def _group(row: Row) -> str:
    if row["kind"] != "both":
        return str(row["kind"])
    return {"b": "stricter", "a": "looser", "": "other"}[row["stricter"]]
