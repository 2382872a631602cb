"""One report in one language: every section and every face asks here for names, numbers and places.

Pure: what is not in the report, the catalogues or rules/ does not exist here. Values are what `json` gives for
`report.json`; their shape is `docs/formats/report.schema.json`, that of a public report included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from verify.report import numbers, vocabulary
from verify.report.numbers import Figure
from verify.report.withheld import Withheld
from verify.words import Language, catalogue, say

Facts = Mapping[str, Any]
NONE = "–"

_LISTED = {"tables": "table", "marks": "mark", "blanks": "blank"}  # arguments that list words of a vocabulary


class Reader:
    """`report` ({facts, places}, for the public also {withheld, withheld_share}) read in `language`."""

    def __init__(self, report: Mapping[str, Any], language: Language) -> None:
        self.facts: Facts = report["facts"]
        self.places: Mapping[str, Any] = report["places"]
        self.withheld = Withheld(report)
        self.language: Language = language

    # words -----------------------------------------------------------------------------------------------------------

    def t(self, key: str, **arguments: object) -> str:
        """A word of the report's own catalogue."""
        return say(f"report.{key}", self.language, **arguments)

    def held(self, *paths: str) -> bool:
        """Whether the public report keeps something of one of these back."""
        return any(path in self.withheld for path in paths)

    def title(self, words: Mapping[str, str]) -> str:
        """A text that the facts carry in both languages."""
        return words[self.language].replace("CO2", "CO₂")

    def reason(self, reason: object) -> str:
        """A reason in words: a catalogue key with arguments, or the text itself as somebody wrote it."""
        if isinstance(reason, Mapping) and "key" in reason:
            arguments = reason.get("arguments") or {}
            return say(
                reason["key"], self.language, **{name: self.argument(name, text) for name, text in arguments.items()}
            )
        if isinstance(reason, Mapping):
            return self.reason(reason["reason"])
        return str(reason)

    def why(self, key: str, arguments: Mapping[str, str]) -> str:
        """Why a number applies, in words; `key` is ``report.why.…``."""
        said = dict(arguments)
        if "reading" in said:
            said["reading"] = self.reading(said.pop("parameter"), said["reading"])
        if "column" in said:
            said["column"] = self.column("activity", said["column"])
        return say(key, self.language, **said)

    def why_of(self, one: Mapping[str, Any]) -> str:
        """One number behind a factor with the reason why it applies; one that the row brings has no title of its own."""
        why = self.why(one["key"], one["arguments"])
        if one["title"] is None:
            return why
        amount = self.unit(one["unit"]) if one["unit"] not in {"", "1"} else ""
        return self.t("why_of", what=f"{self.title(one['title'])} {one['value']} {amount}".rstrip(), why=why)

    def fault(self, arguments: Mapping[str, str | None]) -> str:
        """Why a cell or a file could not be read, in one sentence: the reason of a finding at the door."""
        reason = f"submission.reason_{arguments['reason']}"
        hidden = self.t("withheld_value") if self.held("findings.arguments") else NONE
        return say(
            reason,
            self.language,
            **{name: hidden if text is None else self.argument(name, text) for name, text in arguments.items()},
        )

    # numbers ---------------------------------------------------------------------------------------------------------

    def figure(self, value: str | None, unit: str, *, sign: bool = False, limit: str | None = None) -> Figure | None:
        """`value` as people read it; None stays None (the template prints a dash)."""
        return None if value is None else numbers.figure(value, unit, sign=sign, limit=limit)

    def unit(self, unit: str) -> str:
        """A unit as printed: tCO₂/tce, 万 Nm³. An unknown unit is shown as it is."""
        entry = catalogue("unit_names").get(unit)
        return unit if entry is None else entry[self.language]

    def with_unit(self, value: str | None, unit: str, *, sign: bool = False, limit: str | None = None) -> str:
        """Number and unit as running text; a dash where there is no value."""
        if value is None or value == "":
            return NONE
        return self._join(numbers.figure(value, unit, sign=sign, limit=limit).text, unit)

    def amount(self, value: str | None, unit: str, path: str, *, limit: str | None = None) -> str:
        """The same, where a public report may have taken the number out: then it says so."""
        if value is None and self.held(path):
            return self.t("withheld_value")
        return self.with_unit(value, unit, limit=limit)

    def spread(self, row: Mapping[str, Any]) -> bool:
        """Whether the indicator `row` has an interval worth showing: rounding outward alone makes none."""
        if row["low"] is None or row["low"] == row["high"]:
            return False
        moved = bool(row["rests_on"]) or row["proven_value"] != row["value"]
        return moved or not self.held("indicators.interval")

    def edge(self, value: str | None, row: Mapping[str, Any]) -> str:
        """One end of an interval of the indicator `row`: an end that was rounded outward is not padded to look exact."""
        if value is not None and self.held("indicators.interval"):
            return self.printed(value, row["unit"])
        return self.amount(value, row["unit"], "indicators.interval", limit=row["limit"])

    def printed(self, value: str, unit: str) -> str:
        """A number that a text prints (a limit), with its unit, not padded."""
        return self._join(numbers.plain(value, unit).text, unit)

    @cached_property
    def mass_unit(self) -> str:
        """The unit of the emission total: tCO2, or tCO2e under a ruler of several gases."""
        return next((str(row["unit"]) for row in self.facts["items"] if row["item"] == "total.tco2"), "tCO2")

    def big_mass(self, value: str, unit: str) -> tuple[Figure, str]:
        """Tonnes for headings: 万吨 to four places in Chinese (verification-procedure 1.8), kilotonnes to three in English."""
        power, places = (4, 4) if self.language == "zh" else (3, 3)
        return numbers.scaled(value, unit, power, places), self.unit(f"big.{unit}")

    def _join(self, text: str, unit: str) -> str:
        if unit in {"number", "count", ""}:
            return text
        printed = self.unit(unit)
        return text + printed if printed == "%" else f"{text}\N{NO-BREAK SPACE}{printed}"

    # names -----------------------------------------------------------------------------------------------------------

    @cached_property
    def park(self) -> str:
        """The park's name; the other language where it has only one."""
        names = self.facts["park"]["names"]
        return str(names.get(self.language) or names.get("zh") or names.get("en") or self.facts["park"]["id"])

    @cached_property
    def _titles(self) -> dict[str, Mapping[str, Mapping[str, str]]]:
        facts = self.facts
        readings = {row["reading"]: row["title"] for point in facts["parameters"] for row in point["readings"]}
        return {
            "term": {row["term"]: row["title"] for row in facts["terms"]},
            "indicator": {row["id"]: row["title"] for row in facts["indicators"]},
            "carrier": {row["carrier"]: row["title"] for row in facts["energy"]},
            "parameter": {row["id"]: row["title"] for row in facts["parameters"]},
            "reading": readings,
            "rule": {row["rule"]: row["title"] for row in [*facts["zero_register"], *facts["level"]["steps"]]},
            "factor": {row["id"]: row["title"] for row in facts["factors"]},
        }

    @cached_property
    def _members(self) -> dict[str, str]:
        names = {row["enterprise_id"]: row["name"] for row in self.facts["members"]}
        names[self.facts["park"]["id"]] = self.park
        return names

    def name(self, kind: str, value: str) -> str:
        """The name of the id `value` of the vocabulary `kind`; an unknown id is shown as it is."""
        if value == "":
            return NONE
        if kind == "item" or (kind == "of" and "." in value):  # a carrier has no dot, an item always has
            return self.item(value)
        if kind in {"enterprise", "enterprise_id", "counterparty", "subject", "party"} and value in self._members:
            return self._members[value]
        if kind == "subject":  # a fault of the data has its table as subject
            return vocabulary.name_of("table", value, self.language) or value
        own = self._titles.get(kind, {}).get(value)
        if own is None and kind in {"rule", "term"}:  # a public report holds few of them
            own = vocabulary.ruler_titles(self.facts["ruler"]["id"], f"{kind}s").get(value)
        if own is not None:
            return self.title(own)
        return vocabulary.name_of(kind, value, self.language) or value

    def column(self, table: str | None, column: str | None) -> str:
        """The heading of a column of a canonical table; an unknown one as it is."""
        if not column:
            return NONE
        return vocabulary.column_name(table or "", column, self.language) or column

    def reading(self, parameter: str, reading: str) -> str:
        """The name of one reading of an open point: the same id can stand under several points."""
        for point in self.facts["parameters"]:
            if point["id"] == parameter:
                return next(
                    (self.title(row["title"]) for row in point["readings"] if row["reading"] == reading), reading
                )
        return reading

    def item(self, item: str) -> str:
        """The name of an item: total.tco2, term.<term>.tco2, energy.tce, indicator.<id>."""
        kind, _, rest = item.partition(".")
        if kind == "indicator":
            return self.name("indicator", rest)
        if kind == "term":
            return self.name("term", rest.removesuffix(".tco2"))
        entry = catalogue("report").get(f"item.{item}")
        return item if entry is None else entry[self.language]

    def argument(self, name: str, value: str | None, unit: str | None = None) -> str:
        """An argument of a finding or of a reason in words.

        `unit` is what templates/findings declares (a unit, number, share, count, text; ``number of <unit>`` is shown like
        that unit but without it); without it the name tells:
        `…share` is a fraction, `…tco2` and `…tce` are tonnes (the message writes the unit), a text with a decimal point
        is a number, anything else an id of the vocabulary `name`. ``tCO2`` stands for the unit of the ruler's total.
        """
        if value is None or value == "":
            return NONE
        if name in _LISTED:
            return self.listed([self.name(_LISTED[name], one) for one in value.split(", ")])
        if unit is None:
            return self._untyped(name, value)
        if unit == "tCO2":
            unit = self.mass_unit
        if unit.startswith("number of ") and numbers.is_decimal(value):
            return numbers.figure(value, unit.removeprefix("number of ")).text
        if unit != "text" and numbers.is_decimal(value):
            return self.with_unit(value, unit)
        if name in {"unit", "quantity_unit"}:
            return self.unit(value)
        return self.name(name, value)

    def _untyped(self, name: str, value: str) -> str:
        if name == "terms":
            return self.listed([self.name("term", term) for term in value.split(", ")])
        if numbers.is_decimal(value):
            if name.endswith("share"):
                return self.with_unit(value, "share")
            if name.endswith(("tco2", "tce")):
                return numbers.figure(value, self.mass_unit).text
            if "." in value:
                return numbers.figure(value, "number").text
        return self.name(name, value)

    def effect(self, effect: Mapping[str, str] | None) -> str:
        """The effect of a finding with its sign and unit, or that it is not quantified."""
        if effect is None:
            return self.no_effect()
        return self.with_unit(effect["value"], effect["unit"], sign=True)

    def no_effect(self) -> str:
        """Why a finding shows no effect: nobody quantified it, or the public report keeps it back."""
        if not self.held("findings.effect"):
            return self.t("effect_unknown")
        every = self.withheld.count("findings.effect") == len(self.facts["findings"])
        return self.t("effect_withheld" if every else "effect_withheld_or_unknown")

    # documents and places --------------------------------------------------------------------------------------------

    @cached_property
    def _documents(self) -> dict[str, Mapping[str, Any]]:
        return {row["id"]: row for row in self.facts.get("documents", [])}

    def document(self, document: str) -> str:
        """A document by its number, else by its title; an unknown one as it is cited."""
        row = self._documents.get(document)
        if row is None:  # the words of a finding may cite what no value of the ruler cites
            known = catalogue("documents").get(document)
            return document if known is None else self.title(known)
        return str(row.get("number") or self.title(row["title"]))

    def cite(self, cite: Mapping[str, Any] | None) -> str:
        """Document, annex and clause in one line."""
        if not cite:
            return NONE
        parts = [self.document(str(cite["document"]))] if cite["document"] else []
        if cite.get("annex"):
            parts.append(self.t("annex", annex=cite["annex"]))
        if cite.get("clause"):
            parts.append(str(cite["clause"]))
        if cite.get("page"):
            parts.append(self.t("page", page=cite["page"]))
        return self.t("cite_separator").join(parts) or NONE

    def place(self, row_id: str) -> dict[str, Any]:
        """Where a row stands: `known` is false where the places do not hold it (a public report withholds some)."""
        place = self.places.get(row_id)
        if place is None:
            return {"row_id": row_id, "known": False, "text": NONE, "columns": NONE}
        parts = [place["file"]]
        if place.get("sheet"):
            parts.append(self.t("place_sheet", sheet=place["sheet"]))
        if place.get("line") is not None:
            parts.append(self.t("place_line", line=place["line"]))
        raw = place.get("raw") or {}
        columns = self.listed([self._column(column, raw.get(column)) for column in place.get("columns") or []])
        return {"row_id": row_id, "known": True, "text": self.t("place_separator").join(parts), "columns": columns}

    def _column(self, column: str, raw: str | None) -> str:
        return (
            self.t("place_column", column=column) if raw is None else self.t("place_column_raw", column=column, raw=raw)
        )

    def raw(self, row_ids: Sequence[str]) -> str | None:
        """What was typed in the first of these rows that says it: it differs with the form, so places hold it, not facts."""
        for row_id in row_ids:
            for text in (self.places.get(row_id, {}).get("raw") or {}).values():
                return str(text)
        return None

    def listed(self, words: Sequence[str]) -> str:
        """Several words in one line."""
        return self.t("list_separator").join(words) or NONE
