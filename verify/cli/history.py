"""``truezero history``: commit to a first filing, look at a commitment, hold a later filing against it."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from verify.cli.columns import aligned
from verify.cli.new_file import free, put_new, read_file
from verify.cli.options import FOLDER, progress, reached, settings_of, speaking, walking
from verify.cli.out import put, put_all
from verify.cli.worded import Group, Worded, group_language
from verify.errors import WrongUsage
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.history import Frozen

F = TypeVar("F", bound=Callable[..., Any])
_OWNER = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_FAMILY = "TZ-HIS"


def history_options(command: F) -> F:
    """``--history`` and ``--history-secret`` of the commands that travel the road; both may be given more than once."""
    command = click.option(
        "--history-secret", "openings", type=FOLDER, metavar="FILE", multiple=True, help="history_secret"
    )(command)
    return click.option("--history", "commitments", type=FOLDER, metavar="FILE", multiple=True, help="history_file")(
        command
    )


def read_history(commitments: Sequence[Path], openings: Sequence[Path]) -> tuple[Frozen, ...]:
    """The commitments of these files. Raises as `road.history.read`; WrongUsage `cli.cannot_read`, `history.readable`."""
    from verify.road.history import read

    for path in openings:
        if os.name != "nt" and path.exists() and path.stat().st_mode & _OTHERS:
            raise WrongUsage("history.readable", path=str(path))
    return read({str(one): read_file(one) for one in commitments}, {str(one): read_file(one) for one in openings})


@click.group(cls=Group, help="history")
@group_language
def history() -> None:
    """What one may do with commitments; the words are in the catalogue."""


@history.command("commit", cls=Worded, help="history_commit")
@click.argument("submission", type=FOLDER)
@click.option("-o", "--out", type=FOLDER, metavar="FILE", required=True, help="history_out")
@click.option("--secret", type=FOLDER, metavar="FILE", default=None, help="history_secret_out")
@click.option("--ruler", default="", metavar="ID", help="ruler")
@speaking
@walking
def commit(
    submission: Path,
    out: Path,
    secret: Path | None,
    ruler: str,
    year: str,
    threads: int | None,
    memory: str,
    as_json: bool,
    quiet: bool,
    lang: Language,
) -> int:
    """The public commitment, and the opening that the park keeps; neither is written over another."""
    from verify.history import opening_bytes, public_bytes
    from verify.history.salts import SECRET_BYTES
    from verify.road.history import commitment

    kept = secret or out.with_name(f"{out.stem}.secret.json")
    for path in (out, kept):
        free(path)
    with progress(lang, quiet=quiet) as tell:
        made = commitment(
            submission,
            secrets.token_bytes(SECRET_BYTES),
            ruler=ruler,
            year=year,
            settings=settings_of(threads, memory),
            progress=tell,
        )
    put_new(kept, opening_bytes(made.opening), _OWNER)  # first: a commitment that nobody can open is worth nothing
    try:
        put_new(out, public_bytes(made.public))
    except WrongUsage:
        kept.unlink(missing_ok=True)
        raise
    if as_json:
        put(public_bytes(made.public).decode("utf-8"))
    elif not quiet:
        put(say("history.committed", lang, count=len(made.public.leaves), root=made.public.root, out=str(out)))
        put(say("history.keep", lang, path=str(kept)))
    return 0


@history.command("show", cls=Worded, help="history_show")
@click.argument("commitment", type=FOLDER)
@speaking
def show(commitment: Path, lang: Language) -> int:
    """What a commitment says in public."""
    from collections import Counter

    from verify.history import read_public

    public = read_public(read_file(commitment), str(commitment))
    head = public.head
    rows = [
        ["park", public.park],
        ["ruler", f"{head['ruler']['id']}@sha256:{head['ruler']['sha256'][:16]}…"],
        ["years", ", ".join(head["years"])],
        ["base_year", head["base_year"] or "–"],
        ["codes", str(len(head["place"]["codes"]))],
        ["polygons", str(len(head["place"]["polygons"]))],
        *([kind, str(count)] for kind, count in sorted(Counter(row[0] for row in public.leaves).items())),
        ["root", public.root],
    ]
    put_all(aligned([[say(f"history.row_{name}", lang), value] for name, value in rows]))
    return 0


@history.command("check", cls=Worded, help="history_check")
@click.argument("submission", type=FOLDER)
@click.option(
    "--against", "commitments", type=FOLDER, metavar="FILE", multiple=True, required=True, help="history_against"
)
@click.option("--history-secret", "openings", type=FOLDER, metavar="FILE", multiple=True, help="history_secret")
@click.argument("more", type=FOLDER, nargs=-1)
@click.option("--ruler", default="", metavar="ID", help="ruler")
@speaking
@walking
def check(
    submission: Path,
    commitments: tuple[Path, ...],
    more: tuple[Path, ...],
    openings: tuple[Path, ...],
    ruler: str,
    year: str,
    threads: int | None,
    memory: str,
    as_json: bool,
    quiet: bool,
    lang: Language,
) -> int:
    """Only what the history says of a submission. Exit 1 where something was found."""
    from verify import road
    from verify.cli.finding_lines import findings
    from verify.report.changes import history as sentences
    from verify.report.reader import Reader
    from verify.report.visible import all_visible

    held = read_history((*commitments, *more), openings)
    with progress(lang, quiet=quiet) as tell:
        report = road.check(
            submission, ruler=ruler, year=year, history=held, settings=settings_of(threads, memory), progress=tell
        )
    mine = [one for one in report.facts["findings"] if one["code"].startswith(_FAMILY)]
    if as_json:
        from verify.canonical import canonical_bytes

        put(canonical_bytes({"findings": mine, "history": report.facts["history"]}).decode("utf-8"))
    elif not quiet:
        shown = all_visible(report.document())
        facts = {
            **shown["facts"],
            "findings": [one for one in shown["facts"]["findings"] if one["code"].startswith(_FAMILY)],
        }
        reader = Reader({**shown, "facts": facts}, lang)
        put_all(sentences(reader))
        put_all(findings(facts, reader, everything=True))
    return 1 if reached({"findings": mine}, "question") else 0
