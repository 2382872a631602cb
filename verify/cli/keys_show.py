"""``truezero keys show``: what a file or an authority is. Whatever is no secret, and nothing of what is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from verify.cli.columns import aligned
from verify.cli.new_file import read_file
from verify.cli.options import FOLDER, speaking
from verify.cli.out import put_all
from verify.cli.worded import Worded
from verify.errors import NotVerified, WrongUsage
from verify.words import Language, say


@click.command("show", cls=Worded, help="keys_show")
@click.argument("paths", type=FOLDER, nargs=-1, required=True)
@speaking
def show(paths: tuple[Path, ...], lang: Language) -> int:
    """Each file in turn; nothing is verified but the signature of a request."""
    for path in paths:
        put_all(_authority(path, lang) if path.is_dir() else _file(path, read_file(path), lang))
    return 0


def _file(path: Path, data: bytes, lang: Language) -> Iterator[str]:
    from verify.attest import certificates, requests
    from verify.cli.key_lines import certificate_rows, list_rows, request_rows

    if b"PRIVATE KEY-----" in data:
        raise WrongUsage("keys.private_key", path=str(path))
    if data.startswith(b"-----BEGIN CERTIFICATE REQUEST-----"):
        yield say("keys.kind_request", lang)
        yield from aligned(request_rows(requests.read(data), lang))
    elif data.startswith(b"-----BEGIN X509 CRL-----"):
        for held in certificates.read_pem_lists(data):
            yield say("keys.kind_list", lang)
            yield from aligned(list_rows(held, lang))
    elif data.startswith(b"-----BEGIN CERTIFICATE-----"):
        for certificate in certificates.read_pem(data):
            yield say("keys.kind_certificate", lang)
            yield from aligned(certificate_rows(certificate, lang))
    else:
        yield from _root(path, data, lang)


def _root(path: Path, data: bytes, lang: Language) -> Iterator[str]:
    from verify.attest import dsse, root
    from verify.cli.key_lines import root_lines, root_rows

    try:
        held = root.read(dsse.read(data).payload)
        lines = list(root_lines(data, held, str(path), lang))
    except NotVerified:
        raise WrongUsage("keys.unknown_file", path=str(path)) from None
    yield from lines
    yield from aligned(root_rows(held, lang))
    yield say("keys.root_not_trusted", lang)


def _authority(folder: Path, lang: Language) -> Iterator[str]:
    from verify.attest import authority_files
    from verify.attest.authority import open_authority
    from verify.cli.key_lines import issued_row, root_lines, root_rows

    held = open_authority(folder)
    state, newest, now = held.state, held.roots[-1], held.root
    yield say("keys.kind_authority", lang, folder=str(folder))
    yield from root_lines(newest, now, str(folder / "trust" / f"root.{now.version}.dsse.json"), lang)
    yield from aligned(root_rows(now, lang, authority_files.signers(folder)))
    yield say("keys.lists_issued", lang, count=state.list_number)
    yield from aligned([issued_row(one, lang) for one in state.issued], most=60)
