"""Findings of a report, as they come into the register: each once, in both languages, with its clause, rows and tonnes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.canonical import digest
from verify.canonical.reading import read_json
from verify.engagement.case import CLOSED, Case
from verify.engagement.conduct import conduct
from verify.engagement.findings import identity, next_id
from verify.engagement.register import Event
from verify.errors import WrongUsage
from verify.report import findings_text
from verify.report.reader import Reader
from verify.report.visible import all_visible
from verify.words import LANGUAGES

REPORT = "report.json"


@dataclass(frozen=True)
class Brought:
    """What an import brings: the events, findings raised, those known already, closed ones that are still found, and open
    imported ones that this report no longer has."""

    events: tuple[Event, ...]
    raised: tuple[str, ...]
    known: tuple[str, ...]
    returned: tuple[str, ...]
    gone: tuple[str, ...]


def read(folder: Path) -> dict[str, Any]:
    """The report of a folder, or of its report.json. Raises WrongUsage `engage.no_report`."""
    path = folder / REPORT if folder.is_dir() else folder
    try:
        found = read_json(path.read_bytes())
        whole = isinstance(found["facts"]["findings"], list) and isinstance(found["places"], dict)
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise WrongUsage("engage.no_report", path=str(path))
    return dict(found)


def brought(case: Case, report: Mapping[str, Any], at: str, by: str) -> Brought:
    """What the report adds to the register."""
    facts = report["facts"]
    head = {
        "facts_sha256": digest(facts),
        "park": facts["park"]["id"],
        "ruler": f"{facts['ruler']['id']}@sha256:{facts['ruler']['sha256']}",
        "year": facts["year"],
    }
    had = {one.key: one for one in case.findings.values() if one.key}
    readers = {language: Reader(all_visible(report), language) for language in LANGUAGES}
    events = [Event(at, by, "import", head)]
    raised: list[str] = []
    seen: set[str] = set()
    for place, one in enumerate(facts["findings"]):
        same, origin = _new(one, seen)
        seen.add(same)
        if same in had:
            continue
        number = next_id(case, len(raised))
        told = {
            language: findings_text.says(reader.facts["findings"][place], reader)
            for language, reader in readers.items()
        }
        data = {
            "clause": one["code"],
            "finding": number,
            "kind": conduct().kind_of[one["severity"]],
            "origin": origin,
            "text": told,
        }
        raised.append(number)
        events.append(Event(at, by, "raise", data))
    still = [one for same, one in had.items() if same in seen]
    return Brought(
        tuple(events),
        tuple(raised),
        tuple(one.id for one in still if one.state != CLOSED),
        tuple(one.id for one in still if one.state == CLOSED),
        tuple(one.id for same, one in had.items() if same not in seen and one.state != CLOSED),
    )


def _new(finding: Mapping[str, Any], seen: set[str]) -> tuple[str, dict[str, Any]]:
    """What makes this finding the same one, and its origin; `alike` tells those apart that stand on the same rows."""
    origin = {name: finding[name] for name in ("code", "effect", "period", "row_ids", "rows", "subject")}
    alike = 1
    while identity({**origin, "alike": str(alike)}) in seen:
        alike += 1
    origin["alike"] = str(alike)
    return identity(origin), origin
