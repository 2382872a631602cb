"""Checks and opinions of a test: the named checks on the world of the test, the opinion table on written grounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction

from verify.checks import Finding, Run, World
from verify.checks.run import run_checks
from verify.opinion import Grounds, decided, incomplete_core
from verify.road.rule_tests.arithmetic import number
from verify.road.rule_tests.expected import Mismatch, close
from verify.road.rule_tests.read import Case
from verify.road.rule_tests.shape import FindingExpected
from verify.ruler import Ruler
from verify.ruler.marks import Path_


def of_findings(case: Case, here: World) -> Iterator[Mismatch]:
    """The checks that the test names."""
    if not case.test.findings:
        return
    runs, findings = run_checks(here, only=case.test.findings)
    by_code = {run.code: run for run in runs}
    for code, expected in case.test.findings.items():
        path: Path_ = ("findings", code)
        run = by_code.get(code)
        if run is None:
            yield Mismatch(path, code, expected.outcome, "-")
            continue
        yield from _of_check(path, expected, run, [one for one in findings if one.code == code], here.submission.id)


def of_incomplete(case: Case, here: World) -> Iterator[Mismatch]:
    """The core terms with rows that do not count although they should."""
    expected = case.test.incomplete
    if expected is not None:
        got = sorted(incomplete_core(here))
        if got != sorted(expected):
            yield Mismatch(("incomplete",), "incomplete", ", ".join(sorted(expected)) or "-", ", ".join(got) or "-")


def _of_check(
    path: Path_, expected: FindingExpected, run: Run, findings: list[Finding], number_: str
) -> Iterator[Mismatch]:
    if run.crash:
        yield Mismatch(path, run.code, expected.outcome, run.crash.strip().splitlines()[-1])
        return
    if run.outcome != expected.outcome:
        yield Mismatch(path, run.code, expected.outcome, f"{run.outcome} {run.reason}".strip())
    for name, got in (("severity", run.severity), ("rows", str(run.rows)), ("reason", run.reason)):
        wanted = getattr(expected, name)
        if wanted and wanted != got:
            yield Mismatch((*path, name), f"{run.code} {name}", wanted, got)
    effect = sum((one.effect for one in findings if one.effect is not None), Decimal(0))
    if expected.effect and not close(Fraction(effect), expected.effect):
        yield Mismatch((*path, "effect"), f"{run.code} effect", expected.effect, str(effect))
    subjects = " ".join(sorted({one.subject.replace(f"{number_}/", "") for one in findings}))
    if expected.subject and subjects != expected.subject:
        yield Mismatch((*path, "subject"), f"{run.code} subject", expected.subject, subjects)


def of_opinions(case: Case, ruler: Ruler) -> Iterator[Mismatch]:
    """The opinion table of the ruler on the grounds that the test writes down."""
    for place, expected in enumerate(case.test.opinion):
        path: Path_ = ("opinion", place)
        given = {name: number(text) for name, text in expected.grounds.items()}
        opinion = decided(ruler, _grounds(given), case.test.year)
        if opinion.value != expected.value:
            yield Mismatch((*path, "value"), "opinion", expected.value, opinion.value)
        if list(opinion.reasons) != expected.reasons:
            yield Mismatch((*path, "reasons"), "reasons", ", ".join(expected.reasons), ", ".join(opinion.reasons))


def _grounds(given: dict[str, Fraction]) -> Grounds:
    """Grounds of a park without fault, but for what is given."""
    blank = {one.name: Fraction(int(one.name == "covered_share")) for one in fields(Grounds)}
    return Grounds(**{**blank, **given})  # type: ignore[arg-type]
