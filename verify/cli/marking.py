"""The marked workbook of a self-check: where it goes, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verify.cli.new_file import free
from verify.cli.writing import writing
from verify.errors import TrueZeroError, WrongUsage
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.road import Report


@dataclass(frozen=True)
class Marking:
    """`asked`: the file of ``--mark``. Without it a workbook is marked beside the report in `out`, if there is one."""

    submission: Path
    out: Path | None
    asked: Path | None
    language: Language

    def look(self) -> None:
        """Before the work: raises WrongUsage where the workbook that was asked for could not be made."""
        from verify import road

        if self.asked is None or not self.submission.exists():  # the road says what is wrong with a submission
            return
        free(self.asked)
        path, _ = road.workbook_of(self.submission)
        if self.asked.suffix.lower() != path.suffix.lower():
            raise WrongUsage("marking.other_ending", suffix=path.suffix, path=str(self.asked))

    def write(self, report: Report) -> str:
        """Write it; what to tell the reader ('' : nothing was asked for). Raises WrongUsage where the disk says no."""
        from verify import road
        from verify.canonical.files import write_new, write_over

        if self.asked is None and self.out is None:
            return ""
        found = road.marked_or_why(self.submission, report, self.language)
        if isinstance(found, TrueZeroError):
            if self.asked is not None:
                raise found
            return self._why_not(found)
        target = self.asked or self._beside()
        with writing(target):
            if self.asked is not None:
                write_new(target, found.data)
            else:
                write_over({target: found.data})
        key = "marking.written" if found.elsewhere else "marking.written_all"
        return say(key, self.language, cells=found.cells, path=str(target), elsewhere=found.elsewhere)

    def _beside(self) -> Path:
        """The name beside the report: that of the workbook and a word."""
        from verify import road

        assert self.out is not None
        path, _ = road.workbook_of(self.submission)
        return self.out / f"{path.stem}.{say('marking.file_suffix', self.language)}{path.suffix}"

    def _why_not(self, error: TrueZeroError) -> str:
        if error.key == "marking.no_workbook":  # a folder of CSV files: nobody expects one
            return ""
        return say("marking.not_marked", self.language, reason=say(error.key, self.language, **error.arguments))
