"""``truezero publish``: the signed draft becomes a bundle, as a folder and as a zip, once the revocation lists are new."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from verify.cli.new_file import read_file
from verify.cli.options import FOLDER, speaking
from verify.cli.out import put
from verify.cli.worded import command
from verify.cli.writing import ready, writing
from verify.errors import WrongUsage
from verify.words import Language, say


@command("publish")
@click.argument("draft", type=FOLDER)
@click.option("--chain", type=FOLDER, required=True, metavar="PEM", help="publish_chain")
@click.option("--lists", type=FOLDER, required=True, metavar="PEM", help="publish_lists")
@click.option("--root", "roots", type=FOLDER, required=True, multiple=True, metavar="FILE", help="publish_root")
@click.option("--log", "log_folder", type=FOLDER, default=None, metavar="FOLDER", help="publish_log")
@click.option("-o", "--out", type=FOLDER, required=True, metavar="FOLDER", help="publish_out")
@speaking
def publish(
    draft: Path, chain: Path, lists: Path, roots: tuple[Path, ...], log_folder: Path | None, out: Path, lang: Language
) -> int:
    """The bundle of a draft; its words are in the catalogue."""
    from verify.attest import certificates, root
    from verify.bundle import open_container, write_bundle
    from verify.road import sealing

    parts = open_container(draft).members
    named = sealing.log_named(parts)
    if named is not None and log_folder is None:  # a bundle that nobody could verify is not published
        raise WrongUsage("log.wanted", origin=named)
    archive = out.with_name(f"{out.name}.zip")
    ready(out, apart_from=draft)
    files = [read_file(one) for one in roots]
    held = root.latest(root.first(files[0], root.payload_sha256(files[0])), files[1:])
    members = sealing.assemble(
        parts,
        certificates.read_pem(read_file(chain)),
        certificates.read_pem_lists(read_file(lists)),
        files,
        held,
        datetime.now(UTC),
    )
    if log_folder is not None:
        members |= sealing.logged(members, log_folder)
    with writing(out):
        write_bundle(out, archive, members)
    put(say("cli.published", lang, folder=str(out), archive=str(archive), count=len(members), root=str(roots[0])))
    return 0
