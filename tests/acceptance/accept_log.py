"""Issue 6 of 8, must show 4 at full size: the log killed at 200 random moments of append, and two appenders of 1,000 entries."""

from __future__ import annotations

import os
import random
import signal
from datetime import UTC, datetime
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory

from tests.acceptance.entries import acceptance
from tests.unit.log.logs import LOG, ORIGIN, opened
from tests.unit.log.test_log_folder import appender, sound
from verify.attest.log import appending

KILLS, ENTRIES = 200, 1000
SEED = 20261120


@acceptance("6.4", "the log: kill -9 at 200 random moments of append; two appenders, 1,000 entries each")
def log_survives() -> dict[str, object]:
    with TemporaryDirectory(prefix="truezero-") as place:
        return {"killed": _killed(Path(place) / "killed"), "two": _two(Path(place) / "two")}


def _killed(folder: Path) -> dict[str, int]:
    """What was said to be appended is there after every kill, and one entry more at most; the whole log stays sound."""
    chance, own, more = random.Random(SEED), 0, 0
    appending.create(folder, ORIGIN, LOG)
    for _ in range(KILLS):
        child, told = appender(folder, "body", 10**6)
        with told:
            last = int(told.readline())
            select([], [], [], chance.random() / 20)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            last = max([last, *map(int, told.read().split())])
        numbers = [one.seq for one in sound(folder)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) in {own + last + 1, own + last + 2}
        more += len(numbers) - own - last - 1
        own = len(numbers)
    appending.append(folder, LOG, [opened(0, "body")], datetime.now(UTC))
    return {"kills": KILLS, "entries": len(sound(folder)), "kept_but_not_said": more}


def _two(folder: Path) -> dict[str, int]:
    """Nothing lost, repeated or torn."""
    appending.create(folder, ORIGIN, LOG)
    for child, told in [appender(folder, body, ENTRIES) for body in ("one", "two")]:
        with told:
            assert len(told.read().split()) == ENTRIES
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    found = sorted((one.body, one.seq) for one in sound(folder))
    assert found == [(body, seq) for body in ("one", "two") for seq in range(1, ENTRIES + 1)]
    return {"entries": len(found)}
