"""``truezero check``: the park's own look before it hands in; the same road, and nothing is written unless asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verify.cli.history import history_options
from verify.cli.journey import Asked, run
from verify.cli.options import FOLDER, road_options
from verify.cli.worded import command


@command("check")
@click.argument("submission", type=FOLDER)
@click.option("-o", "--out", type=FOLDER, metavar="FOLDER", default=None, help="check_out")
@click.option("--mark", type=FOLDER, metavar="FILE", default=None, help="check_mark")
@history_options
@road_options
def check(submission: Path, out: Path | None, mark: Path | None, **options: Any) -> int:
    """The self-check; its words are in the catalogue."""
    from verify import road
    from verify.cli.marking import Marking

    return run(Asked(submission, out, **options), road.check, Marking(submission, out, mark, options["lang"]))
