"""``truezero verify-bundle``: a stranger's command; judges a published bundle with nothing but its bytes and a trust root."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.cli.options import FOLDER, speaking
from verify.cli.out import put, put_all
from verify.cli.worded import command
from verify.errors import WrongUsage
from verify.words import Language

if TYPE_CHECKING:
    from verify.attest.log.trust import Trust
    from verify.bundle.trust import Held
    from verify.bundle.verdict import Verdict

_NOT_VERIFIED = 4  # DESIGN 11
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


@command("verify_bundle")
@click.argument("bundle", type=FOLDER)
@click.option("--root", type=FOLDER, default=None, metavar="FILE", help="verify_bundle_root")
@click.option("--root-sha256", default=None, metavar="HEX", help="verify_bundle_sha256")
@click.option("--log-policy", type=FOLDER, default=None, metavar="FILE", help="log_policy")
@click.option("--opening", type=FOLDER, default=None, metavar="FILE", help="verify_bundle_opening")
@click.option("--json", "as_json", is_flag=True, help="verify_bundle_json")
@click.option("-q", "--quiet", is_flag=True, help="quiet")
@speaking
def verify_bundle(
    bundle: Path,
    root: Path | None,
    root_sha256: str | None,
    log_policy: Path | None,
    opening: Path | None,
    as_json: bool,
    quiet: bool,
    lang: Language,
) -> int:
    """The verdict on a bundle; its words are in the catalogue."""
    from verify.cli.disclose import secret
    from verify.cli.log_read import read_policy

    opened = None if opening is None else secret(opening)
    found = judged(bundle, _held(root, root_sha256), read_policy(log_policy), opened)
    if as_json:
        from verify.canonical import canonical_bytes
        from verify.cli.verdict_json import document

        put(canonical_bytes(document(found, lang)).decode("utf-8"))
    elif not quiet:
        from verify.cli.verdict_lines import lines

        put_all(lines(found, lang))
    return 0 if found.state == "verified" else _NOT_VERIFIED


def judged(bundle: Path, held: Held | None, trust: Trust | None = None, opening: bytes | None = None) -> Verdict:
    """The verdict on the folder or zip at `bundle`. Raises WrongUsage where there is none to open."""
    from verify.bundle.container import open_container
    from verify.bundle.judge import judge, refused
    from verify.bundle.refused import Refused

    try:
        container = open_container(bundle)
    except Refused as error:
        return refused(error)
    except FileNotFoundError:
        raise WrongUsage("bundle.not_there", path=str(bundle)) from None
    except (OSError, RuntimeError) as error:  # pathlib says RuntimeError of links that go in a circle
        raise _closed(bundle, error) from error
    return judge(container, held, pages=_pages, trust=trust, opening=opening)


def _pages(report: object) -> dict[str, bytes]:
    """The pages of a report, for comparison; what renders them is loaded only where they can be compared."""
    from verify.report import public_pages

    return dict(public_pages(report))  # type: ignore[arg-type]


def _held(root: Path | None, root_sha256: str | None) -> Held | None:
    from verify.bundle.trust import Held

    sha256 = None if root_sha256 is None else root_sha256.strip().lower().removeprefix("sha256:")
    if sha256 is not None and not _SHA256.fullmatch(sha256):
        raise WrongUsage("bundle.bad_sha256", value=root_sha256)
    if root is None:
        return None if sha256 is None else Held(None, sha256)
    try:
        return Held(root.read_bytes(), sha256)
    except FileNotFoundError:
        raise WrongUsage("bundle.no_root_file", path=str(root)) from None
    except OSError as error:
        raise _closed(root, error) from error


def _closed(path: Path, error: Exception) -> WrongUsage:
    code = error.errno if isinstance(error, OSError) else None
    return WrongUsage("bundle.cannot_open", path=str(path), reason=os.strerror(code) if code else str(error))
