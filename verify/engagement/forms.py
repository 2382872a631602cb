"""The forms of an engagement as rows of words: 文件评审表, 现场核查清单, 不符合项清单 and 名录比对 (procedure 1.1, 1.8, 1.10).

Filled from the report and the register as far as they go; a cell that only people can fill is left empty. A form has fields;
`columns` says which of them stand in one column where the form is read on paper or on a phone (at most five).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verify.engagement.case import CLARIFICATION, NON_CONFORMITY, Case, Finding
from verify.engagement.conduct import conduct
from verify.report import findings_text
from verify.report.reader import NONE, Reader
from verify.words import Language, say

_PLACES = 3  # places of a finding that a form names; the report has them all
_FAMILY = slice(3, 6)  # TZ-ACC-01
Row = dict[str, str]


@dataclass(frozen=True)
class Form:
    """One form: its name, the fields of each column, and its rows."""

    name: str
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field, in order."""
        return tuple(field for column in self.columns for field in column)


def forms(
    case: Case, report: Mapping[str, Any], plan: Mapping[str, Any] | None, language: Language
) -> tuple[Form, ...]:
    """All forms in one language. `report` is made visible already; `plan` is a sampling plan, None where there is none."""
    reader = Reader(report, language)
    return (
        Form("review", (("subject",), ("handed",), ("opinion",), ("missing",)), tuple(_review(case, reader))),
        Form("site", (("number",), ("what",), ("look", "where"), ("result",)), tuple(_site(case, reader, plan))),
        Form(
            "list",
            (
                ("number", "kind", "state"),
                ("clause", "description"),
                ("evidence", "effect"),
                ("cause", "correction"),
                ("verification", "closed"),
            ),
            tuple(_list(case, reader)),
        ),
        Form("roster", (("member",), ("listed",), ("differs",), ("registers",)), tuple(_roster(case, reader))),
    )


def _review(case: Case, reader: Reader) -> Iterator[Row]:
    """What was handed in by table, then what the checks say by family: plausible, found, missing."""
    facts, language = reader.facts, reader.language
    for table in facts["dispositions"]["tables"]:
        rows, out = int(table["rows"]), int(table["excluded"])
        yield {
            "subject": reader.name("table", table["table"]),
            "handed": say("engage.form_rows", language, count=rows),
            "opinion": say("engage.form_read" if not out else "engage.form_excluded", language, count=out),
            "missing": "",
        }
    families: dict[str, list[Mapping[str, Any]]] = {}
    for run in facts["runs"]:
        families.setdefault(run["code"][_FAMILY], []).append(run)
    for one in case.findings.values():  # faults of form are found by the reading, not by a check
        if "code" in one.origin:
            families.setdefault(one.origin["code"][_FAMILY], [])
    for family, runs in sorted(families.items()):
        counts = Counter(run["outcome"] for run in runs)
        why = dict.fromkeys(reader.reason(run["reason"]) for run in runs if run["outcome"] == "could_not_run")
        numbers = [one.id for one in case.findings.values() if one.clause[_FAMILY] == family]
        yield {
            "subject": say(f"pages.family.{family}", language),
            "handed": say("engage.form_checks", language, count=len(runs) - counts["not_applicable"]) if runs else NONE,
            "opinion": reader.listed(
                [f"{reader.t(f'outcome.{one}')} {count}" for one, count in sorted(counts.items())]
            ),
            "missing": reader.listed(
                [*why, *([say("engage.form_see", language, numbers=_some(numbers, language))] if numbers else [])]
            ),
        }


def _site(case: Case, reader: Reader, plan: Mapping[str, Any] | None) -> Iterator[Row]:
    """What to look at, whom to ask: a line for every finding that asks for something, then the lines of the sample."""
    language = reader.language
    for one in _ordered(case):
        if one.kind in {NON_CONFORMITY, CLARIFICATION}:
            code = one.origin.get("code", "")
            yield {
                "number": one.id,
                "what": one.text[language],
                "look": findings_text.part(code, "mend", reader) if code else say("engage.form_ask", language),
                "where": _places(one, reader),
                "result": _result(one, language),
            }
    for part, row in _sampled(plan):
        place = row.get("place", {})
        where = [str(place[key]) for key in ("file", "sheet", "line") if place.get(key) not in {None, ""}]
        amount = f"{row.get('quantity', '')} {row.get('unit', '')}".strip()
        what = (
            reader.name("enterprise", row.get("enterprise_id", "")),
            row.get("source_id", ""),
            row.get("period", ""),
        )
        yield {
            "number": say(f"sample.part_{part}", language),
            "what": reader.listed([one for one in (*what, amount) if one and one != NONE] or [str(row["row_id"])]),
            "look": say(f"engage.form_look_{part}", language),
            "where": reader.listed(where),
            "result": "",
        }


def _list(case: Case, reader: Reader) -> Iterator[Row]:
    """Every finding with its fields: number, clause, description, evidence, effect, cause, correction, verification, date closed."""
    language = reader.language
    for one in _ordered(case):
        last = one.answers[-1] if one.answers else None
        closed = one.closed.at[:10] if one.closed else ""
        effect = one.origin.get("effect")
        verified = one.closed.text if one.closed else ""
        if one.estimate is not None and one.state == "estimated":
            verified = _estimated(one, reader)
        kind = reader.title(conduct().kinds[one.kind].title)
        if one.escalated is not None:
            kind = say("engage.form_escalated", language, kind=kind, date=one.escalated.at[:10])
        yield {
            "number": one.id,
            "kind": kind,
            "state": say(f"engage.state_{one.state}", language),
            "clause": one.clause,
            "description": one.text[language],
            "evidence": reader.listed([paper.name for paper in last.papers])
            if last and last.papers
            else _places(one, reader),
            "effect": reader.with_unit(effect["value"], effect["unit"], sign=True) if effect else "",
            "cause": last.cause if last else "",
            "correction": last.correction if last else "",
            "verification": verified,
            "closed": closed,
        }


def _roster(case: Case, reader: Reader) -> Iterator[Row]:
    """The list of members beside what registers, suppliers and meters say; the column of registers is ticked by people."""
    language, wanted = reader.language, conduct().roster
    told: dict[str, list[str]] = {}
    for one in case.findings.values():
        if one.origin.get("code") in wanted:
            told.setdefault(str(one.origin["subject"]), []).append(f"{one.id} {one.text[language]}")
    for row in reader.facts["members"]:
        spell = say("engage.form_spell", language, start=row["from"] or NONE, end=row["to"] or reader.t("now"))
        yield {
            "member": f"{row['name']} {row['enterprise_id']}",
            "listed": spell,
            "differs": "\n".join(told.pop(row["enterprise_id"], [])),
            "registers": say("engage.form_registers", language),
        }
    for subject, lines in told.items():
        yield {
            "member": reader.name("subject", subject),
            "listed": say("engage.form_unlisted", language),
            "differs": "\n".join(lines),
            "registers": say("engage.form_registers", language),
        }


def _ordered(case: Case) -> list[Finding]:
    kinds = list(conduct().kinds)
    return sorted(case.findings.values(), key=lambda one: (kinds.index(one.kind), one.id))


def _places(one: Finding, reader: Reader) -> str:
    rows: Sequence[str] = one.origin.get("row_ids", ())
    shown = [reader.place(row)["text"] for row in rows[:_PLACES]]
    more = int(one.origin.get("rows", 0)) - len(shown)
    if more > 0 and shown:
        shown.append(say("engage.form_more", reader.language, count=more))
    return reader.listed(shown)


def _result(one: Finding, language: Language) -> str:
    if one.closed is not None:
        return say("engage.form_closed", language, date=one.closed.at[:10], text=one.closed.text)
    return "" if one.state == "open" else say(f"engage.state_{one.state}", language)


def _estimated(one: Finding, reader: Reader) -> str:
    made = one.estimate
    assert made is not None
    tonnes = reader.with_unit(made.tco2, reader.mass_unit)
    return say("engage.form_estimate", reader.language, tonnes=tonnes, year=made.year, basis=made.basis)


def _some(numbers: Sequence[str], language: Language) -> str:
    if len(numbers) <= _PLACES:
        return say("engage.list_join", language).join(numbers)
    return say("engage.form_some", language, first=numbers[0], count=len(numbers))


def _sampled(plan: Mapping[str, Any] | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if plan is None:
        return
    for row in plan["drawn"]:
        yield "tonnes", row
    for source in plan["months"]:
        for row in source["rows"]:
            yield "months", row
    for paper in plan["papers"]:
        yield "papers", {"row_id": paper}
