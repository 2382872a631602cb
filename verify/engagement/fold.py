"""From the events of a register to the engagement: pure, one rule per event; what may not follow is refused.

Every refusal is a WrongUsage of the catalogue `engage`. The same rules stand before an event is written and when a register
is read, so that a file which holds what could not have happened is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from verify.engagement import findings
from verify.engagement.case import NO, NOT_YET, YES, Case, Concluded, Noted, Objection, Said, known_as, same
from verify.engagement.conclusion import judge
from verify.engagement.conduct import conduct
from verify.engagement.given import by_team, noted, words
from verify.engagement.register import FORMAT, Event, Register
from verify.errors import TrueZeroError, WrongUsage

_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
_AFTER_THE_END = {"object", "reply"}


def folded(register: Register, name: str) -> Case:
    """The engagement of a register; `name` is its file in errors. Raises WrongUsage `engage.cannot` with the line."""
    case = None
    for line, event in enumerate(register.events, 1):
        try:
            case = after(case, event)
        except (TrueZeroError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise WrongUsage("engage.cannot", file=name, line=line, event=event.event) from error
    if case is None:
        raise WrongUsage("engage.line", file=name, line=1)
    return case


def after(case: Case | None, event: Event) -> Case:
    """The engagement after one more event. Raises WrongUsage where it may not follow."""
    if not _AT.fullmatch(event.at) or not event.at.endswith(conduct().offset):
        raise WrongUsage("engage.time", value=event.at)
    if not known_as(event.by):
        raise WrongUsage("engage.nameless")
    if case is None:
        if event.event != "open":
            raise WrongUsage("engage.not_open")
        return replace(_opened(event), events=1, at=event.at)
    if event.event == "open":
        raise WrongUsage("engage.open_twice")
    if event.at < case.at:
        raise WrongUsage("engage.earlier", at=event.at, last=case.at)
    if event.event not in _AFTER_THE_END and _last_step() in case.steps:
        raise WrongUsage("engage.ended")
    if event.event not in _RULES:
        raise WrongUsage("engage.unknown_event", event=event.event)
    acted = case.acted if event.event == "declare" else case.acted | {known_as(event.by)}
    return replace(_RULES[event.event](case, event), events=case.events + 1, at=event.at, acted=acted)


def _opened(event: Event) -> Case:
    data = event.data
    if data.get("format") != FORMAT:
        raise WrongUsage("engage.format", value=str(data.get("format")))
    number, body, park, year = (words(data, key) for key in ("number", "body", "park", "year"))
    case = Case(number, body, park, year, Noted(event.at, event.by), ())
    for one in data["people"]:
        case = _with(case, one["role"], one["name"])
    for role, entry in conduct().roles.items():
        if entry.one and not any(case.names(role)):
            raise WrongUsage("engage.nobody_holds", role=role)
    if not case.in_team(event.by):
        raise WrongUsage("engage.not_team", name=event.by)
    return case


def _with(case: Case, role: str, name: str) -> Case:
    """Somebody more in a role; a role that one person holds passes to the new one."""
    rules = conduct().roles
    if role not in rules:
        raise WrongUsage("engage.no_role", role=role)
    if not known_as(name):
        raise WrongUsage("engage.nameless")
    if case.holds(role, name):
        raise WrongUsage("engage.holds", name=name, role=role)
    if same(name, case.body):
        raise WrongUsage("engage.body_name", name=name)
    kept = tuple(one for one in case.people if not (rules[role].one and one[0] == role))
    found = replace(case, people=(*kept, (role, name)))
    for one in found.names("reviewer"):
        if found.in_team(one):
            raise WrongUsage("engage.reviewer_in_team", name=one)
    return found


def _appoint(case: Case, event: Event) -> Case:
    by_team(case, event)
    role, name = words(event.data, "role"), words(event.data, "name")
    if role == "reviewer" and known_as(name) in case.acted:
        raise WrongUsage("engage.reviewer_in_team", name=name)  # who worked on it does not review it
    kept = tuple(one for one in case.left if not same(one.by, name))
    return replace(_with(case, role, name), left=kept)


def _leave(case: Case, event: Event) -> Case:
    by_team(case, event)
    name = words(event.data, "name")
    if not any(same(name, one) for one in case.everybody()):
        raise WrongUsage("engage.not_here", name=name)
    kept = tuple(one for one in case.people if not same(one[1], name))
    return replace(case, people=kept, left=(*case.left, Noted(event.at, name, words(event.data, "text"))))


def _declare(case: Case, event: Event) -> Case:
    if not case.is_one_of_us(event.by):
        raise WrongUsage("engage.not_here", name=event.by)
    bans, given = conduct().bans, event.data["answers"]
    if unknown := sorted(set(given) - set(bans)):
        raise WrongUsage("engage.no_ban", ban=", ".join(unknown))
    if missing := [one for one in bans if one not in given]:
        raise WrongUsage("engage.unanswered", bans=", ".join(missing))
    before = case.declared.get(known_as(event.by), {})
    said, withdrawn = {}, list(case.withdrawn)
    for ban in bans:
        answer, text = given[ban]["answer"], given[ban]["words"]
        was = before.get(ban)
        back = was is not None and was.answer == YES and answer == NO
        if answer not in {YES, NO} or ((answer == YES or back) and not text.strip()):
            raise WrongUsage("engage.explain", ban=ban)
        if back:
            withdrawn.append((event.by, ban, text))
        said[ban] = Said(answer, text)
    return replace(case, declared={**case.declared, known_as(event.by): said}, withdrawn=tuple(withdrawn))


def _step(case: Case, event: Event) -> Case:
    by_team(case, event)
    steps, wanted = conduct().steps, str(event.data["step"])
    if wanted not in steps:
        raise WrongUsage("engage.no_step", step=wanted)
    if steps[wanted].by:
        raise WrongUsage("engage.step_by", step=wanted, command=steps[wanted].by)
    for one in steps:
        if one == wanted:
            break
        if one not in case.steps:
            raise WrongUsage("engage.step_before", step=wanted, missing=one)
    if wanted in case.steps:
        raise WrongUsage("engage.step_done", step=wanted)
    if _concluding() in case.steps and not case.current():
        raise WrongUsage("engage.conclude_again", step=wanted)
    return replace(case, steps={**case.steps, wanted: noted(event)})


def _review(case: Case, event: Event) -> Case:
    if not case.holds("reviewer", event.by):
        raise WrongUsage("engage.not_role", name=event.by, role="reviewer")
    return replace(case, review=(noted(event), case.events + 1))


def _conclude(case: Case, event: Event) -> Case:
    if not case.holds("signatory", event.by):
        raise WrongUsage("engage.not_role", name=event.by, role="signatory")
    outcome = judge(case).outcome
    if outcome == NOT_YET:
        raise WrongUsage("engage.too_early")
    if event.data["outcome"] != outcome:
        raise WrongUsage("engage.other_outcome", outcome=str(event.data["outcome"]))
    if case.current() and case.concluded is not None and case.concluded.outcome == outcome:
        raise WrongUsage("engage.concluded")
    before = [one for one in conduct().steps if one < _concluding()]
    steps = {one: case.steps[one] for one in before} | {_concluding(): Noted(event.at, event.by, outcome)}
    return replace(case, steps=steps, concluded=Concluded(event.at, event.by, outcome, case.events + 1))


def _object(case: Case, event: Event) -> Case:
    if case.is_one_of_us(event.by):
        raise WrongUsage("engage.own_answer", name=event.by)
    if not case.steps or max(case.steps) <= _concluding():
        raise WrongUsage("engage.not_notified")
    return replace(case, objections=(*case.objections, Objection(noted(event))))


def _reply(case: Case, event: Event) -> Case:
    if not case.is_one_of_us(event.by):
        raise WrongUsage("engage.not_here", name=event.by)
    open_ones = [at for at, one in enumerate(case.objections) if one.reply is None]
    if not open_ones:
        raise WrongUsage("engage.no_objection")
    told = list(case.objections)
    told[open_ones[0]] = replace(told[open_ones[0]], reply=noted(event))
    return replace(case, objections=tuple(told))


def _concluding() -> str:
    return next(one.id for one in conduct().steps.values() if one.by)


def _last_step() -> str:
    return list(conduct().steps)[-1]


_RULES: dict[str, Callable[[Case, Event], Case]] = {
    "appoint": _appoint,
    "leave": _leave,
    "declare": _declare,
    "step": _step,
    "review": _review,
    "conclude": _conclude,
    "object": _object,
    "reply": _reply,
    **findings.RULES,
}
