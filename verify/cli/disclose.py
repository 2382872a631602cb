"""``truezero disclose``: some committed rows opened for one named reader, in a file that only its owner may read."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.cli.new_file import free, put_new, read_file
from verify.cli.options import FOLDER, speaking
from verify.cli.out import put
from verify.cli.worded import command
from verify.errors import WrongUsage
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.attest.commit.opening import OpenedRow

OWNER = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@command("disclose")
@click.argument("bundle", type=FOLDER)
@click.option("--openings", type=FOLDER, required=True, metavar="FILE", help="disclose_openings")
@click.option("--for", "recipient", required=True, metavar="NAME", help="disclose_for")
@click.option("--enterprise", "enterprises", multiple=True, metavar="ID", help="disclose_enterprise")
@click.option("--row", "row_ids", multiple=True, metavar="ID", help="disclose_row")
@click.option("--all", "everything", is_flag=True, help="disclose_all")
@click.option("-o", "--out", type=FOLDER, required=True, metavar="FILE", help="disclose_out")
@speaking
def disclose(
    bundle: Path,
    openings: Path,
    recipient: str,
    enterprises: tuple[str, ...],
    row_ids: tuple[str, ...],
    everything: bool,
    out: Path,
    lang: Language,
) -> int:
    """The opening of the rows asked for; its words are in the catalogue."""
    from verify.attest.commit.opening import check_opening, read_opening, write_opening
    from verify.attest.commit.rows import read_rows, root_of
    from verify.bundle.committed import ROWS
    from verify.bundle.container import open_container

    free(out)
    if not recipient.strip():
        raise WrongUsage("attest.opening_recipient")
    whole = read_opening(secret(openings))
    try:
        members = open_container(bundle).members
    except FileNotFoundError:
        raise WrongUsage("bundle.not_there", path=str(bundle)) from None
    if ROWS not in members:
        raise WrongUsage("bundle.opening_nothing")
    kept = [one for one in whole.rows if everything or _asked(one, enterprises, row_ids)]
    if not kept:
        raise WrongUsage("attest.opening_nothing")
    part = whole.part(recipient.strip(), kept)
    check_opening(part, root_of(members[ROWS]), read_rows(members[ROWS]))
    data = write_opening(part)
    read_opening(data)  # a name with a line in it is no name
    put_new(out, data, OWNER)
    put(say("cli.disclosed", lang, count=len(kept), recipient=part.recipient, path=str(out), bundle=str(bundle)))
    return 0


def secret(path: Path) -> bytes:
    """What a file of openings holds. Raises WrongUsage `history.readable` where others may read it."""
    if os.name != "nt" and path.exists() and path.stat().st_mode & _OTHERS:
        raise WrongUsage("history.readable", path=str(path))
    return read_file(path)


def _asked(row: OpenedRow, enterprises: tuple[str, ...], row_ids: tuple[str, ...]) -> bool:
    words = row.words()
    return words.get("enterprise_id") in enterprises or words.get("row_id") in row_ids
