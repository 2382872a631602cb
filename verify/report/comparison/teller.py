"""One comparison in one language: every face asks here for names and numbers. Pure; the document is plain JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from verify.canonical import exact
from verify.report.reader import NONE, Reader
from verify.report.visible import all_visible
from verify.words import Language, catalogue, say

Row = Mapping[str, Any]
_NAMED = 3  # rulers without an indicator that are named; more of them are counted
_ASKED = "question."
_ORDERS = ("first", "first_or_equal", "second", "second_or_equal", "equal", "depends", "not_comparable")
_VERDICTS = ("met", "not_met", "undetermined", "no_limit")
DIMENSIONS = ("boundary", "base_year", "classification", "green_power")


class Teller:
    """`document` of `compare`, `compare_two` or `impact`, told in `language`."""

    def __init__(self, document: Row, language: Language) -> None:
        self.document: Row = all_visible(document)
        self.language: Language = language
        self.reader = Reader({"facts": {}, "places": {}}, language)

    def t(self, key: str, **arguments: object) -> str:
        """A word of the catalogue of comparisons."""
        return say(f"compare.{key}", self.language, **arguments)

    def title(self, words: Row) -> str:
        """A text in both languages."""
        return self.reader.title(words)

    def listed(self, words: Sequence[str]) -> str:
        """Several words in one line; a dash for none."""
        return self.t("list").join(words) or NONE

    def park(self, park: Row) -> str:
        """The name of a park, else its id."""
        return str(park["names"].get(self.language) or park["names"]["zh"] or park["names"]["en"] or park["id"])

    def ruler(self, row: Row) -> str:
        """A ruler by its title, marked where it is known in part."""
        title = self.title(row["title"])
        return title if row["status"] == "complete" else self.t("head", title=title, more=self.t("partial"))

    def verdict(self, word: str | None) -> str:
        """A verdict in the words of the report; a dash for none."""
        return NONE if word is None else say(f"report.verdict.{word}", self.language)

    def rulers(self) -> list[Row]:
        """The rulers in the order in which people read them: the park's own, those known in full, the others."""
        own = self.document.get("park", {}).get("ruler")

        def place(row: Row) -> tuple[bool, bool]:
            return row["ruler"]["id"] != own, row["ruler"]["status"] != "complete"

        return sorted(self.document["rulers"], key=place)

    # numbers ---------------------------------------------------------------------------------------------------------

    def value(self, measure: Row, value: str | None) -> str:
        """A value of a measure with its unit, on the side of the limit on which it lies."""
        return self.reader.with_unit(value, measure["unit"], limit=measure.get("own", measure).get("limit"))

    def own(self, measure: Row) -> str:
        """The park's own value; a reduction also as a share."""
        value = self.value(measure, measure["own"]["value"])
        share = measure["own"].get("share")
        return (
            value if share is None else self.t("with_share", value=value, share=self.reader.with_unit(share, "share"))
        )

    def limit(self, measure: Row) -> str:
        """The limit that applies to the park's own value; '' where there is none."""
        limit = measure["own"].get("limit")
        return "" if limit is None else self.t("limit", limit=self.reader.printed(limit, measure["unit"]))

    def range(self, measure: Row, found: Row) -> str:
        """From lowest to highest, or the one value that there is."""
        low, high = (self.value(measure, found[end]) for end in ("low", "high"))
        if found["low"] == found["high"]:
            return low
        if low == high:  # ends that differ are shown to differ
            low = self.reader.with_unit(found["low"], measure["unit"], limit=found["high"])
            high = self.reader.with_unit(found["high"], measure["unit"], limit=found["low"])
        unit = self.reader.unit(measure["unit"])  # once, behind the second number
        short = low.removesuffix(unit).rstrip() if unit != "%" else low
        return self.t("range_of", low=short, high=high)

    def counts(self, found: Row) -> str:
        """In how many bases the numbers say what."""
        told = [
            self.t("verdict_count", verdict=self.verdict(word), count=found["verdicts"][word])
            for word in _VERDICTS
            if word in found["verdicts"]
        ]
        return self.t("verdict_counts", counts=self.listed(told)) if told else ""

    # names -----------------------------------------------------------------------------------------------------------

    def measure(self, ruler: Row, measure: Row) -> str:
        """The name of a figure."""
        if measure.get("title"):
            return self._begun(self.title(measure["title"]))
        if measure["item"] == "reduction.tco2":
            own = ruler["base_years"]["own"]
            return self._begun(self.t("reduction", year=own) if own else self.t("reduction_free"))
        return self._begun(self.reader.item(measure["item"]))

    def point(self, ruler: Row, name: str) -> str:
        """An open point, or one of the other things that may be chosen."""
        if name in {"boundary", "base_year"}:
            return self.t(f"dimension.{name}")
        return next((self.title(one["title"]) for one in ruler.get("points", ()) if one["id"] == name), name)

    def reading(self, ruler: Row, name: str, chosen: str) -> str:
        """What was chosen: a boundary, a year, the reading of an open point."""
        if name == "boundary":
            return self.t(f"boundary.{chosen}")
        for point in ruler.get("points", ()):
            if point["id"] == name:
                return next((self.title(one["title"]) for one in point["readings"] if one["reading"] == chosen), chosen)
        return chosen

    def own_reading(self, ruler: Row, name: str) -> str:
        """The park's own reading of a point."""
        own = next((str(one["own"]) for one in ruler["points"] if one["id"] == name), "")
        return self.reading(ruler, name, own)

    def choice(self, ruler: Row, choice: Row | None) -> str:
        """A basis by what differs from the park's own."""
        if choice is None:
            return NONE
        told = []
        if choice["boundary"] != "filed":
            told.append(("boundary", choice["boundary"]))
        if choice["base_year"] and choice["base_year"] != ruler["base_years"]["own"]:
            told.append(("base_year", choice["base_year"]))
        told += list(choice["readings"].items())
        words = [
            self.t("chosen", what=self.point(ruler, name), chosen=self.reading(ruler, name, one)) for name, one in told
        ]
        return self.t("separator").join(words) or self.t("as_own")

    # what a reader must know with it ---------------------------------------------------------------------------------

    def base_years(self, ruler: Row) -> str:
        """Which base years the ruler admits, and which of them have no data."""
        years = ruler["base_years"]
        all_years = [*years["admissible"], *years["without_data"]]
        shown = years["admissible"] if years["rule"] == "free_choice" else all_years
        if years["rule"] not in {"none", "unknown"} and not shown:
            return self.t("base_none_usable")
        told = self.t(f"base_rule.{years['rule']}", years=self.listed(shown))
        if years["without_data"]:
            told += self.t("separator") + self.t("base_no_data", years=self.listed(years["without_data"]))
        return told

    def marks(self, ruler: Row) -> Iterator[str]:
        """What limits the values under a ruler: unknown clauses, rows without a factor."""
        text = ruler["ruler"]
        if text["status"] != "complete":
            yield self.t("partial_note")
        if text["unknown_clauses"]:
            clauses = self.t("separator").join(self.title(one) for one in text["unknown_clauses"])
            yield self.t("unknown", clauses=clauses)
        if ruler.get("incomplete"):
            yield self.t("incomplete", terms=self.terms(ruler["incomplete"]))

    def terms(self, found: Sequence[Row]) -> str:
        """Terms of a ruler by their titles."""
        return self.listed([self.title(one["title"]) for one in found])

    def divergence(self, ruler: Row) -> Iterator[str]:
        """Where the ruler stands on what rulers differ about."""
        stands = ruler["ruler"]["divergence"]
        for question in (key.removeprefix(_ASKED) for key in catalogue("divergence") if key.startswith(_ASKED)):
            if question not in stands:
                continue
            stand = stands[question]
            answers = [say(f"divergence.{question}.{one}", self.language) for one in stand["answer"]]
            answer = self.listed(answers) if answers else say("divergence.unknown", self.language)
            asked = say(f"divergence.question.{question}", self.language)
            yield self.t("diverges_line", question=asked, answer=answer)

    def groups(self) -> dict[str, dict[str, list[str]]]:
        """Rulers by the verdict on their first core indicator: what stands (`complete`), by the numbers alone (`partial`)."""
        found: dict[str, dict[str, list[str]]] = {"complete": {}, "partial": {}, "without": {}}
        for row in self.rulers():
            lead, text = row["measures"][0], row["ruler"]
            if lead["verdict"] is None:
                found["without"].setdefault("", []).append(self.title(text["title"]))
            elif text["status"] == "complete":
                found["complete"].setdefault(lead["verdict"], []).append(self.title(text["title"]))
            else:
                word = lead["own"].get("by_numbers") or "undefined"
                found["partial"].setdefault(word, []).append(self.title(text["title"]))
        return found

    def answer(self) -> Iterator[str]:
        """The answer in sentences: whether the rulers agree, and who says what."""
        groups = self.groups()
        complete = groups["complete"]
        word, rulers = next(iter(complete.items()), ("", []))
        if len(complete) == 1 and len(rulers) > 1:
            yield self.t("answer.one", count=len(rulers), verdict=self.verdict(word))
        elif not complete and not groups["partial"]:
            yield self.t("answer.none")
        elif len(complete) > 1:
            yield self.t("answer.many")
        yield from self._grouped(complete)
        if groups["partial"]:
            yield self.t("answer.partial")
            yield from self._grouped(groups["partial"])
        if groups["without"]:
            rulers = groups["without"][""]
            key = "answer.without" if len(rulers) <= _NAMED else "answer.without_many"
            yield self.t(key, rulers=self.listed(rulers), count=len(rulers))
        yield from self._tonnes()

    def _tonnes(self) -> Iterator[str]:
        """The lowest and the highest total, as the park chose, of the rulers that have a factor for every row."""
        found: dict[Fraction, list[str]] = {}
        for row in self.rulers():
            total = next(one for one in row["measures"] if one["item"] == "total.tco2")
            if not row["incomplete"] and total["own"]["value"] is not None:
                value = self.value(total, total["own"]["value"])
                told = found.setdefault(exact(total["own"]["value"]), [value])
                told.append(self.title(row["ruler"]["title"]))
        if len(found) > 1:
            (low, *least), (high, *most) = found[min(found)], found[max(found)]
            yield self.t("answer.tonnes", low=low, least=self._first(least), high=high, most=self._first(most))

    def _first(self, rulers: Sequence[str]) -> str:
        """The first of some rulers, and how many there are."""
        return rulers[0] if len(rulers) == 1 else self.t("among", ruler=rulers[0], count=len(rulers))

    def _grouped(self, group: Mapping[str, Sequence[str]]) -> Iterator[str]:
        for word in (*_VERDICTS, "undefined"):
            if word in group:
                yield self.t("answer.group", verdict=self.verdict(word), rulers=self.listed(group[word]))

    def _begun(self, words: str) -> str:
        """Titles of a ruler are written in lower case."""
        return words[:1].upper() + words[1:]

    # two submissions -------------------------------------------------------------------------------------------------

    def letter(self, side: int) -> str:
        """A submission of two by its letter, park and year."""
        park = self.document["parks"][side]
        letter = self.t(("first", "second")[side])
        return self.t("named", letter=letter, park=self.park(park), year=park["year"])

    def order(self, row: Row) -> str:
        """Who is lower under a ruler; ahead, where its figure is better when it is higher."""
        if row["order"].startswith(("first", "second")) and not row["lower_is_better"]:
            return self.t(f"better.{row['order']}")
        return self.t(f"order.{row['order']}")

    def order_notes(self, row: Row) -> Iterator[str]:
        """What goes with it: on what it turns, in how many bases, what could not be computed."""
        if row["order"] == "depends":
            yield self.t("counted", **{side: row["bases"][side] for side in ("first", "second", "equal")})
        if row["turns_on"]:
            yield self.t("turns_on", points=self.listed([self.point(row, name) for name in row["turns_on"]]))
        for side, terms in enumerate(row["incomplete_of"]):
            if terms:
                letter = self.t(("first", "second")[side])
                yield self.t("incomplete_of", letter=letter, terms=self.terms(terms))

    def order_answer(self) -> Iterator[str]:
        """The conclusion, and the rulers of each side."""
        document = self.document
        word = document["conclusion"]
        every = len(document["rulers"])
        counts = {"count": every - len(document["sides"]["not_comparable"]), "all": every}
        yield self.t(f"conclusion.{word}.{document['lower']}" if document["lower"] else f"conclusion.{word}", **counts)
        titles = {row["ruler"]["id"]: self.ruler(row["ruler"]) for row in document["rulers"]}
        for side in _ORDERS:
            rulers = [titles[one] for one in document["sides"][side]]
            if rulers and (side != "not_comparable" or len(rulers) <= _NAMED):
                yield self.t("side", order=self.t(f"order.{side}"), rulers=self.listed(rulers))
            elif rulers:
                yield self.t("not_comparable_many", count=len(rulers))
