"""Help: short, in the reader's language, without a table engine."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.acceptance.command import ROOT, environment, said
from verify.cli.app import _COMMANDS
from verify.cli.columns import WIDEST, width

COMMANDS = [
    [],
    *([name] for name in _COMMANDS),
    *(["rules", name] for name in ("list", "show", "lint", "resolve", "diff", "impact")),
]
LANGUAGES = ("zh", "en")


def chinese(text: str) -> bool:
    return any("\u4e00" <= one <= "\u9fff" for one in text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_says_what_it_does(words: list[str], language: str) -> None:
    one = said(*words, "--help", "--lang", language)
    assert (one.code, one.err) == (0, "")
    lines = one.out.splitlines()
    assert lines[0].startswith({"zh": "用法：truezero", "en": "Usage: truezero"}[language])
    assert max(map(width, lines)) <= WIDEST
    assert len(lines) < 45
    assert chinese(one.out) == (language == "zh")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_both_languages_offer_the_same(words: list[str]) -> None:
    offered = [
        re.findall(r"(?m)^  (-.*?)(?:  |$)", said("--lang", language, *words, "-h").out) for language in LANGUAGES
    ]
    assert offered[0] == offered[1]
    assert "-h, --help" in offered[0]


def test_help_wakes_no_engine() -> None:
    code = (
        "import sys; from verify.cli.app import truezero; from verify.cli.ending import ended; "
        "ended(truezero, ['check', '--help']); "
        "print(sorted({'duckdb', 'ibis', 'pyarrow', 'pandas', 'rich', 'pydantic', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_alone_it_shows_its_help_and_says_that_a_command_is_missing() -> None:
    one = said()
    assert one.code == 2
    assert one.out == ""
    assert one.err.startswith("Usage: truezero")


@pytest.mark.parametrize(
    ("names", "words", "language"),
    [
        ({"TRUEZERO_LANG": "zh"}, [], "zh"),
        ({"LANG": "zh_CN.UTF-8"}, [], "zh"),
        ({"LANG": "de_DE.UTF-8"}, [], "en"),
        ({"LANG": "zh_CN.UTF-8", "TRUEZERO_LANG": "en"}, [], "en"),
        ({"TRUEZERO_LANG": "en"}, ["--lang=zh"], "zh"),
        ({}, [], "en"),
    ],
)
def test_who_decides_the_language(
    names: dict[str, str], words: list[str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TRUEZERO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    assert said("check", *words, "--help").out.startswith("用法" if language == "zh" else "Usage")


def test_completion_is_offered() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "verify"],
        cwd=ROOT,
        env=environment({"_TRUEZERO_COMPLETE": "zsh_source"}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "#compdef truezero" in done.stdout
