"""Rule tests on a terminal: a line for each test, its mismatches with file, line and column, and the count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from verify.cli.refusal import problem_line
from verify.road.rule_tests import Result
from verify.words import Language, say


def result_lines(ruler: str, results: Sequence[Result], lang: Language, *, quiet: bool) -> Iterator[str]:
    """What was tested and what was not as expected; `quiet` leaves out what passed."""
    for result in results:
        if result.passed and quiet:
            continue
        sign = click.style("✓", fg="green", bold=True) if result.passed else click.style("✕", fg="red", bold=True)
        yield f"{sign} {result.case.id}  {result.case.test.title[lang]}"
        yield from (f"    {problem_line(problem, lang)}" for problem in result.problems)
    failed = sum(not result.passed for result in results)
    key = "none" if not results else "failed" if failed else "passed"
    yield say(f"rule_tests.{key}", lang, ruler=ruler, count=len(results), failed=failed)
