"""What a public report keeps back, for every face: a section that was emptied or a number that was taken out is said to be
withheld, never "none" and never a zero.

Rows are those of report.json: ``{path, state, reason {key, arguments}, count}``; paths and reasons have their words in the
catalogue ``disclosure``. A report that was never disclosed keeps nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from verify.words import Language, catalogue, say

Row = Mapping[str, Any]
MERGED = "withheld"  # the row of `terms` that holds those not published one by one (verify.disclosure)


class Withheld:
    """The list of one report. `public`: this is what the public sees, be the list empty or not; `share`: of the tonnes."""

    def __init__(self, report: Mapping[str, Any]) -> None:
        self.public = "withheld" in report
        self.rows: Sequence[Row] = report.get("withheld", [])
        self.share: str | None = report.get("withheld_share")
        self._by_path: dict[str, list[Row]] = {}
        for row in self.rows:
            self._by_path.setdefault(row["path"], []).append(row)

    def __contains__(self, path: object) -> bool:
        return path in self._by_path

    def of(self, paths: Iterable[str]) -> list[Row]:
        """The rows of these paths, in their order."""
        return [row for path in paths for row in self._by_path.get(path, [])]

    def count(self, path: str) -> int:
        """How many rows or numbers of a path were kept back."""
        return sum(int(row["count"]) for row in self._by_path.get(path, []))


def path_words(path: str, language: Language) -> str:
    """A path in words; one that the catalogue does not know (a section of a later version) as it is."""
    entry = catalogue("disclosure").get(f"path.{path}")
    return path if entry is None else entry[language]


def state_words(state: str, language: Language) -> str:
    """How it is kept back: withheld or committed."""
    return say(f"disclosure.state_{state}", language)
