"""The statistical tests of a filing as the verifier reads them: an annex that no public report has (docs/adr/0031).

In: ``facts["statistics"]`` (docs/formats/report.schema.json). Not here: the tests (verify.statistics, verify.checks.number_*).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verify.report.reader import Reader
from verify.words import say

_REFUSED = "refused"


@dataclass(frozen=True)
class Told:
    """`ran`: tests with a result, the least adjusted p first; `refused`: (test, reason, how many)."""

    sentence: str
    ran: list[Mapping[str, Any]]
    refused: list[tuple[str, str, int]]


def has_statistics(reader: Reader) -> bool:
    """Whether the page has the section: a report that is not public, of a ruler with a family of tests."""
    return bool(reader.facts.get("statistics")) and not reader.withheld.public


def words(reader: Reader, key: str, **gaps: object) -> str:
    """A message of the catalogue of statistics."""
    return say(f"statistic.{key}", reader.language, **gaps)


def told(reader: Reader) -> Told | None:
    """What the page prints; None where it has no such section."""
    if not has_statistics(reader):
        return None
    rows = reader.facts["statistics"]
    ran = [row for row in rows if row["state"] != _REFUSED]
    states = Counter(row["state"] for row in rows)
    sentence = words(
        reader,
        "says",
        all=len(rows),
        ran=len(ran),
        significant=states["significant"],
        explained=states["explained"],
        refused=states[_REFUSED],
    )
    kinds = Counter((row["test"], row["reason"]) for row in rows if row["state"] == _REFUSED)
    refused = [(test, reason, count) for (test, reason), count in sorted(kinds.items())]
    return Told(sentence, sorted(ran, key=lambda row: float(row["adjusted"])), refused)
