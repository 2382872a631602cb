"""Every hostile ruler is refused with file, line and column. What it costs is measured by `make accept ONLY=3.4`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile_rulers.cases import RULER, Hostile, hostile
from tests.hostile_rulers.measured import measured
from verify.errors import Located
from verify.ruler import load_ruler
from verify.words import LANGUAGES, say

CASES = list(hostile())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_refused_where_it_stands(case: Hostile, tmp_path: Path) -> None:
    there = case.planted(tmp_path)
    with pytest.raises(Located) as refused:
        load_ruler(there)
    found = [one for one in refused.value.problems if one.key == case.key]
    assert found, [str(one) for one in refused.value.problems][:5]
    first = found[0]
    assert first.column >= 1
    if case.file:
        assert first.file == f"{RULER}/{case.file}"
    if case.line is not None or case.text:
        assert first.line == case.place(there), str(first)
    if case.text:
        lines = (there / case.file).read_text(encoding="utf-8").splitlines()
        assert first.column <= len(lines[first.line - 1]) + 1, str(first)
    for language in LANGUAGES:
        assert len(say(first.key, language, **first.arguments)) < 500


def test_a_process_of_its_own_says_the_same(tmp_path: Path) -> None:
    """What the acceptance measures is the refusal, not a process that fell."""
    (case,) = [one for one in CASES if one.name == "alias bomb"]
    found = measured(case.planted(tmp_path))
    assert found.problems[0] == [f"{RULER}/{case.file}", 1, found.problems[0][2], case.key]
    assert found.peak_mib > 0
    assert found.seconds > 0


def test_the_names_of_the_cases_differ() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60
