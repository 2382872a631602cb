"""All checks across parks over a registry. What a new filing cannot have changed is kept and not asked again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.engine import Engine
from verify.registry import certificates_check, copies, fences, members, moved, plants
from verify.registry import rules as own_rules
from verify.registry.found import Answer, Check, Found, in_order, read
from verify.registry.state import Registry
from verify.registry.view import View

CHECKS: tuple[Check, ...] = (
    Check("TZ-REG-01", ("uses",), certificates_check.ask),
    Check("TZ-REG-02", ("spells",), members.twice),
    Check("TZ-REG-03", ("spells",), members.nowhere),
    Check("TZ-REG-04", ("outputs",), moved.production),
    Check("TZ-REG-05", ("capacities",), moved.capacity),
    Check("TZ-REG-06", ("deliveries",), plants.hours),
    Check("TZ-REG-07", ("plants",), plants.shares),
    Check("TZ-REG-08", ("bands",), copies.ask),
    Check("TZ-REG-09", ("mothers",), fences.cut),
    Check("TZ-REG-10", ("names",), fences.same),
)
_LIMIT = "1GB"


@dataclass(frozen=True)
class Checked:
    """What stands after a check. `again`: how many filings were new to it, `plain`: as it is kept in the folder."""

    found: tuple[Found, ...]
    again: int
    plain: Mapping[str, Any]


def check(
    registry: Registry,
    *,
    workdir: Path,
    threads: int | None = None,
    anew: bool = False,
    progress: Callable[[str], None] = lambda code: None,
) -> Checked:
    """Ask every check; of keys that no filing touched since the last time, what was found then stands. Same result as `anew`."""
    rules = own_rules.load()
    before = registry.checked
    kept = not anew and before.get("rules") == rules.sha256
    since = frozenset(int(one) for one in before["filings"]) if kept else None
    engine = Engine(threads=threads, memory_limit=_LIMIT, spill=workdir)
    view = View(registry, engine, since)
    old = [read(one) for one in before.get("findings", ())] if kept else []
    parks = view.moved_parks() if kept else frozenset()
    found: list[Found] = []
    runs = []
    for one in CHECKS:
        progress(one.code)
        if kept and not view.fresh and not parks:
            found += [this for this in old if this.code == one.code]
            runs += [run for run in before["runs"] if run["code"] == one.code]
            continue
        answer = one.ask(view, rules.params(one.code))
        found += [*answer.found, *(this for this in old if this.code == one.code and _stands(this, answer, parks))]
        runs.append(_run(one, answer, rules.checks[one.code]["severity"]))
    found = in_order(found)
    plain = {
        "rules": rules.sha256,
        "filings": [str(number) for number in sorted(registry.filings)],
        "runs": runs,
        "findings": [one.plain() for one in found],
    }
    return Checked(tuple(found), len(view.fresh), plain)


def _stands(found: Found, answer: Answer, parks: frozenset[str]) -> bool:
    return answer.asked is not None and found.key not in answer.asked and not parks & set(found.parks)


def _run(check: Check, answer: Answer, severity: str) -> dict[str, str]:
    outcome = "found" if answer.found else "passed" if answer.population else "not_applicable"
    return {"code": check.code, "severity": severity, "outcome": outcome, "population": str(answer.population)}
