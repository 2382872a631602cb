"""What `engage` commands enter into a register: the time, the words, the papers. The clock is read here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.cli.new_file import read_file
from verify.cli.out import put
from verify.cli.writing import writing
from verify.errors import WrongUsage
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.engagement.case import Case

NOW = ""
Data = Mapping[str, Any]


def now(at: str) -> str:
    """`at` (a day or a time), else the clock, at the offset of the procedure, to the second. Raises WrongUsage `engage.time`."""
    from verify.engagement.conduct import conduct

    zone = _zone(conduct().offset)
    try:
        moment = datetime.fromisoformat(at) if at else datetime.now(zone)
    except ValueError:
        raise WrongUsage("engage.time", value=at) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(zone).replace(microsecond=0).isoformat()
    except OverflowError:
        raise WrongUsage("engage.time", value=at) from None


def entered(
    folder: Path,
    at: str,
    by: str,
    name: str,
    data: Data | Callable[[Case], Data],
    lang: Language,
    *,
    quiet: bool = False,
) -> int:
    """Add one event and say so. Raises WrongUsage where it may not follow."""
    from verify.engagement import desk
    from verify.engagement.register import Event

    moment = now(at)
    with writing(folder):
        case = desk.add(folder, lambda known: [Event(moment, by, name, data(known) if callable(data) else data)])
    if not quiet:
        put(say("engage.written", lang, what=say(f"engage.event_{name}", lang), line=case.events))
    return 0


def papers_of(paths: Sequence[Path]) -> list[dict[str, str]]:
    """Name and digest of each file; the files stay where they are. Raises WrongUsage `cli.cannot_read`."""
    return [{"name": path.name, "sha256": sha256(read_file(path)).hexdigest()} for path in paths]


def said_of(answers: Sequence[str]) -> dict[str, dict[str, str]]:
    """``7=no`` and ``7=yes:words`` by ban. Raises WrongUsage `engage.answer_form`."""
    found = {}
    for one in answers:
        ban, found_one, rest = one.partition("=")
        answer, _, text = rest.partition(":")
        if not found_one or ban.strip() in found:
            raise WrongUsage("engage.answer_form", value=one)
        found[ban.strip()] = {"answer": answer.strip(), "words": text.strip()}
    return found


def _zone(offset: str) -> timezone:
    sign = -1 if offset.startswith("-") else 1
    hours, minutes = map(int, offset[1:].split(":"))
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
