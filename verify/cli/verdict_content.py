"""What a bundle says, beside the verdict on it: park, opinion, verdicts, figures, ruler, and which figures came out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import click

from verify.attest.statement import Quantity, Statement
from verify.bundle.recompute import Recomputed
from verify.bundle.verdict import Verdict
from verify.cli.columns import WIDEST, aligned, padded, width, wrapped
from verify.cli.options import mark
from verify.report.reader import Reader
from verify.report.visible import all_visible, visible
from verify.words import Language, say

_SIGNS = {"<=": "≤", ">=": "≥"}
_END = "|"  # keeps the blanks before a last column
Row = tuple[str, str, str]  # key of the label, columns before the text, text
_GROUND = ("statement", "subject", "signatories", "signature.lead", "signature.reviewer", "two_persons")


class Content:
    """The signed content in one language: by the names of the report where it is the signed one, else by its ids."""

    def __init__(self, verdict: Verdict, language: Language) -> None:
        self.verdict, self.language = verdict, language
        self.facts: Mapping[str, Any] = {} if verdict.report is None else all_visible(verdict.report.facts)
        self.reader = Reader({"facts": self.facts, "places": {}}, language)
        self.established = all(map(verdict.holds, _GROUND))

    def name(self, item: str) -> str:
        """An item as people call it."""
        return self._by_reader(lambda: self.reader.item(item), visible(item))

    def lines(self) -> Iterator[str]:
        """What was signed, or what the bundle says of itself where that is not established."""
        held = self.verdict.statement
        if held is None:
            return
        yield click.style(self._t("signed_content" if self.established else "claimed_content"), bold=True)
        first, last = held.period.split("/")
        rows = [
            ("park", "", self._park(held)),
            ("period", "", self._t("period", first=first, last=last)),
            ("opinion", "", self._opinion(held)),
            *(("verdicts", columns, title) for columns, title in _parted(self._verdicts(held), 1)),
            *(("figures", columns, title) for columns, title in _parted(self._figures(held), 0)),
            ("ruler", "", self._ruler(held)),
            ("engagement", "", f"{visible(held.engagement_id)}  {visible(held.verifier_id)}"),
        ]
        if self.verdict.report is not None:
            rows.append(("withheld", "", self._withheld()))
        yield from self._labelled(rows)
        yield ""

    def figures(self) -> Iterator[str]:
        """Every published figure with what came of it: wrong ones first, and what was taken on trust for the others."""
        found = {(one.item, one.kind): one for one in self.verdict.recomputed}
        if not found:
            return
        yield click.style(self._t("recomputed"), bold=True)
        for state in ("failed", "verified", "not_checked"):
            told: dict[str, dict[str, list[str]]] = {}  # reason -> item -> kinds
            for one in found.values():
                if one.state == state:
                    told.setdefault(self._because(one), {}).setdefault(one.item, []).append(one.kind)
            for reason, items in told.items():
                listed = self._t("list").join(self._of_kinds(item, kinds) for item, kinds in items.items())
                text = f"{say(f'attest.state.{state}', self.language)}  {listed}"
                first, *rest = wrapped(
                    self._t("with_reason", check=text, reason=reason) if reason else text, WIDEST - 4
                )
                yield f"  · {first}"
                yield from (f"    {line}" for line in rest)
        yield ""

    def _because(self, one: Recomputed) -> str:
        if one.state == "failed":
            return self._t("figure_wrong", published=visible(one.published), recomputed=visible(one.recomputed or "–"))
        if one.state == "verified":
            return self._t("figure_rests", items=self._t("list").join(map(self.name, one.given))) if one.given else ""
        return self._t("figure_given" if one.given == (one.item,) else "figure_unpublished")

    def _of_kinds(self, item: str, kinds: Sequence[str]) -> str:
        words = self._t("list").join(self._t(f"kind.{kind}") for kind in kinds)
        return self._t("figure_of_kind", item=self.name(item), kind=words)

    def _park(self, held: Statement) -> str:
        park = visible(held.park)
        name = self._by_reader(lambda: self.reader.park, park)
        boundary = (
            self._t(f"said.boundary.{held.boundary}") if held.boundary in {"whole", "park_in_park"} else held.boundary
        )
        return self._t("park", name=self._named(name, park), boundary=visible(boundary))

    def _opinion(self, held: Statement) -> str:
        percent = held.materiality_unit == "percent"
        return self._t(
            "assured",
            opinion=say(f"report.opinion.{held.opinion}", self.language),
            means=self._t(f"means.{held.opinion}"),
            assurance=say(f"report.assurance.{held.level_of_assurance}", self.language),
            value=held.materiality_value,
            unit=self._t("unit.percent") if percent else visible(held.materiality_unit),
        )

    def _verdicts(self, held: Statement) -> list[list[str]]:
        """The answer first, as the report has it."""
        rows = {f"indicator.{row['id']}": row for row in self.facts.get("indicators", ())}
        head = self.facts.get("headline", {}).get("item")
        items = sorted(held.verdicts, key=lambda item: (item != head, list(rows).index(item) if item in rows else 0))
        return [self._verdict(item, held.verdicts[item], rows.get(item)) for item in items]

    def _verdict(self, item: str, verdict: str, row: Mapping[str, Any] | None) -> list[str]:
        word = f"{mark(verdict, of='verdict')} {say(f'report.verdict.{verdict}', self.language)}"
        if row is None:
            return [word, "", "", self.name(item)]
        unit, limit = row["unit"], row.get("limit")
        value = self._by_reader(lambda: self.reader.with_unit(row["value"], unit, limit=limit), str(row["value"]))
        beside = self._by_reader(lambda: f"{_SIGNS[row['comparison']]} {self.reader.printed(str(limit), unit)}", "")
        return [word, value, beside if limit else "", self.name(item)]

    def _figures(self, held: Statement) -> list[list[str]]:
        """The stated figures; an indicator stands with its verdict already, where statement and report agree."""
        told = held.verdicts.keys() if self.verdict.holds("stated") else ()
        return [self._figure(one) for one in held.quantities if one.item not in told]

    def _figure(self, one: Quantity) -> list[str]:
        raw = f"{one.value} {visible(one.unit)}"
        return [self._by_reader(lambda: self.reader.with_unit(one.value, one.unit), raw), self.name(one.item)]

    def _ruler(self, held: Statement) -> str:
        own = visible(held.ruler_id)
        title = self._by_reader(lambda: self.reader.title(self.facts["ruler"]["title"]), own)
        return self._named(title, own)

    def _named(self, name: str, own: str) -> str:
        return name if name == own else self._t("named", name=name, more=own)

    def _withheld(self) -> str:
        report = self.verdict.report
        assert report is not None
        raw = visible(report.document["withheld_share"])
        share = self._by_reader(lambda: self.reader.with_unit(raw, "share"), raw)
        return self._t("withheld", share=share, count=len(report.withheld))

    def _labelled(self, rows: Sequence[Row]) -> Iterator[str]:
        """Label, columns, text; a label stands once, and a long text goes on below itself."""
        labels = {key: self._t(f"label.{key}") for key, _, _ in rows}
        most, last = max(map(width, labels.values())), ""
        for key, columns, text in rows:
            head = f"  {padded(labels[key] if key != last else '', most)}  {columns}"
            last = key
            first, *rest = wrapped(text, WIDEST - width(head))
            yield head + first
            yield from (" " * width(head) + line for line in rest)

    def _t(self, key: str, **arguments: object) -> str:
        return say(f"bundle.{key}", self.language, **arguments)

    def _by_reader(self, ask: Callable[[], str], otherwise: str) -> str:
        try:
            return ask()
        except MemoryError:
            raise
        except Exception:  # a report that somebody else made: its ids are shown instead of its names
            return otherwise


def _parted(rows: Sequence[Sequence[str]], value: int) -> Iterator[tuple[str, str]]:
    """The columns of each row but the last, aligned, numbers in column `value`; and the last."""
    before = aligned([[*row[:-1], _END] for row in rows], right=(value,))
    return ((line.removesuffix(_END), row[-1]) for line, row in zip(before, rows, strict=True))
