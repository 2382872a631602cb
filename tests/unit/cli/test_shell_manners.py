"""Completion, manual pages, the pre-commit hook and the action: made from the commands that there are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from tests.acceptance.command import ROOT, environment, said
from verify.cli.app import _COMMANDS, truezero
from verify.cli.man import pages


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_every_shell(shell: str) -> None:
    done = said("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert "_TRUEZERO_COMPLETE" in done.out


def test_the_shell_is_answered_without_an_engine() -> None:
    asked = {"_TRUEZERO_COMPLETE": "bash_complete", "COMP_WORDS": "truezero ver", "COMP_CWORD": "1"}
    code = (
        "import sys, atexit; atexit.register(lambda: print(sorted({'duckdb', 'ibis', 'polars'} & set(sys.modules)), file=sys.stderr));"
        "from verify.cli.app import truezero; truezero(prog_name='truezero')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment() | asked, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["plain,verify", "plain,verify-bundle"]
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_its_page_with_the_words_of_its_help(language: str) -> None:
    made = dict(pages(language))  # type: ignore[arg-type]
    assert {"truezero", *(f"truezero-{name}" for name in _COMMANDS)} <= set(made)
    assert "truezero-history-commit" in made
    page = made["truezero-check"].replace("\\-", "-").replace("\\e", "\\")
    for line in said("check", "--help", "--lang", language).out.splitlines()[1:]:
        assert line in page


@pytest.mark.skipif(shutil.which("man") is None, reason="there is no man here to render a page")
def test_man_renders_them_without_a_warning(tmp_path: Path) -> None:
    assert said("man", "-o", str(tmp_path)).code == 0
    page = tmp_path / "man1" / "truezero-sample-draw.1"
    done = subprocess.run(
        ["man", "--warnings", "-E", "UTF-8", "-l", str(page)],
        capture_output=True, text=True, check=True, env=os.environ | {"MANWIDTH": "120", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.stderr == ""
    assert "--seed HEX" in done.stdout


def test_hook_and_action_call_what_there_is() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    context = click.Context(truezero)
    for hook in hooks:
        name, *rest = hook["entry"].split()[1:]
        found = truezero.get_command(context, name)
        assert found is not None
        assert not rest or (isinstance(found, click.Group) and found.get_command(context, rest[0]))
    action = yaml.safe_load((ROOT / ".github/actions/check/action.yml").read_text(encoding="utf-8"))
    script = action["runs"]["steps"][1]["run"]
    check = truezero.get_command(context, "check")
    assert check is not None
    known = {name for one in check.params for name in one.opts}
    assert {word for word in script.replace('"', " ").split() if word.startswith("--")} <= known
    assert not any(
        f"${{{{ inputs.{name}" in step["run"] for step in action["runs"]["steps"] for name in action["inputs"]
    )


def test_the_action_does_what_it_says(tmp_path: Path) -> None:
    """Its own shell line, on a frozen park, with truezero of this checkout."""
    action = yaml.safe_load((ROOT / ".github/actions/check/action.yml").read_text(encoding="utf-8"))
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "truezero").write_text(f'#!/bin/sh\nexec {sys.executable} -m verify "$@"\n', encoding="utf-8")
    (folder / "truezero").chmod(0o755)
    asked = {
        "SUBMISSION": str(ROOT / "fixtures/parks/honest-met"), "RULER": "", "LEVEL": "error", "OUT": str(tmp_path / "out"),
        "GITHUB_OUTPUT": str(tmp_path / "said"), "PATH": f"{folder}:{os.environ['PATH']}",
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-e", "-c", action["runs"]["steps"][1]["run"]],
        cwd=ROOT, env=environment() | asked, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "report.json").is_file()
    assert (tmp_path / "said").read_text() == f"report={tmp_path / 'out'}\n"
