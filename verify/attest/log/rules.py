"""The rules of a whole log (L1 to L4), over all its entries in their order: what fails, and what a reader must be told.

Heads alone decide, so the rules hold for entries that are not released yet; an opinion is known only where it is released.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from verify.attest.log import kinds
from verify.attest.log.entries import Entry

State = Literal["open", "overdue", "ended", "late"]


@dataclass(frozen=True)
class Logged:
    """An entry at its index; `content` is the rest of it, None where it is not released."""

    index: int
    entry: Entry
    content: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Remark:
    """What a rule says of the log: a message of the catalogue `log`; it fails the log, or is told beside it."""

    rule: str
    key: str
    arguments: Mapping[str, str]
    fails: bool = True


@dataclass
class Engagement:
    """An opening and what came of it. `verdicts` that stand: those neither superseded nor withdrawn; `gone` are the others."""

    opening: Logged
    verdicts: list[Logged] = field(default_factory=list)
    terminated: Logged | None = None
    gone: list[Logged] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Body and number of the opening."""
        return f"{self.opening.entry.body} #{self.opening.entry.seq}"

    @property
    def end(self) -> Logged | None:
        """The first terminal entry."""
        ends = [*self.verdicts, *self.gone, *([self.terminated] if self.terminated else [])]
        return min(ends, key=lambda one: one.index, default=None)

    @property
    def adverse(self) -> bool:
        """Whether a verdict that is released, standing or not, was adverse: a replaced one stays visible (L4)."""
        return any((one.content or {}).get("opinion") == "adverse" for one in (*self.verdicts, *self.gone))

    def state(self, on: str) -> State:
        """Where it stands on the day `on`, YYYY-MM-DD, by its deadline (L3)."""
        deadline, end = self.opening.entry.deadline or "", self.end
        if end is None:
            return "overdue" if on > deadline else "open"
        return "late" if end.entry.date[:10] > deadline else "ended"


def engagements(log: Sequence[Logged]) -> list[Engagement]:
    """Every engagement in the order of the openings; links that lead nowhere are for `remarks`."""
    held = {(one.entry.body, one.entry.seq): one for one in log}
    found = {key: Engagement(one) for key, one in held.items() if one.entry.kind == kinds.OPENED}
    replied = {(one.entry.body, one.entry.about) for one in log if one.entry.kind in kinds.REPLIES}
    for (body, seq), one in held.items():
        task = found.get((body, one.entry.engagement or 0))
        if task is None:
            continue
        if one.entry.kind == kinds.VERDICT:
            (task.gone if (body, seq) in replied else task.verdicts).append(one)
        elif one.entry.kind == kinds.TERMINATED and task.terminated is None:
            task.terminated = one
    return list(found.values())


def remarks(
    log: Sequence[Logged], on: str, concerns: Callable[[Engagement], bool] = lambda _: True
) -> Iterator[Remark]:
    """What the rules say. `on`: the latest day that the log itself shows; `concerns` picks the engagements that L3 is held
    against (those of one place, or all)."""
    yield from _numbers(log)
    yield from _order(log)
    yield from _links(log)
    for one in engagements(log):
        state = one.state(on)
        if state not in {"overdue", "late"} or not concerns(one):
            continue
        arguments = {"engagement": one.name, "deadline": one.opening.entry.deadline or ""}
        yield Remark("L3", f"log.{state}", arguments, fails=state == "overdue")


def _numbers(log: Sequence[Logged]) -> Iterator[Remark]:
    """L2: the numbers of each body are 1, 2, 3 …; what is missing is shown by number."""
    last: dict[str, int] = {}
    for one in log:
        body, seq, wanted = one.entry.body, one.entry.seq, last.get(one.entry.body, 0) + 1
        if seq > wanted:
            missing = str(wanted) if seq == wanted + 1 else f"{wanted}-{seq - 1}"
            yield Remark("L2", "log.gap", {"body": body, "missing": missing, "index": str(one.index)})
        elif seq < wanted:
            yield Remark("L2", "log.repeated", {"body": body, "number": str(seq), "index": str(one.index)})
        last[body] = max(seq, wanted - 1)


def _order(log: Sequence[Logged]) -> Iterator[Remark]:
    """A log's own dates never go back."""
    before = ""
    for one in log:
        if one.entry.date < before:
            yield Remark("L9", "log.dates", {"index": str(one.index), "date": one.entry.date})
        before = max(before, one.entry.date)


def _links(log: Sequence[Logged]) -> Iterator[Remark]:
    """L1 and L4: a link leads to an earlier entry of the kind that it needs, and one engagement has one verdict that stands."""
    seen: dict[tuple[str, int], Entry] = {}
    standing: dict[tuple[str, int], int] = {}  # of each engagement, the number of its verdict
    for one in log:
        entry = one.entry
        yield from (
            Remark(rule, key, {"index": str(one.index)}, fails) for rule, key, fails in faults(entry, seen, standing)
        )
        seen[entry.body, entry.seq] = entry
        note(entry, standing, seen)


def faults(
    entry: Entry, seen: Mapping[tuple[str, int], Entry], standing: Mapping[tuple[str, int], int]
) -> Iterator[tuple[str, str, bool]]:
    """Rule, message and whether it fails: what is wrong with an entry after those before it (`seen` by body and number;
    `standing`: the verdict in force by the engagement)."""

    def kind_of(number: int | None) -> str:
        found = seen.get((entry.body, number or 0))
        return found.kind if found else ""

    if entry.engagement is not None and kind_of(entry.engagement) != kinds.OPENED:
        yield "L1", "log.not_opened", True
    if entry.kind == kinds.OPENED and entry.about is not None:
        if kind_of(entry.about) == kinds.SUBMISSION:
            yield "L1", "log.opened_late", False
        else:
            yield "L1", "log.no_submission", True
    if entry.kind in kinds.REPLIES:
        if kind_of(entry.about) != kinds.VERDICT:
            yield "L4", "log.no_verdict", True
        elif (entry.body, entry.about) not in {(body, number) for (body, _), number in standing.items()}:
            yield "L4", "log.replied", True
    if entry.kind == kinds.VERDICT and (entry.body, entry.engagement or 0) in standing:
        yield "L4", "log.second_verdict", True


def note(entry: Entry, standing: dict[tuple[str, int], int], seen: Mapping[tuple[str, int], Entry]) -> None:
    """Keep `standing` up to date with an entry."""
    if entry.kind == kinds.VERDICT:
        standing.setdefault((entry.body, entry.engagement or 0), entry.seq)
    elif entry.kind in kinds.REPLIES:
        about = seen.get((entry.body, entry.about or 0))
        if about is not None and standing.get((entry.body, about.engagement or 0)) == entry.about:
            del standing[entry.body, about.engagement or 0]
