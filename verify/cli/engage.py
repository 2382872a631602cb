"""``truezero engage``: one engagement from its opening to its conclusion, kept in a folder by an append-only register."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from verify.cli.engage_event import NOW, entered, now, papers_of, said_of
from verify.cli.options import FOLDER, speaking
from verify.cli.out import put, put_all
from verify.cli.worded import Group, Worded, group_language
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.engagement.case import Case
    from verify.engagement.register import Event

F = TypeVar("F", bound=Callable[..., Any])
TEXT: dict[str, Any] = {"required": True, "metavar": "TEXT"}
NAME: dict[str, Any] = {"required": True, "metavar": "NAME"}


@click.group(cls=Group, help="engage")
@group_language
def engage() -> None:
    """The words are in the catalogue."""


def event(name: str) -> Callable[[F], F]:
    """A command that adds to the register: folder, ``--by``, ``--at``, ``--lang``."""

    def wrapped(function: F) -> F:
        for one in (
            speaking,
            click.option("--at", default=NOW, metavar="TIME", help="engage_at"),
            click.option("--by", metavar="NAME", required=True, help="engage_by"),
            click.argument("folder", type=FOLDER),
        ):
            function = one(function)
        return engage.command(name, cls=Worded, help=f"engage_{name}")(function)  # type: ignore[return-value]

    return wrapped


@engage.command("open", cls=Worded, help="engage_open")
@click.argument("folder", type=FOLDER)
@click.option("--number", **NAME, help="engage_number")
@click.option("--body", **NAME, help="engage_body")
@click.option("--park", **NAME, help="engage_park")
@click.option("--year", required=True, metavar="YEAR", help="engage_year")
@click.option("--lead", **NAME, help="engage_lead")
@click.option("--member", "members", multiple=True, metavar="NAME", help="engage_member")
@click.option("--reviewer", **NAME, help="engage_reviewer")
@click.option("--signatory", **NAME, help="engage_signatory")
@click.option("--at", default=NOW, metavar="TIME", help="engage_at")
@speaking
def open_(
    folder: Path,
    number: str,
    body: str,
    park: str,
    year: str,
    lead: str,
    members: tuple[str, ...],
    reviewer: str,
    signatory: str,
    at: str,
    lang: Language,
) -> int:
    """Begin an engagement; nothing is written over."""
    from verify.cli.writing import writing
    from verify.engagement import desk
    from verify.engagement.conduct import conduct
    from verify.engagement.register import FORMAT, Event

    people = [("lead", lead), *(("member", one) for one in members), ("reviewer", reviewer), ("signatory", signatory)]
    data = {
        "body": body,
        "format": FORMAT,
        "number": number,
        "park": park,
        "people": [{"name": name, "role": role} for role, name in people],
        "procedure": conduct().sha256,
        "year": year,
    }
    with writing(folder):
        desk.begin(folder, Event(now(at), lead, "open", data))
    put(say("engage.opened", lang, number=number, folder=str(folder)))
    return 0


@event("appoint")
@click.option(
    "--role", type=click.Choice(["lead", "member", "reviewer", "signatory"]), required=True, help="engage_role"
)
@click.option("--name", **NAME, help="engage_name")
def appoint(folder: Path, by: str, at: str, role: str, name: str, lang: Language) -> int:
    """Somebody more, or somebody else in a role that one person holds."""
    return entered(folder, at, by, "appoint", {"name": name, "role": role}, lang)


@event("leave")
@click.option("--name", **NAME, help="engage_name")
@click.option("--text", **TEXT, help="engage_text")
def leave(folder: Path, by: str, at: str, name: str, text: str, lang: Language) -> int:
    """Somebody leaves; what they did stays."""
    return entered(folder, at, by, "leave", {"name": name, "text": text}, lang)


@event("declare")
@click.option("--answer", "answers", multiple=True, metavar="N=no|yes:TEXT", help="engage_answers")
@click.option("--none", "nothing", is_flag=True, help="engage_none_holds")
def declare(folder: Path, by: str, at: str, answers: tuple[str, ...], nothing: bool, lang: Language) -> int:
    """The declaration of a person or of the body; without answers, the questions."""
    from verify.engagement.conduct import UNCONFIRMED, conduct

    bans = conduct().bans
    if not answers and not nothing:
        put(say("engage.questions", lang, name=by))
        for ban, one in bans.items():
            key = "engage.question_unconfirmed" if one.confidence == UNCONFIRMED else "engage.question"
            put(say(key, lang, ban=ban, text=one.title[lang]))
        return 0
    given = {ban: {"answer": "no", "words": ""} for ban in bans} if nothing else {}
    return entered(folder, at, by, "declare", {"answers": given | said_of(answers)}, lang)


@event("step")
@click.argument("step")
@click.option("--text", **TEXT, help="engage_text")
def step(folder: Path, step: str, by: str, at: str, text: str, lang: Language) -> int:
    """A step of the procedure is done."""
    return entered(folder, at, by, "step", {"step": step.zfill(2), "text": text}, lang)


@event("import")
@click.argument("report", type=FOLDER)
def import_(folder: Path, report: Path, by: str, at: str, lang: Language) -> int:
    """Findings of a report, each once."""
    from verify.cli.writing import writing
    from verify.engagement import desk, reported

    read = reported.read(report)
    held: list[reported.Brought] = []

    def made(case: Case) -> tuple[Event, ...]:
        held.append(reported.brought(case, read, now(at), by))
        return held[-1].events

    with writing(folder):
        desk.add(folder, made)
    brought = held[-1]
    put(say("engage.imported", lang, raised=len(brought.raised), known=len(brought.known)))
    join = say("engage.list_join", lang)
    for key, numbers in (("engage.returned", brought.returned), ("engage.gone", brought.gone)):
        if numbers:
            put(say(key, lang, numbers=join.join(numbers)))
    return 0


@event("raise")
@click.option(
    "--kind", type=click.Choice(["non_conformity", "clarification", "observation"]), required=True, help="engage_kind"
)
@click.option("--clause", **TEXT, help="engage_clause")
@click.option("--text", **TEXT, help="engage_text")
def raise_(folder: Path, by: str, at: str, kind: str, clause: str, text: str, lang: Language) -> int:
    """A finding of the team."""
    from verify.engagement.findings import next_id

    def data(case: Case) -> dict[str, Any]:
        return {"clause": clause, "finding": next_id(case), "kind": kind, "text": {"en": text, "zh": text}}

    return entered(folder, at, by, "raise", data, lang)


@event("answer")
@click.argument("finding")
@click.option("--cause", default="", metavar="TEXT", help="engage_cause")
@click.option("--correction", **TEXT, help="engage_correction")
@click.option("--evidence", "evidence", type=FOLDER, multiple=True, metavar="FILE", help="engage_evidence")
def answer(
    folder: Path,
    finding: str,
    by: str,
    at: str,
    cause: str,
    correction: str,
    evidence: tuple[Path, ...],
    lang: Language,
) -> int:
    """What the verified unit says to a finding, with its papers."""
    data = {"cause": cause, "correction": correction, "finding": finding, "papers": papers_of(evidence)}
    return entered(folder, at, by, "answer", data, lang)


@event("close")
@click.argument("finding")
@click.option("--text", **TEXT, help="engage_verification")
def close(folder: Path, finding: str, by: str, at: str, text: str, lang: Language) -> int:
    """A finding is closed: how the correction was verified."""
    return entered(folder, at, by, "close", {"finding": finding, "text": text}, lang)


@event("escalate")
@click.argument("finding")
@click.option("--text", **TEXT, help="engage_text")
def escalate(folder: Path, finding: str, by: str, at: str, text: str, lang: Language) -> int:
    """A request for clarification becomes a non-conformity."""
    return entered(folder, at, by, "escalate", {"finding": finding, "text": text}, lang)


@event("estimate")
@click.argument("finding")
@click.option("--tco2", required=True, metavar="T", help="engage_tco2")
@click.option("--of", "year", required=True, metavar="YEAR", help="engage_of")
@click.option("--text", **TEXT, help="engage_basis")
def estimate(folder: Path, finding: str, by: str, at: str, tco2: str, year: str, text: str, lang: Language) -> int:
    """A conservative estimate of what was not corrected."""
    return entered(folder, at, by, "estimate", {"finding": finding, "tco2": tco2, "text": text, "year": year}, lang)


@event("review")
@click.option("--text", **TEXT, help="engage_text")
def review(folder: Path, by: str, at: str, text: str, lang: Language) -> int:
    """The technical review."""
    return entered(folder, at, by, "review", {"text": text}, lang)


@event("object")
@click.option("--text", **TEXT, help="engage_text")
def object_(folder: Path, by: str, at: str, text: str, lang: Language) -> int:
    """An objection of the verified unit."""
    return entered(folder, at, by, "object", {"text": text}, lang)


@event("reply")
@click.option("--text", **TEXT, help="engage_text")
def reply(folder: Path, by: str, at: str, text: str, lang: Language) -> int:
    """The reply to an objection."""
    return entered(folder, at, by, "reply", {"text": text}, lang)


@event("conclude")
@click.option("--json", "as_json", is_flag=True, help="json")
def conclude(folder: Path, by: str, at: str, as_json: bool, lang: Language) -> int:
    """Issue the conclusion. Exit 1 where it is not passed, or where there can be none yet; then nothing is written."""
    from verify.canonical import canonical_bytes
    from verify.cli.engage_lines import as_document, concluded
    from verify.engagement import desk
    from verify.engagement.case import NOT_YET, PASSED
    from verify.engagement.conclusion import judge

    case, register = desk.look(folder)
    found = judge(case)
    if found.outcome != NOT_YET:
        entered(folder, at, by, "conclude", {"head": register.head, "outcome": found.outcome}, lang, quiet=True)
        case, register = desk.look(folder)
    if as_json:
        put(canonical_bytes(as_document(case, register, now(at))).decode("utf-8"))
    else:
        put_all(concluded(found, lang))
        put(say("engage.head", lang, head=register.head, count=len(register.events)))
    return 0 if found.outcome == PASSED else 1


@engage.command("status", cls=Worded, help="engage_status")
@click.argument("folder", type=FOLDER)
@click.option("--at", default=NOW, metavar="TIME", help="engage_today")
@click.option("--json", "as_json", is_flag=True, help="json")
@speaking
def status(folder: Path, at: str, as_json: bool, lang: Language) -> int:
    """Where the engagement stands, what is due, and what a conclusion would be."""
    from verify.canonical import canonical_bytes
    from verify.cli.engage_lines import as_document, stands
    from verify.engagement import desk

    case, register = desk.look(folder)
    if as_json:
        put(canonical_bytes(as_document(case, register, now(at))).decode("utf-8"))
    else:
        put_all(stands(case, register, now(at), lang))
    return 0


@engage.command("forms", cls=Worded, help="engage_forms")
@click.argument("folder", type=FOLDER)
@click.argument("report", type=FOLDER)
@click.option("--sample", "plan", type=FOLDER, default=None, metavar="FILE", help="engage_plan")
@click.option("-o", "--out", type=FOLDER, required=True, metavar="FOLDER", help="engage_out")
@speaking
def forms(folder: Path, report: Path, plan: Path | None, out: Path, lang: Language) -> int:
    """The forms of the procedure from report, register and sample."""
    from verify.canonical.files import write_all
    from verify.cli.new_file import read_file
    from verify.cli.writing import ready, writing
    from verify.engagement import desk, form_files, reported, stored

    ready(out)
    case, register = desk.look(folder)
    drawn = None if plan is None else stored.read(read_file(plan), str(plan))
    made = form_files.files(case, register.head, reported.read(report), drawn)
    with writing(out):
        write_all(out, made)
    put(say("engage.forms_written", lang, folder=str(out), files=", ".join(made)))
    return 0
