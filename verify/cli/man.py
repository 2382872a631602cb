"""``truezero man``: the help of every command as manual pages, made from the same words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from verify import __version__
from verify.cli.options import FOLDER, speaking
from verify.cli.out import put
from verify.cli.worded import Worded, command
from verify.cli.writing import ready, writing
from verify.words import Language, catalogue, say

_FOLDERS: dict[Language, str] = {"en": "man1", "zh": "zh_CN/man1"}  # where `man` looks for each language


@command("man")
@click.option("-o", "--out", type=FOLDER, metavar="FOLDER", required=True, help="man_out")
@speaking
def man(out: Path, lang: Language) -> int:
    """A page for the group and one for every command, in both languages."""
    ready(out)
    from verify.canonical.files import write_all

    count = 0
    for language, folder in _FOLDERS.items():
        made = {f"{name}.1": text.encode() for name, text in pages(language)}
        count += len(made)
        with writing(out):
            (out / folder).mkdir(parents=True, exist_ok=True)
            write_all(out / folder, made)
    put(say("cli.man_written", lang, count=count, folder=str(out)))
    return 0


def pages(language: Language) -> Iterator[tuple[str, str]]:
    """Name and text of every page."""
    from verify.cli.app import truezero

    yield from _pages(truezero, None, "truezero", language)


def _pages(one: click.Command, above: click.Context | None, name: str, language: Language) -> Iterator[tuple[str, str]]:
    """The page of a command and those below it. The words come from where help takes them."""
    ctx = one.make_context(name.rpartition(" ")[2], [], parent=above, resilient_parsing=True)
    ctx.meta["verify.cli.language"] = language
    assert isinstance(one, Worded)
    title = name.replace(" ", "-")
    yield title, _page(one, ctx, title, language)
    if isinstance(one, click.Group):
        for child in one.list_commands(ctx):
            found = one.get_command(ctx, child)
            if found is not None:
                yield from _pages(found, ctx, f"{name} {child}", language)


def _page(one: Worded, ctx: click.Context, title: str, language: Language) -> str:
    usage, *rest = one.told(ctx, language)
    lines = [
        f'.TH "{title.upper()}" 1 "" "TrueZero {__version__}"',
        ".SH NAME",
        _roff(title),
        ".SH SYNOPSIS",
        _roff(usage),
    ]
    lines += [".SH DESCRIPTION", ".nf", *map(_roff, rest), ".fi"]
    return "\n".join(lines) + "\n"


def _short(one: Worded, language: Language) -> str:
    """What `apropos` shows behind the name."""
    words = catalogue("help").get(f"{one.help}_short")
    return f" \\- {_roff(words[language])}" if words else ""


def _roff(line: str) -> str:
    """A line as roff sets it literally: no request at its beginning, no escape inside."""
    text = line.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text
