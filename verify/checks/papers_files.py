"""One file or photograph presented as several papers, and PDFs made or edited out of their time (TZ-PAP-05, 06; F-1, F-11).

A photograph is the same where its bytes are: none of the libraries of this tool compares pictures by what they show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from typing import Any

from verify.checks.papers import Paper, papers, same
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope
from verify.checks.world import World
from verify.submission.evidence_files import path_of
from verify.submission.pdf_marks import PdfMarks

_SAYS = ("kind", "report_number", "issued", "sampled", "covers")


@check("TZ-PAP-05", needs={"evidence"})
def one_file_one_paper(world: World, params: Params) -> Rows:
    """The same bytes are one paper. `params.photographs`: kinds of which each is of one time and place.

    Several rows that name one and the same file (a binder of reports) say so themselves and are left alone; the same bytes
    under two names, and one photograph for two things or two days on site, are found.
    """
    digests: dict[str, list[Paper]] = defaultdict(list)
    for one in papers(world):
        digest = _digest(world, one)
        if digest:
            digests[digest].append(one)
    found = [
        _same(one, other, "photograph" if _photographs(params, one, other) else "file")
        for many in digests.values()
        for one, other in list(combinations(many, 2))
        if _otherwise(params, one, other)
    ]
    found += list(_shown_twice(world, params))
    tested = sum(len(many) for many in digests.values())
    if not tested and not found:
        raise NotApplicable("no_digests")
    return Rows(found, Scope.count(tested, len(papers(world))))


@check("TZ-PAP-06", needs={"evidence"})
def made_in_their_time(world: World, params: Params) -> Rows:
    """A report's PDF was not made before its test, nor made or changed in an editor after its issue.

    `params.kinds`: papers that somebody else issues; `params.editors`: words of tools that change a page; `params.slack`:
    days. A scan made later is no fault. Files that stay with the park and PDFs that cannot be read are undecided.
    """
    slack = timedelta(days=int(world.number(params["slack"])))
    looked = [(one, world.submission.paper_marks.get(one.row["file"])) for one in papers(world, params["kinds"])]
    pdfs = [(one, marks) for one, marks in looked if marks is not None]
    if not pdfs:
        raise NotApplicable("no_pdf_papers")
    readable = [(one, marks) for one, marks in pdfs if not marks.unread]
    undecided = [f"{one.id} ({marks.unread})" for one, marks in pdfs if marks.unread]
    if not readable:
        raise CouldNotRun("pdf_not_read", papers=", ".join(undecided))
    found: list[Found] = []
    for one, marks in readable:
        fault = edited(one, marks, params["editors"], slack)
        if fault:
            arguments = {
                "fault": fault, "tools": ", ".join(marks.tools), "created": str(marks.created or ""),
                "modified": str(marks.modified or ""), "tested": str(one.row["tested"] or ""), "issued": str(one.row["issued"] or ""),
            }  # fmt: skip
            found.append(Found(one.id, _year(world, one), arguments, table="evidence", row_id=one.row["row_id"]))
    return Rows(found, Scope.count(len(readable), len(pdfs)), undecided)


def edited(one: Paper, marks: PdfMarks, editors: list[str], slack: timedelta) -> str:
    """What the marks of a PDF say against its dates; '' where nothing."""
    issued, tested = one.row["issued"], one.row["tested"] or one.row["issued"]
    last = max((day for day in (marks.created, marks.modified) if day is not None), default=None)
    if last is None or tested is None:
        return ""
    if last < tested - slack:
        return "before_test"
    tool = any(same(word) in same(tool) for word in editors for tool in marks.tools)
    return "after_issue" if tool and issued is not None and last > issued + slack else ""


def _digest(world: World, one: Paper) -> str:
    """The digest of the file as handed in, else as stated."""
    if "digests" not in world.cache:
        world.cache["digests"] = {source.name: source.sha256 for source in world.submission.sources}
    held: dict[str, str] = world.cache["digests"]
    return held.get(path_of(one.row["file"]), "") or str(one.row["sha256"]).casefold()


def _photographs(params: Params, one: Paper, other: Paper) -> bool:
    return one.row["kind"] in params["photographs"] and other.row["kind"] in params["photographs"]


def _otherwise(params: Params, one: Paper, other: Paper) -> bool:
    """Whether two rows with the same bytes present them as two papers."""
    if all(same(str(one.row[key] or "")) == same(str(other.row[key] or "")) for key in _SAYS):
        return False
    return _photographs(params, one, other) or path_of(one.row["file"]) != path_of(other.row["file"])


def _same(one: Paper, other: Paper, fault: str) -> Found:
    arguments = {
        "fault": fault, "evidence_id": one.id, "said": _words(one), "other_said": _words(other),
    }  # fmt: skip
    period = str((other.periods or ("",))[-1] or other.row["issued"] or "")[:4]
    return Found(other.id, period, arguments, table="evidence", row_id=other.row["row_id"])


def _words(one: Paper) -> str:
    return " ".join(str(word) for word in (one.row["covers"], one.row["report_number"], one.row["issued"]) if word)


def _shown_twice(world: World, params: Params) -> Iterator[Found]:
    """One photograph behind visits of different days or members."""
    kinds = world.evidence_kinds()
    visits: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in world.rows("visits"):
        if kinds.get(row["evidence_id"]) in params["photographs"]:
            visits[row["evidence_id"]].append(row)
    for paper, many in sorted(visits.items()):
        places = sorted({f"{row['date']} {row['enterprise_id'] or row['site']}" for row in many})
        if len(places) > 1:
            arguments = {
                "fault": "photograph", "evidence_id": paper, "said": places[0], "other_said": places[1],
            }  # fmt: skip
            yield Found(paper, str(many[-1]["date"])[:4], arguments, table="visits", row_id=many[-1]["row_id"])


def _year(world: World, one: Paper) -> str:
    return one.periods[-1][:4] if one.periods else str(one.row["issued"] or world.year)[:4]
