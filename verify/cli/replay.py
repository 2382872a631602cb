"""``truezero replay``: whoever holds the data reruns the verification of a bundle."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from verify.cli.columns import aligned
from verify.cli.options import FOLDER, progress, speaking
from verify.cli.out import put, put_all
from verify.cli.worded import command
from verify.words import Language, say

_DIFFERENT = 4  # DESIGN 11: a bundle does not verify


@command("replay")
@click.argument("bundle", type=FOLDER)
@click.option("--data", type=FOLDER, required=True, metavar="SUBMISSION", help="replay_data")
@click.option("--json", "as_json", is_flag=True, help="json")
@click.option("-q", "--quiet", is_flag=True, help="quiet")
@speaking
def replay(bundle: Path, data: Path, as_json: bool, quiet: bool, lang: Language) -> int:
    """The rerun; its words are in the catalogue."""
    from verify.bundle import open_container
    from verify.road import replay as again

    with progress(lang, quiet=quiet) as tell:
        found = again.replay(open_container(bundle).members, data, progress=tell)
    if as_json:
        put(
            json.dumps(
                {
                    "same": found.same,
                    "facts_sha256": {"signed": found.statement.facts_sha256, "again": found.facts_sha256},
                    "ruler_sha256": {"signed": found.statement.ruler_sha256, "again": found.ruler_sha256},
                    "tool_version": {"signed": found.statement.tool_version, "again": found.tool_version},
                    "differing": found.differing,
                    "differences": [asdict(one) for one in found.differences],
                },
                ensure_ascii=False,
            )
        )
    elif not quiet:
        _tell(found, lang)
    return 0 if found.same else _DIFFERENT


def _tell(found: object, lang: Language) -> None:
    from verify.road.replay import Replayed

    assert isinstance(found, Replayed)
    stated = found.statement
    if found.same:
        put(say("cli.replay_same", lang, digest=stated.facts_sha256))
        return
    put(say("cli.replay_differs", lang, signed=stated.facts_sha256, found=found.facts_sha256))
    if found.other_tool:
        put("  · " + say("cli.replay_tool", lang, signed=stated.tool_version, found=found.tool_version))
    if found.other_ruler:
        digests = {"signed": stated.ruler_sha256, "found": found.ruler_sha256}
        put("  · " + say("cli.replay_ruler", lang, ruler=stated.ruler_id, **digests))
    if not found.other_tool and not found.other_ruler:
        put("  · " + say("cli.replay_data", lang))
    if found.differences:
        put(say("cli.replay_places", lang, shown=len(found.differences), count=found.differing))
        put_all(aligned([[f"  {one.path}", one.published, "→", one.again] for one in found.differences]))
