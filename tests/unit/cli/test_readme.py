"""Every command that README, CONTRIBUTING and the guides show is one that exists, and their example is what is printed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.acceptance.command import ROOT, block, said
from tests.unit.submission.handing import changed
from verify.cli.app import truezero
from verify.submission.template import write_workbook

PAGES = [
    *(ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs" / "guides").glob("*.md")),
]
COMMAND = re.compile(r"(?m)(?:^|`)(truezero(?![-\w])(?: [^`\n#]*)?)")


def commands() -> Iterator[tuple[str, str]]:
    """File and command line, as they stand there."""
    for page in PAGES:
        for found in COMMAND.finditer(page.read_text(encoding="utf-8")):
            yield page.name, found.group(1).strip()


def parsed(line: str) -> click.Context:
    """The context of the innermost command of `line`. Raises click's own errors."""
    words = shlex.split(line)[1:]
    ctx = truezero.make_context("truezero", words[:0] or ["check"])
    command: click.Command = truezero
    while isinstance(command, click.Group):
        name, command_, words = command.resolve_command(ctx, words)
        assert command_ is not None
        command = command_
        ctx = command.make_context(name, list(words) if not isinstance(command, click.Group) else words[:1], parent=ctx)
    return ctx


@pytest.mark.parametrize(("page", "line"), sorted(set(commands())))
def test_it_parses(page: str, line: str) -> None:
    assert parsed(line).command.callback is not None


def test_a_command_that_does_not_exist_is_seen() -> None:
    for line in (
        "truezero verfy park.xlsx",
        "truezero check",
        "truezero check park.xlsx --langs zh",
        "truezero rules shov x",
    ):
        with pytest.raises(click.UsageError):
            parsed(line)


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    for page in PAGES:
        assert set(re.findall(r"(?m)^make ([a-z]+)", page.read_text(encoding="utf-8"))) <= targets


def test_every_option_of_the_text_exists() -> None:
    known = {
        name
        for command in truezero.list_commands(click.Context(truezero))
        for one in truezero.get_command(click.Context(truezero), command).params
        for name in one.opts
    }  # type: ignore[union-attr]
    for page in PAGES:
        assert set(re.findall(r"`(--[a-z-]+)", page.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize(("language", "name"), [("zh", "园区.xlsx"), ("en", "park.xlsx")])
def test_the_example_of_the_guide_is_what_is_printed(language: str, name: str, tmp_path: Path) -> None:
    rows = changed("activity", 0, quantity="12O0")
    park = {"id": "T-1", "id_scheme": "free", "base_year": "2025", "reporting_year": "2027"}
    write_workbook(tmp_path / name, rows=rows, park=park)
    printed = block(said("check", tmp_path / name, "--lang", language).out, "TZ-SUB-07")
    guide = (ROOT / "docs" / "guides" / f"for-parks.{language}.md").read_text(encoding="utf-8")
    assert printed.strip() in guide
