"""The fold of an engagement: what may follow what, what follows from it, and when things are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from typing import Any

import pytest

from verify.engagement import deadlines
from verify.engagement.case import Case
from verify.engagement.conclusion import judge
from verify.engagement.conduct import UNCONFIRMED, conduct
from verify.engagement.fold import after
from verify.engagement.register import FORMAT, Event
from verify.errors import WrongUsage

LEAD, MEMBER, REVIEWER, SIGNATORY, BODY, UNIT = "王芳", "Li Ming", "赵敏", "周宏", "Body 017", "刘工"
PEOPLE = [("lead", LEAD), ("member", MEMBER), ("reviewer", REVIEWER), ("signatory", SIGNATORY)]
PAPER = {"name": "a.pdf", "sha256": "0" * 64}


def on(day: str, by: str, name: str, /, **data: Any) -> Event:
    return Event(f"2028-{day}T09:00:00+08:00", by, name, data)


def opening(people: list[tuple[str, str]] = PEOPLE, **other: Any) -> Event:
    listed = [{"name": name, "role": role} for role, name in people]
    return on(
        "03-03", LEAD, "open",
        **({"number": "V1", "body": BODY, "park": "p1", "year": "2027", "format": FORMAT, "people": listed} | other),
    )  # fmt: skip


def declared(by: str, day: str = "03-03", **yes: str) -> Event:
    answers = {
        ban: {"answer": "yes" if f"b{ban}" in yes else "no", "words": yes.get(f"b{ban}", "")} for ban in conduct().bans
    }
    return on(day, by, "declare", answers=answers)


def step(number: str, day: str = "03-06", by: str = LEAD) -> Event:
    return on(day, by, "step", step=number, text="done")


def raised(number: str, kind: str, day: str = "03-06", by: str = MEMBER) -> Event:
    return on(day, by, "raise", finding=number, kind=kind, clause="annex 4", text={"zh": "差", "en": "differs"})


def answered(number: str, day: str = "03-07", by: str = UNIT, papers: tuple[Any, ...] = (PAPER,)) -> Event:
    return on(day, by, "answer", finding=number, cause="typing", correction="put right", papers=list(papers))


def closed(number: str, day: str = "03-08", by: str = MEMBER) -> Event:
    return on(day, by, "close", finding=number, text="seen")


def reviewed(day: str = "03-09", by: str = REVIEWER) -> Event:
    return on(day, by, "review", text="agreed")


def concluded(outcome: str, day: str = "03-10", by: str = SIGNATORY) -> Event:
    return on(day, by, "conclude", outcome=outcome)


def estimated(number: str, tco2: str = "12.5", day: str = "03-08", year: str = "2027") -> Event:
    return on(day, LEAD, "estimate", finding=number, tco2=tco2, year=year, text="largest month")


def case(*events: Event) -> Case:
    found = reduce(after, events, None)  # type: ignore[arg-type]
    assert found is not None
    return found


STEPS = [step(f"{number:02}") for number in range(1, 6)]
DECLARED = [declared(name) for name in (BODY, LEAD, MEMBER, REVIEWER, SIGNATORY)]
READY = [opening(), *DECLARED, *STEPS]
NC, ASK, SEEN = (
    raised(f"F00{at}", kind) for at, kind in enumerate(("non_conformity", "clarification", "observation"), 1)
)


def keys(found: Case, weight: str = "") -> list[str]:
    return [one.key for one in judge(found).reasons if weight in {"", one.weight}]


def test_nothing_open_passes() -> None:
    found = case(
        *READY, NC, ASK, SEEN, answered("F001"), answered("F002", papers=()), closed("F001"), closed("F002"), reviewed()
    )
    assert judge(found).outcome == "passed"
    assert keys(found) == []  # an observation that stays open hinders nothing
    done = case(*READY, reviewed(), concluded("passed"), step("07", "03-13"), step("08", "03-14"))
    assert sorted(done.steps) == sorted(conduct().steps)


def test_an_open_non_conformity_does_not_pass_until_it_is_estimated() -> None:
    events = [*READY, NC, reviewed()]
    assert (judge(case(*events)).outcome, keys(case(*events))) == ("not_passed", ["open_non_conformity"])
    issued = case(*events, concluded("not_passed"))
    assert issued.current()
    later = [*events, concluded("not_passed"), estimated("F001", day="03-13")]
    assert not case(*later).current()
    assert keys(case(*later)) == ["old_review", "estimated"]  # whoever reviewed did not see the estimate
    later.append(reviewed("03-14"))
    assert (judge(case(*later)).outcome, keys(case(*later), "remark")) == ("passed", ["estimated"])
    assert case(*later, concluded("passed", "03-15")).current()


def test_every_reason_is_told() -> None:
    found = case(opening(), NC, ASK)
    assert judge(found).outcome == "not_yet"
    assert keys(found) == [
        *["undeclared"] * 5,
        *["step_missing"] * 5,
        "no_review",
        "open_non_conformity",
        "open_clarification",
    ]


def test_a_conflict_allows_no_conclusion_and_an_unconfirmed_ban_only_remarks() -> None:
    (unconfirmed,) = (ban for ban, one in conduct().bans.items() if one.confidence == UNCONFIRMED)
    remarked = case(*READY, declared(MEMBER, "03-07", **{f"b{unconfirmed}": "next province"}), reviewed())
    assert (judge(remarked).outcome, keys(remarked)) == ("passed", ["conflict"])
    barred = [*READY, declared(MEMBER, "03-07", b7="adviser in 2025")]
    assert keys(case(*barred, reviewed()), "not_yet") == ["conflict"]
    left = [*barred, on("03-08", LEAD, "leave", name=MEMBER, text="conflict")]
    assert keys(case(*left, reviewed())) == []  # nothing was done by this member
    worked = [*READY, NC, *left[len(READY) :]]
    assert "conflict" in keys(case(*worked, reviewed()), "not_yet")  # what they did stays
    back = [*barred, declared(MEMBER, "03-08")]
    with pytest.raises(WrongUsage, match=r"engage\.explain"):
        case(*back)
    answers = {ban: {"answer": "no", "words": "a mistake" if ban == "7" else ""} for ban in conduct().bans}
    withdrawn = case(*barred, on("03-08", MEMBER, "declare", answers=answers), reviewed())
    assert (judge(withdrawn).outcome, keys(withdrawn)) == ("passed", ["withdrawn"])


def test_a_reviewer_who_joins_the_team_did_not_review_independently() -> None:
    moved = [
        *READY,
        reviewed("03-07"),
        on("03-08", LEAD, "appoint", role="reviewer", name="陈静"),
        on("03-08", LEAD, "appoint", role="member", name=REVIEWER),
        declared("陈静", "03-08"),
    ]
    assert keys(case(*moved)) == ["reviewer_in_team"]


def test_an_escalated_question_asks_for_papers() -> None:
    events = [
        *READY,
        raised("F001", "clarification"),
        answered("F001", papers=()),
        on("03-08", LEAD, "escalate", finding="F001", text="no"),
    ]
    assert case(*events).findings["F001"].kind == "non_conformity"
    with pytest.raises(WrongUsage, match=r"engage\.no_evidence"):
        case(*events, closed("F001"))
    assert case(*events, answered("F001", "03-09"), closed("F001", "03-10")).findings["F001"].state == "closed"


REFUSED = {
    "not_open": [NC],
    "open_twice": [opening(), opening()],
    "format": [opening(format="truezero-engagement/9")],
    "nobody_holds": [opening(PEOPLE[:3])],
    "not_team": [opening(), raised("F001", "non_conformity", by=REVIEWER)],
    "not_team ": [opening(), step("01", by=SIGNATORY)],
    "reviewer_in_team": [opening([*PEOPLE[:2], ("reviewer", "LI  ｍing"), PEOPLE[3]])],
    "reviewer_in_team ": [opening(), on("03-04", LEAD, "appoint", role="member", name=REVIEWER)],
    "reviewer_in_team  ": [
        opening(), NC, on("03-07", LEAD, "leave", name=MEMBER, text="x"), on("03-07", LEAD, "appoint", role="reviewer", name=MEMBER),
    ],
    "no_role": [opening(), on("03-04", LEAD, "appoint", role="guest", name="x")],
    "holds": [opening(), on("03-04", LEAD, "appoint", role="member", name=MEMBER)],
    "body_name": [opening(), on("03-04", LEAD, "appoint", role="member", name=BODY)],
    "nameless": [opening(), on("03-04", " ", "review", text="x")],
    "not_here": [opening(), declared("somebody")],
    "not_here ": [opening(), on("03-04", LEAD, "leave", name="somebody", text="x")],
    "unanswered": [opening(), on("03-04", LEAD, "declare", answers={"1": {"answer": "no", "words": ""}})],
    "no_ban": [opening(), on("03-04", LEAD, "declare", answers={"77": {"answer": "no", "words": ""}})],
    "explain": [opening(), declared(LEAD, b3=" ")],
    "no_step": [opening(), step("09")],
    "step_by": [*READY, step("06")],
    "step_before": [opening(), step("02")],
    "step_done": [opening(), step("01"), step("01")],
    "conclude_again": [*READY, reviewed(), concluded("passed"), raised("F001", "observation", "03-11"), step("07", "03-12")],
    "time": [replace(opening(), at="2028-03-03T09:00:00Z")],
    "earlier": [opening(), replace(NC, at="2028-03-02T23:59:59+08:00")],
    "unknown_event": [opening(), on("03-04", LEAD, "delete", finding="F001")],
    "other_park": [opening(), on("03-04", LEAD, "import", park="p2", year="2027", facts_sha256="0")],
    "no_kind": [opening(), raised("F001", "scandal")],
    "number": [opening(), raised("F002", "observation")],
    "no_finding": [opening(), closed("F001")],
    "own_answer": [opening(), NC, answered("F001", by=REVIEWER)],
    "no_evidence": [opening(), NC, answered("F001", papers=())],
    "wordless": [opening(), NC, answered("F001"), on("03-08", LEAD, "close", finding="F001", text=" ")],
    "unanswered_finding": [opening(), NC, closed("F001")],
    "unanswered_finding ": [opening(), NC, estimated("F001"), closed("F001")],
    "closed": [opening(), NC, answered("F001"), closed("F001"), answered("F001", "03-09")],
    "closed ": [opening(), NC, answered("F001"), closed("F001"), estimated("F001")],
    "not_clarification": [opening(), NC, on("03-07", LEAD, "escalate", finding="F001", text="x")],
    "not_non_conformity": [opening(), raised("F001", "observation"), estimated("F001")],
    "tonnes": [opening(), NC, estimated("F001", "-1")],
    "tonnes ": [opening(), NC, estimated("F001", "NaN")],
    "year": [opening(), NC, estimated("F001", year="last")],
    "not_role": [*READY, reviewed(by=SIGNATORY)],
    "not_role ": [*READY, reviewed(), concluded("passed", by=LEAD)],
    "too_early": [opening(), concluded("passed")],
    "other_outcome": [*READY, NC, reviewed(), concluded("passed")],
    "concluded": [*READY, reviewed(), concluded("passed"), concluded("passed")],
    "not_notified": [*READY, reviewed(), concluded("passed"), on("03-11", UNIT, "object", text="no")],
    "no_objection": [opening(), on("03-11", LEAD, "reply", text="no")],
    "ended": [*READY, reviewed(), concluded("passed"), step("07", "03-11"), step("08", "03-11"), raised("F001", "observation", "03-12")],
}  # fmt: skip


@pytest.mark.parametrize("key", REFUSED)
def test_what_may_not_follow_is_refused(key: str) -> None:
    """Everything before the last event is allowed; the last one is not."""
    *before, last = REFUSED[key]
    held = case(*before) if before else None
    with pytest.raises(WrongUsage, match=rf"engage\.{key.strip()}\("):
        after(held, last)


def test_working_days_by_counting() -> None:
    for start in (date(2028, 3, 1) + timedelta(days=at) for at in range(14)):
        for days in (1, 5, 7, 10):
            at, left = start, days
            while left:
                at += timedelta(days=1)
                left -= at.strftime("%a") not in {"Sat", "Sun"}
            assert deadlines.due(start, days, working=True) == at
    assert deadlines.due(date(2028, 3, 3), 5, working=True) == date(2028, 3, 10)  # a Friday to a Friday
    assert deadlines.due(date(2028, 3, 4), 1, working=True) == date(2028, 3, 6)
    assert deadlines.due(date(2028, 3, 3), 30, working=False) == date(2028, 4, 2)


def test_reminders_run_and_end() -> None:
    def due(found: Case, today: str) -> list[tuple[str, str, str, bool]]:
        told = deadlines.reminders(found, date.fromisoformat(f"2028-{today}"))
        assert all((one.confidence == UNCONFIRMED) == (one.limit in {"correction", "conclusion"}) for one in told)
        return [(one.limit, one.about, one.due.isoformat()[5:], one.overdue) for one in told]

    events = [*READY, NC, raised("F002", "observation")]
    conclusion = ("conclusion", "", "04-02", False)
    assert due(case(*events), "03-13") == [("correction", "F001", "03-13", False), conclusion]
    assert due(case(*events), "03-14") == [("correction", "F001", "03-13", True), conclusion]
    assert due(case(*events, answered("F001")), "03-14") == [conclusion]
    assert judge(case(*events, reviewed())).outcome == "not_passed"  # overdue or not: nothing follows
    told = [*events, answered("F001"), closed("F001"), reviewed(), concluded("passed"), step("07", "03-13")]
    assert due(case(*told), "03-23") == [("objection", "", "03-22", True)]
    objected = [*told, on("03-15", UNIT, "object", text="too high")]
    assert due(case(*objected), "03-20") == [("reply", "1", "03-29", False)]
    assert due(case(*objected, on("03-20", LEAD, "reply", text="it stands")), "03-30") == []
