"""What `check` and `verify` do alike: travel the road, print the answer, write the report, give the exit code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.cli.options import progress, reached
from verify.cli.out import put, put_all
from verify.cli.writing import ready, writing
from verify.errors import OurFault
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.cli.marking import Marking
    from verify.road import Report


@dataclass(frozen=True)
class Asked:
    """The options of one run, as the command line gave them."""

    submission: Path
    out: Path | None
    ruler: str
    year: str
    fail_level: str
    threads: int | None
    memory: str
    everything: bool
    as_json: bool
    quiet: bool
    lang: Language
    commitments: tuple[Path, ...] = ()
    openings: tuple[Path, ...] = ()


def run(asked: Asked, stage: Callable[..., Report], marking: Marking | None = None) -> int:
    """Travel with `stage` (`road.check` or `road.verify`), and mark the workbook where a park checks itself.

    Exit code 0 or 1; errors are raised (verify.errors).
    """
    from verify import road
    from verify.cli.history import read_history
    from verify.cli.summary import lines

    if asked.out is not None:
        ready(asked.out, apart_from=asked.submission)
    if marking is not None:
        marking.look()
    held = read_history(asked.commitments, asked.openings)
    settings: dict[str, Any] = {"memory_limit": asked.memory} if asked.memory else {}
    with progress(asked.lang, quiet=asked.quiet) as tell:
        report = stage(
            asked.submission,
            ruler=asked.ruler,
            year=asked.year,
            history=held,
            settings=road.Settings(threads=asked.threads, **settings),
            progress=tell,
        )
    written: list[Path] = []
    if asked.out is not None:
        with writing(asked.out):
            written = road.write_report(asked.out, report)
    said = marking.write(report) if marking is not None else ""
    if asked.as_json:
        put(report.json_bytes().decode("utf-8"))
    elif not asked.quiet:
        put_all(lines(report.document(), asked.lang, everything=asked.everything))
        if written:
            files = ", ".join(path.name for path in written)
            put(say("cli.written", asked.lang, folder=str(asked.out), files=files))
        put_all([said] if said else [])
    crashed(report)
    return 1 if reached(report.facts, asked.fail_level) else 0


def crashed(report: Report) -> None:
    """Raises OurFault where a check of the report crashed; the report says so itself."""
    if report.crashes:
        raise OurFault("cli.check_crashed", count=len(report.crashes), crash=report.crashes[0].strip().splitlines()[-1])
