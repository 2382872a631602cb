"""The commands that look at a log: prove an entry, audit the whole, show what lies there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.cli.columns import aligned
from verify.cli.new_file import free, put_new, read_file
from verify.cli.options import FOLDER, speaking
from verify.cli.out import put, put_all
from verify.cli.worded import Worded
from verify.errors import WrongUsage
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.attest.log.audit import Audited
    from verify.attest.log.rules import Engagement
    from verify.attest.log.trust import Trust

_NOT_VERIFIED = 4  # DESIGN 11
_SIGNS = {"verified": "✓", "failed": "✕", "not_checked": "–"}


@click.command("prove", cls=Worded, help="log_prove")
@click.argument("folder", type=FOLDER)
@click.argument("index", type=click.IntRange(0))
@click.option("-o", "--out", type=FOLDER, required=True, metavar="FILE", help="log_proof")
@speaking
def prove(folder: Path, index: int, out: Path, lang: Language) -> int:
    """A proof that the entry stands in the log, in a file of its own."""
    from verify.attest.log import reading

    free(out)
    put_new(out, reading.open_log(folder).prove(index).data())
    put(say("log.proved", lang, index=index, path=str(out)))
    return 0


@click.command("audit", cls=Worded, help="log_audit")
@click.argument("folder", type=FOLDER)
@click.option("--log-policy", type=FOLDER, default=None, metavar="FILE", help="log_policy")
@click.option("--since", type=FOLDER, default=None, metavar="FILE", help="log_since")
@speaking
def audit(folder: Path, log_policy: Path | None, since: Path | None, lang: Language) -> int:
    """Everything that a log can be held against. Exit 4 unless every check was made and holds."""
    from verify.attest.log import audit as audits
    from verify.attest.log import reading
    from verify.attest.outcome import overall

    earlier = read_file(since) if since is not None else None
    found = audits.audit(reading.open_log(folder), read_policy(log_policy), earlier)
    put_all(_audited(found, lang))
    state = overall(list(found.checks))
    put(say(f"log.audited_{state}", lang))
    return 0 if state == "verified" else _NOT_VERIFIED


@click.command("seed", cls=Worded, help="log_seed")
@click.argument("folder", type=FOLDER)
@click.argument("index", type=click.IntRange(0))
@click.option("--nonce", type=FOLDER, required=True, metavar="FILE", help="log_nonce")
@click.option("--opening", "openings", type=FOLDER, multiple=True, metavar="FILE", help="log_seed_opening")
@speaking
def seed(folder: Path, index: int, nonce: Path, openings: tuple[Path, ...], lang: Language) -> int:
    """The sampling seed for a submission, and what it follows from."""
    from verify.attest.log import entries, reading
    from verify.attest.log import seed as seeds

    text = read_file(nonce).decode("ascii", "replace").strip()
    if not re.fullmatch(f"[0-9a-f]{{{2 * seeds.NONCE}}}", text):
        raise WrongUsage("log.bad_nonce", path=str(nonce), digits=str(2 * seeds.NONCE))
    held = [entries.read_opening(read_file(one)) for one in openings]
    drawn = seeds.draw(reading.open_log(folder), index, bytes.fromhex(text), held)
    rows = [("seed", drawn.seed), ("submission", str(drawn.submission)), ("choice", str(drawn.choice))]
    rows += [("size", str(drawn.size)), ("root", drawn.root), ("nonce", drawn.nonce_sha256)]
    put_all(aligned([[say(f"log.row_{name}", lang), value] for name, value in rows]))
    return 0


@click.command("show", cls=Worded, help="log_show")
@click.argument("folder", type=FOLDER)
@speaking
def show(folder: Path, lang: Language) -> int:
    """Checkpoint and entries as they lie there, nothing verified."""
    from verify.attest.log import entries, reading
    from verify.report.visible import visible

    log = reading.open_log(folder)
    rows = [
        ("origin", visible(log.checkpoint.origin)),
        ("size", str(log.size)),
        ("root", log.checkpoint.root.hex()),
        ("signed", ", ".join(visible(one.name) for one in log.note.signatures)),
    ]
    put_all(aligned([[say(f"log.row_{name}", lang), value] for name, value in rows]))
    lines = []
    for index, data in enumerate(log.entries()):
        one = entries.read(data)
        sealed = "" if log.released(index) else say("log.row_sealed", lang)
        lines.append([str(index), one.date, f"{visible(one.body)} #{one.seq}", one.kind, one.deadline or "", sealed])
    put_all(aligned(lines))
    return 0


def read_policy(path: Path | None) -> Trust | None:
    """Whose signatures count, from the file that the reader brought. Raises NotVerified `log.policy`, `log.vkey`; WrongUsage."""
    from verify.attest.log import trust

    return None if path is None else trust.read(read_file(path))


def _audited(found: Audited, lang: Language) -> Iterator[str]:
    from verify.cli.verdict_words import reason, reason_of, title

    for one in found.checks:
        word, why = title(one.name, lang), reason_of(one, lang)
        yield f"{_SIGNS[one.state]} {say('bundle.with_reason', lang, check=word, reason=why) if why else word}"
    for remark in found.remarks:
        yield f"· {reason(remark.key, remark.arguments, lang)}"
    for task in found.engagements:
        if task.adverse or task.end is None:
            yield f"· {engagement_line(task, found.on, lang)}"
    if found.entries:
        sealed = sum(one.content is None for one in found.entries)
        yield from aligned(
            [[say("log.row_day", lang), found.on], [say("log.row_sealed", lang), f"{sealed}/{len(found.entries)}"]]
        )


def engagement_line(task: Engagement, on: str, lang: Language) -> str:
    """An engagement with its state, and whether its opinion was adverse."""
    from verify.report.visible import visible

    state = say(f"log.state.{task.state(on)}", lang)
    if task.adverse:
        state = f"{state}, {say('log.adverse', lang)}" if lang == "en" else f"{state}，{say('log.adverse', lang)}"
    return say(
        "log.engagement", lang, name=visible(task.name), state=state, deadline=task.opening.entry.deadline or "–"
    )
