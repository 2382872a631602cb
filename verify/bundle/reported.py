"""The report of a bundle: is it the signed one, does everything beside it follow from it, do its figures come out again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from verify import __version__
from verify.attest.outcome import Check, Record
from verify.attest.statement import Statement
from verify.bundle import bindings, made_again
from verify.bundle.cells import Row
from verify.bundle.committed import MEMBERS, OpenedLine, committed
from verify.bundle.made_again import METADATA, PAGES, Pages
from verify.bundle.members import NAME, outside
from verify.bundle.published import NAME as REPORT
from verify.bundle.published import Published, read_report
from verify.bundle.recompute import Recomputed, recompute
from verify.bundle.verdict import RESTS
from verify.errors import NotVerified
from verify.words import catalogue_sha256

Value = TypeVar("Value")
_KNOWN = {NAME, REPORT, bindings.RULER, *MEMBERS, *PAGES, *METADATA}
_SHOWN = 5  # names of files that a reason lists; the count is complete


@dataclass(frozen=True)
class Reported:
    """The report where it is the signed one, the signed ruler, and each published figure beside the recomputed one."""

    report: Published | None
    ruler: Mapping[str, Any] | None
    recomputed: tuple[Recomputed, ...]
    opened: tuple[OpenedLine, ...] = ()


def each(record: Record, name: str, faults: Iterable[NotVerified]) -> None:
    """The check `name`: verified where there is no fault, else failed once for each of them."""
    found = [Check(name, "failed", one.key, one.arguments) for one in faults]
    record.checks += found or [Check(name, "verified")]


def reported(
    record: Record,
    members: Mapping[str, bytes],
    statement: Statement | None,
    plain: Mapping[str, Any] | None,
    pages: Pages | None,
    opening: bytes | None = None,
) -> Reported:
    """`plain` is what ruler.json holds. Checks report, ruler, stated, tables, recompute, pages, metadata; commitments, an opening
    and copies where there are any."""
    if statement is None:
        rest = ("report", "ruler", "stated", "tables", "recompute", "pages", "metadata")
        for name in (*rest, "opening") if opening is not None else rest:
            record.skip(name, RESTS)
        return Reported(None, None, ())
    report = record.run("report", lambda: _report(members, statement))
    ruler = record.run("ruler", lambda: bindings.ruler(members, plain, statement))
    recomputed: list[Recomputed] = []
    if report is None:
        for name in ("stated", "tables", "recompute", "pages", "metadata"):
            record.skip(name, RESTS)
    else:
        each(record, "stated", bindings.differences(statement, report.facts))
        recomputed = _Derived(record, members, statement, report, ruler).checks(pages)
    cells, _ = _tried(lambda: made_again.cells_of(members))
    opened = committed(record, members, statement, None if report is None else report.facts, cells, opening)
    _copies(record, members)
    return Reported(report, ruler, tuple(recomputed), opened)


class _Derived:
    """What follows from one report: each part made again once."""

    def __init__(
        self,
        record: Record,
        members: Mapping[str, bytes],
        statement: Statement,
        report: Published,
        ruler: Mapping[str, Any] | None,
    ) -> None:
        self.record, self.members, self.statement, self.report, self.ruler = record, members, statement, report, ruler
        self.own_tool = statement.tool_version == __version__
        self.own_words = statement.catalogue_sha256 == catalogue_sha256()

    def checks(self, pages: Pages | None) -> list[Recomputed]:
        """Checks tables, recompute, pages, metadata; every figure recomputed."""
        cells, no_cells = _tried(lambda: made_again.cells_of(self.members))
        fresh, no_pages = None, None
        if pages is not None and self.own_tool and self.own_words:
            fresh, no_pages = _tried(lambda: made_again.rendered(pages, self.report.document))
        shown = {
            **(fresh or {name: self.members[name] for name in PAGES if name in self.members}),
            **{name: self.members[name] for name in MEMBERS if name in self.members},
        }
        made, not_made = _tried(lambda: made_again.derived(self.report.document, self.ruler or {}, cells or [], shown))
        names = sorted({*made_again.tables(self.members), *made_again.tables(made or {})})
        self._compared("tables", made, no_cells or not_made, names)
        found = self._recompute(cells)
        self._pages(pages, fresh, no_pages)
        if not (self.own_tool and self.own_words):
            self._made_elsewhere("metadata")
        elif self.ruler is None or no_cells is not None:
            self.record.skip("metadata", RESTS)
        else:
            self._compared("metadata", made, not_made, METADATA)
        return found

    def _pages(self, pages: Pages | None, fresh: Mapping[str, bytes] | None, fault: NotVerified | None) -> None:
        if pages is None:
            self.record.skip("pages", "bundle.pages_not_made", required=False)
        elif not (self.own_tool and self.own_words):
            self._made_elsewhere("pages")
        else:
            self._compared("pages", fresh, fault, PAGES)

    def _made_elsewhere(self, name: str) -> None:
        """Not held against it: a report is read for longer than one version of this program lives."""
        key = "bundle.other_words" if self.own_tool else "bundle.other_tool"
        versions = {"made": self.statement.tool_version, "here": __version__}
        self.record.skip(name, key, required=False, **versions)

    def _compared(
        self, check: str, made: Mapping[str, bytes] | None, fault: NotVerified | None, names: Sequence[str]
    ) -> None:
        faults = [fault] if fault is not None else made_again.differences(made or {}, self.members, names)
        each(self.record, check, faults)

    def _recompute(self, cells: Sequence[Row] | None) -> list[Recomputed]:
        if cells is None or self.ruler is None:
            self.record.skip("recompute", RESTS)
            return []
        found, fault = _tried(lambda: recompute(self.ruler or {}, self.report.facts, cells))
        if found is None:
            each(self.record, "recompute", [fault] if fault is not None else [])
            return []
        figures = {(one.item, one.kind) for one in found}  # an indicator stands in two sections
        again = {(one.item, one.kind) for one in found if one.state == "verified"}
        wrong = [one for one in found if one.state == "failed"]
        if not wrong and not again:
            self.record.skip("recompute", "bundle.recompute_nothing", count=str(len(figures)))
            return found
        each(self.record, "recompute", [_wrong(one) for one in wrong])
        if not wrong:
            self.record.note("bundle.recompute_some", again=str(len(again)), count=str(len(figures)))
        return found


def _report(members: Mapping[str, bytes], statement: Statement) -> Published:
    found = read_report(_member(members, REPORT))
    bindings.report_digest(found, statement)
    return found


def _member(members: Mapping[str, bytes], name: str) -> bytes:
    if name not in members:
        raise NotVerified("bundle.member_missing", member=name)
    return members[name]


def _wrong(one: Recomputed) -> NotVerified:
    return NotVerified(
        "bundle.recomputed_failed", item=one.item, kind=one.kind, published=one.published, recomputed=one.recomputed
    )


def _copies(record: Record, members: Mapping[str, bytes]) -> None:
    """Signed files that nothing here reads: XLSX, PDF."""
    others = [
        name
        for name in sorted(members)
        if name not in _KNOWN and not name.startswith(made_again.DATA) and not outside(name)
    ]
    if others:
        listed = ", ".join(others[:_SHOWN]) + (" …" if len(others) > _SHOWN else "")
        record.skip("copies", "bundle.copies", required=False, count=str(len(others)), listed=listed)


def _tried(make: Callable[[], Value]) -> tuple[Value | None, NotVerified | None]:
    try:
        return make(), None
    except NotVerified as error:
        return None, error
