"""``truezero verify``: the third party's command; writes the report folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verify.cli.history import history_options
from verify.cli.journey import Asked, run
from verify.cli.options import FOLDER, road_options
from verify.cli.worded import command


@command("verify")
@click.argument("submission", type=FOLDER)
@click.option("-o", "--out", type=FOLDER, metavar="FOLDER", default=None, help="verify_out")
@history_options
@road_options
def verify(submission: Path, out: Path | None, **options: Any) -> int:
    """The verification; its words are in the catalogue."""
    from verify import road

    return run(Asked(submission, out or _beside(submission), **options), road.verify)


def _beside(submission: Path) -> Path:
    """``<name>-report`` in the folder where the command runs."""
    whole = submission.resolve()
    return Path(f"{whole.name if whole.is_dir() else whole.stem}-report")
