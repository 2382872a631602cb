"""``truezero countersign``: the independent reviewer's command; looks at what the lead signed, then signs the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verify.cli.options import FOLDER, progress
from verify.cli.out import put, put_all
from verify.cli.signing_options import Signing, moment, signing_options
from verify.cli.worded import command
from verify.cli.writing import writing
from verify.errors import NotVerified
from verify.words import say


@command("countersign")
@click.argument("draft", type=FOLDER)
@click.option("--data", type=FOLDER, default=None, metavar="SUBMISSION", help="countersign_data")
@click.option("--yes", is_flag=True, help="sign_yes")
@signing_options
def countersign(draft: Path, data: Path | None, yes: bool, **asked: Any) -> int:
    """The second signature of a draft; its words are in the catalogue."""
    from verify.bundle import open_container, read_json
    from verify.bundle.writing import renew_folder
    from verify.cli.summary import lines
    from verify.road import replay, sealing

    signing = Signing(**asked)
    lang = signing.lang
    members = open_container(draft).members
    sealing.reviewable(members)
    signer, stamp = signing.signer(), signing.stamper()
    if data is not None:
        with progress(lang, quiet=signing.quiet) as tell:
            again = replay.replay(members, data, progress=tell)
        if not again.same:
            raise NotVerified("cli.replay_differs", signed=again.statement.facts_sha256, found=again.facts_sha256)
    if not signing.quiet:
        put_all(lines(read_json(members["report.json"], "report.json"), lang))
        put(say("cli.review_replayed" if data is not None else "cli.review_without_data", lang))
    signing.confirm(yes)
    both = sealing.countersign(members, signer, stamp)
    with writing(draft):
        renew_folder(draft, both)
    if not signing.quiet:
        put(say("cli.countersigned", lang, folder=str(draft), at=moment(both["attest/reviewer.tsr"], lang)))
    return 0
