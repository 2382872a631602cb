"""The runner: every check that the ruler names, in order of code. A crash is our own fault and never a finding."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from verify.checks.registry import Registered, registered
from verify.checks.rows import HEAD, CouldNotRun, Found, NotApplicable, Rows, Scope
from verify.checks.world import World
from verify.engine import Table
from verify.errors import Exhausted

OutcomeWord = Literal["passed", "found", "not_applicable", "could_not_run", "waived"]
_FETCHED = 5_000  # finding rows fetched per check; the count is complete, the listing says that it was cut


@dataclass(frozen=True)
class Run:
    """A check's outcome on a submission (DESIGN 3): a check that tested nothing has not passed."""

    code: str
    severity: str
    outcome: OutcomeWord
    reason: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    scope: Scope = field(default_factory=Scope)
    rows: int = 0
    crash: str = field(default="", compare=False)


@dataclass(frozen=True)
class Finding:
    """Rows of one check with one subject and period; effects of different findings overlap and are never added."""

    code: str
    severity: str
    subject: str
    period: str
    effect: Decimal | None
    effect_unit: str
    arguments: Mapping[str, str]
    rows: int
    row_ids: tuple[str, ...]


def run_checks(
    world: World, *, progress: Callable[[str], None] | None = None, only: Collection[str] | None = None
) -> tuple[list[Run], list[Finding]]:
    """Run every check of the ruler on the world, or those of `only`; a check may look at the parameters of another."""
    runs: list[Run] = []
    findings: list[Finding] = []
    known = registered()
    for code, entry in sorted(world.ruler.text.checks.items()):
        if only is not None and code not in only:
            continue
        if progress is not None:
            progress(code)
        one = known.get(code)
        if one is None:
            runs.append(Run(code, entry.severity, "could_not_run", "not_written"))
            continue
        run, found = _run(world, one, entry.severity, entry.params)
        runs.append(run)
        findings += found
    return runs, findings


def _run(world: World, one: Registered, severity: str, params: Mapping[str, Any]) -> tuple[Run, list[Finding]]:
    missing = sorted(table for table in one.needs if not world.handed_in(table))
    if missing:
        return Run(one.code, severity, "could_not_run", "table_not_handed_in", {"tables": ", ".join(missing)}), []
    try:
        rows = one.function(world, params)
        found, count = _fetch(world, rows)
    except NotApplicable as no:
        return Run(one.code, severity, "not_applicable", no.reason, no.arguments), []
    except CouldNotRun as no:
        return Run(one.code, severity, "could_not_run", no.reason, no.arguments), []
    except Exhausted:  # no bug: the machine has no room, and every check after this one would fail too
        raise
    except Exception:  # a bug of ours must not end the run; it is shown and the exit code is 5
        return Run(
            one.code, severity, "could_not_run", "crashed", {"check": one.code}, crash=traceback.format_exc()
        ), []
    if not count and not rows.scope.tested:
        return Run(one.code, severity, "not_applicable", "nothing_to_test", scope=rows.scope), []
    outcome: OutcomeWord = "found" if count else "passed"
    return Run(one.code, severity, outcome, scope=rows.scope, rows=count), _grouped(one.code, severity, found)


def _fetch(world: World, rows: Rows) -> tuple[list[Found], int]:
    """The rows of a check: all of a list, the first `_FETCHED` of a table, and how many there are."""
    if isinstance(rows.found, Sequence):
        return list(rows.found), len(rows.found)
    table: Table = rows.found
    fetched = world.engine.rows(table.order_by(["subject", "period", "row_id"]).limit(_FETCHED + 1))
    count = len(fetched)
    if count > _FETCHED:
        count = world.engine.rows(table.aggregate(n=table.count()))[0]["n"]
    arguments = [name for name in table.columns if name not in HEAD]
    return [_found(row, arguments) for row in fetched[:_FETCHED]], count


def _found(row: dict[str, Any], arguments: list[str]) -> Found:
    effect = row["effect"]
    return Found(
        subject=row["subject"],
        period=row["period"],
        arguments={name: row[name] for name in arguments},
        effect=None if effect is None else Decimal(effect).quantize(Decimal("1E-6")),
        effect_unit=row["effect_unit"],
        table=row["table"],
        row_id=row["row_id"],
    )


def _grouped(code: str, severity: str, found: list[Found]) -> list[Finding]:
    """One finding per subject, period and set of arguments that differ in words; effects of its rows are added."""
    groups: dict[tuple[str, str, tuple[tuple[str, str], ...]], list[Found]] = {}
    for row in found:
        groups.setdefault((row.subject, row.period, tuple(sorted(row.arguments.items()))), []).append(row)
    findings = []
    for (subject, period, arguments), rows in sorted(groups.items()):
        effects = [row.effect for row in rows if row.effect is not None]
        findings.append(
            Finding(
                code=code,
                severity=severity,
                subject=subject,
                period=period,
                effect=sum(effects, Decimal(0)) if effects else None,
                effect_unit=rows[0].effect_unit,
                arguments=dict(arguments),
                rows=len(rows),
                row_ids=tuple(sorted({row.row_id for row in rows if row.row_id})),
            )
        )
    return findings
