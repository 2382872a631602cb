"""Every hostile ruler is refused with file, line and column; a few in a process of their own, within 50 MB."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile_rulers.cases import RULER, Hostile, hostile
from tests.hostile_rulers.measured import measured
from verify.errors import Located
from verify.ruler import load_ruler
from verify.words import LANGUAGES, say

MOST_MIB = 50
APART = {"alias bomb", "a hundred megabytes", "a hundred thousand entries", "value: an exponent", "formula: a power"}
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
    for language in LANGUAGES:
        assert len(say(first.key, language, **first.arguments)) < 500


@pytest.mark.parametrize("case", [case for case in CASES if case.name in APART], ids=lambda case: case.name)
def test_within_its_memory(case: Hostile, tmp_path: Path) -> None:
    found = measured(case.planted(tmp_path))
    assert case.key in {key for _, _, _, key in found.problems}
    assert found.peak_mib <= MOST_MIB


def test_the_names_of_the_cases_differ() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60
