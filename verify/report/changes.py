"""What changed in ruler and fence, and which earlier filing this one was held against, as a reader sees it.

In: ``facts["changes"]`` and ``facts["history"]`` (docs/formats/report.schema.json). Words: templates/messages/report.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verify.report.reader import NONE, Reader

_SHOWN = 16  # hexadecimal digits of a root
_VOCABULARY: dict[str, tuple[str, ...]] = {  # of what each part of before and after is an id; '' for none
    "population": ("population",),
    "basis": ("basis",),
    "re_registered": ("enterprise",),
    "merged": ("enterprise",),
    "split": ("enterprise",),
    "filed_industry": ("", "population"),
    "filed_process": ("source_kind", ""),
}


@dataclass(frozen=True)
class Row:
    """One change in words. `note`: source, before and after; '' where nobody says or the public does not see it."""

    who: str
    what: str
    note: str
    when: str
    evidence: str
    tco2: str | None
    restated: bool


@dataclass(frozen=True)
class Changes:
    """The section. `none`: the sentence where nothing changed, or nothing could be compared."""

    rows: list[Row]
    none: str
    history: list[str]


def has_changes(reader: Reader) -> bool:
    """Whether the report knows of the section: one made before it was there does not."""
    return "changes" in reader.facts and "history" in reader.facts


def changes(reader: Reader) -> Changes | None:
    """The section in one language; None for a report that does not know of it."""
    if not has_changes(reader):
        return None
    facts = reader.facts
    comparable = facts["base_year"] in facts["years"] and facts["base_year"] != facts["year"]
    none = reader.t("changes_none" if comparable else "changes_no_base")
    return Changes([_row(reader, one) for one in facts["changes"]], none, history(reader))


def history(reader: Reader) -> list[str]:
    """Which commitments this filing was held against, a sentence each; that there was none where there was none."""
    if reader.held("history"):
        return []
    found = [
        reader.t(f"history_{one['held']}", park=one["park"], root=one["root"][:_SHOWN], **_counts(one))
        + (reader.t("history_not_filed", years=reader.listed(one["not_filed"])) if one["not_filed"] else "")
        for one in reader.facts["history"]
    ]
    return found or [reader.t("history_none")]


def _counts(one: Mapping[str, Any]) -> dict[str, str]:
    names = ("committed", "equal", "changed", "gone", "new") if one["held"] == "opened" else ("committed",)
    return {name: one[name] for name in names}


def _row(reader: Reader, one: Mapping[str, Any]) -> Row:
    sides = [_side(reader, one, one[key]) for key in ("before", "after")]
    told = reader.t("changes_sides", before=sides[0], after=sides[1]) if any(side != NONE for side in sides) else ""
    of = reader.name("parameter" if one["what"] == "filed_parameter" else "source", one["source"] or "")
    return Row(
        reader.name("counterparty", one["subject"]),
        reader.t(f"changed.{one['what']}"),
        reader.t("changes_of", of=of, told=told) if one["source"] and told else told or (of if one["source"] else ""),
        one["when"] or NONE,
        one["evidence"] or NONE,
        one["tco2"],
        one["restated"],
    )


def _side(reader: Reader, one: Mapping[str, Any], value: str | None) -> str:
    if not value:
        return NONE
    if one["what"] == "filed_parameter":
        return reader.reading(one["source"] or "", value)
    kinds = _VOCABULARY.get(one["what"], ("",))
    parts = value.split(" ", len(kinds) - 1)
    return " ".join(reader.name(kind, part) if kind else part for kind, part in zip(kinds, parts, strict=False))
