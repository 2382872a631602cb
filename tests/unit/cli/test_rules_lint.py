"""`rules lint` as a person types it, in both languages: faults with their places, notes when asked for, exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance import bad_files
from tests.acceptance.command import said
from verify.ruler import available

NAMED = {
    "zh": ("有两个热值", "错误 0 处", "提示未列出", "标尺只完成一部分"),
    "en": ("has two heat values", "0 errors", "notes are not listed", "the ruler is partial"),
}


@pytest.mark.parametrize("language", NAMED)
def test_every_ruler_is_looked_at(language: str) -> None:
    _, none, hidden, _ = NAMED[language]
    one = said("rules", "lint", "--lang", language)
    assert (one.code, one.err) == (0, "")
    assert none in one.out
    assert hidden in one.out
    assert all(name in one.out for name in available())
    assert "RL-17" not in one.out
    whole = said("rules", "lint", "--all", "--lang", language)
    assert whole.code == 0
    assert "RL-17" in whole.out
    assert hidden not in whole.out


@pytest.mark.parametrize("language", NAMED)
def test_a_fault_is_told_with_its_place(language: str, tmp_path: Path) -> None:
    heat, _, _, partial = NAMED[language]
    own = bad_files.ruler(tmp_path / "heat", "ruler.yaml", 'value: "1.3300"', 'value: "1.1000"')
    one = said("rules", "lint", own, "--lang", language)
    line = (own / "method.yaml").read_text(encoding="utf-8").split("\n    fuel_tce:", 1)[0].count("\n") + 2
    assert one.code == 1
    (told,) = [text for text in one.out.splitlines() if "RL-11" in text]
    assert f"my-ruler/method.yaml:{line}:5: " in told
    assert heat in told
    assert "-17.19 %" in told  # 1.1000 x 29.307 is 32.2377 GJ/10^3Nm3 beside 38.931
    own = bad_files.ruler(tmp_path / "partial", "ruler.yaml", "status: complete", "status: partial")
    one = said("rules", "lint", own, "--lang", language)
    assert (one.code, partial in one.out) == (1, True)


@pytest.mark.parametrize("language", NAMED)
def test_what_does_not_load_is_refused(language: str, tmp_path: Path) -> None:
    own = bad_files.ruler(tmp_path, "ruler.yaml", "status: complete", "statuz: complete")
    one = said("rules", "lint", own, "--lang", language)
    assert (one.code, one.out) == (2, "")
    assert "my-ruler/ruler.yaml:" in one.err
    assert "statuz" in one.err
