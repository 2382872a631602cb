"""check and verify: one road for both; the role is recorded and changes no rule (DESIGN 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypedDict, Unpack

from verify.checks import Finding, Run, World, run_checks
from verify.engine import Engine
from verify.errors import Located
from verify.history import Frozen
from verify.ledger.explain import LARGEST, Explainer, ItemTrace
from verify.opinion import Opinion, Role, assemble, opine
from verify.report.document import Report as Plain
from verify.road.bridges import bridges
from verify.road.faults import add_faults, as_findings
from verify.road.world import build
from verify.ruler import Ruler, available, load_ruler
from verify.submission import Submission, read

DEFAULT_RULER = "cn-national-2025"
Progress = Callable[[str, str], None]  # stage, detail


@dataclass(frozen=True)
class Settings:
    """How the engine may run; changes no figure. `memory_limit` as DuckDB writes it, e.g. ``2GB``: what does not fit goes
    to disk. With the default a process stays below 1 GiB whatever is handed in (tests/acceptance/accept_bad_input.py).
    """

    threads: int | None = None
    memory_limit: str | None = "448MB"


class Asked(TypedDict, total=False):
    """What may be asked of the road. `history`: commitments of earlier filings to hold this one against."""

    ruler: str
    year: str
    history: Sequence[Frozen]
    settings: Settings | None
    progress: Progress | None


@dataclass(frozen=True)
class Report(Plain):
    """The report, and what only this run knows: checks that crashed (our own fault, never a finding)."""

    crashes: tuple[str, ...] = field(default=(), repr=False)


@dataclass
class Journey:
    """A road travelled, with the world still open: for `explain` and whoever wants more than the report."""

    world: World
    runs: list[Run]
    findings: list[Finding]
    opinion: Opinion
    facts: dict[str, Any]

    def report(self) -> Report:
        """The report of this journey."""
        crashes = tuple(run.crash for run in self.runs if run.crash)
        return Report(self.facts, _places(self.world.submission, self.facts), crashes)


def verify(path: Path, **asked: Unpack[Asked]) -> Report:
    """Verify a submission (folder, workbook or zip) as a third party does. Errors: verify.errors."""
    with travel(path, role="verification", **asked) as journey:
        return journey.report()


def check(path: Path, **asked: Unpack[Asked]) -> Report:
    """The same road as a park's self-check (自查)."""
    with travel(path, role="self_check", **asked) as journey:
        return journey.report()


def explain(journey: Journey, item: str, *, lines: int = LARGEST) -> ItemTrace:
    """Why a figure of the reporting year is what it is, with the `lines` largest rows of each sum.

    KeyError for an item that the ruler does not have.
    """
    world = journey.world
    figures = world.figures[world.year]
    return Explainer(world.engine, world.ruler, world.ledger, figures, world.chosen, shown=lines).item(item)


@contextmanager
def travel(
    path: Path,
    *,
    role: Role,
    ruler: str = "",
    year: str = "",
    history: Sequence[Frozen] = (),
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Iterator[Journey]:
    """Travel the whole road and keep the world open for the length of the block."""
    tell = progress or (lambda stage, detail: None)
    settings = settings or Settings()
    with TemporaryDirectory(prefix="truezero-") as folder:
        engine = Engine(threads=settings.threads, memory_limit=settings.memory_limit, spill=Path(folder) / "spill")
        tell("read", path.name)
        first = load_ruler(ruler or DEFAULT_RULER)
        submission = read(
            path,
            engine=engine,
            workdir=Path(folder),
            values=steam_values(first),
            progress=lambda detail: tell("read", detail),
        )
        chosen = _ruler(first, ruler, submission)
        engine.seal()
        tell("account", chosen.id)
        world = build(submission, chosen, engine, year=year)
        world.history = tuple(history)
        runs, found = run_checks(world, progress=lambda code: tell("check", code))
        found = [*as_findings(submission), *found]
        tell("judge", world.year)
        opinion = opine(world, runs, found)
        tell("bridge", f"{world.base_year} → {world.year}")
        facts = assemble(world, runs, found, opinion, role, bridges(world))
        yield Journey(world, runs, found, opinion, facts)


def _ruler(first: Ruler, asked: str, submission: Submission) -> Ruler:
    """The ruler asked for, else the one that park.yaml names. Raises `Located` where there is no such ruler."""
    named = submission.park.ruler.partition("@")[0]
    if asked or not named or named == first.id:
        return first
    if named not in available():
        words = {"ruler": named, "available": ", ".join(available())}
        problem = submission.park_marks.problem(("ruler",), "road.no_ruler", **words)
        raise Located("road.park_does_not_fit", [problem])
    return load_ruler(named)


def steam_values(ruler: Ruler) -> Any:
    """What the door needs of a ruler: the reference enthalpy of steam by the tonne; None where it prints none."""
    from verify.submission import SteamValues

    found = ruler.find("energy.steam_reference_enthalpy", "")
    return SteamValues(found[1].value) if found is not None else None


def _places(submission: Submission, facts: dict[str, Any]) -> dict[str, Any]:
    """Where the rows stand that the facts mention; kept apart from the facts, for places differ with the form."""
    mentioned = {row_id for finding in facts["findings"] for row_id in finding["row_ids"]}
    mentioned |= {row["row_id"] for row in facts["dispositions"]["excluded"]}
    return add_faults(submission.places.find(sorted(mentioned)), submission)
