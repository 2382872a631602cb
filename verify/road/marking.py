"""The park's own workbook with the findings of a report in its cells: words from the report, patches from the submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from verify.errors import TrueZeroError, WrongUsage
from verify.report.document import Report
from verify.report.findings_text import part, says, title, words_of
from verify.report.reader import Reader
from verify.submission.marking import Cover, Marked, Remark, Spot, mark_workbook, markable
from verify.words import Language, say

ENDINGS = (".xlsx", ".xlsm")
_CORE = "core"


def workbook_of(submission: Path) -> tuple[Path, str]:
    """The one workbook of a submission and its name as places write it: the file itself, or the only one in a folder.

    Raises WrongUsage ``marking.no_workbook`` where there is none or several, ``marking.…`` where it cannot be marked.
    """
    if submission.is_file():
        found = [submission] if submission.suffix.lower() in ENDINGS else []
        base = submission.parent
    else:
        base = submission
        found = [
            one
            for one in sorted(submission.rglob("*"))
            if one.suffix.lower() in ENDINGS and one.is_file() and not one.name.startswith(("~$", "."))
        ]
    if len(found) != 1:
        raise WrongUsage("marking.no_workbook", path=str(submission))
    name = found[0].relative_to(base).as_posix()
    markable(found[0], name)
    return found[0], name


def marked_workbook(submission: Path, report: Report, language: Language) -> Marked:
    """The workbook of `submission` with every finding of `report` in its cell. Raises as `workbook_of`."""
    path, name = workbook_of(submission)
    reader = Reader(report.document(), language)
    remarks = [_remark(one, reader, name) for one in reader.facts["findings"]]
    return mark_workbook(path, name, remarks, _cover(reader), language)


def marked_or_why(submission: Path, report: Report, language: Language) -> Marked | TrueZeroError:
    """The same, with what forbids it as a value: a report is written all the same."""
    try:
        return marked_workbook(submission, report, language)
    except TrueZeroError as error:
        return error


def _remark(finding: Mapping[str, Any], reader: Reader, file: str) -> Remark:
    spots, elsewhere = [], []
    for row_id in finding["row_ids"]:
        place = reader.places.get(row_id)
        if place is None:
            continue
        if place["file"] == file and place.get("sheet"):
            spots.append(Spot(place["sheet"], place.get("line") or 0, tuple(_columns(finding, place))))
        else:
            elsewhere.append(reader.place(row_id)["text"])
    return Remark(
        severity=finding["severity"],
        code=finding["code"],
        title=title(finding["code"], reader),
        says=says(finding, reader),
        mend=part(finding["code"], "mend", reader),
        effect=reader.effect(finding["effect"]) if finding["effect"] is not None else "",
        rows=int(finding["rows"]),
        spots=tuple(spots),
        elsewhere="\n".join(elsewhere[:3]) or say("marking.whole_park", reader.language),
    )


def _columns(finding: Mapping[str, Any], place: Mapping[str, Any]) -> Iterator[str]:
    """The columns that a finding means, best first: its own, those that its words name, those of the place."""
    if finding["arguments"].get("column"):
        yield finding["arguments"]["column"]
    yield from words_of(finding["code"]).get("cells") or ()
    yield from place.get("columns") or ()


def _cover(reader: Reader) -> Cover:
    facts, language = reader.facts, reader.language
    lines = [
        (say("marking.park", language), f"{reader.park}  {facts['year']}"),
        (say("marking.ruler", language), facts["ruler"]["id"]),
        (say("marking.opinion", language), reader.t(f"opinion.{facts['opinion']['value']}")),
    ]
    for one in facts["indicators"]:
        if one["kind"] == _CORE:
            value = reader.with_unit(one["value"], one["unit"], limit=one["limit"])
            verdict = reader.t(f"verdict.{one['verdict'] or 'undefined'}")
            text = say("marking.indicator", language, title=reader.title(one["title"]), value=value, verdict=verdict)
            lines.append((say("marking.core", language), text))
    return Cover(say("marking.heading", language), tuple(lines))
