"""What an append reads does not grow with the log; the cache of numbers is worth nothing, and its loss costs nothing."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.log.logs import BODY, LOG, START, draft, new, opened
from verify.attest.log import appending, audit, entries, folder, kinds, numbering, reading
from verify.errors import WrongUsage

LATER = START + timedelta(days=99)
OPENINGS = 600


def grown(place: Path) -> Path:
    """A log of two bodies, its first engagement ended by a verdict that was superseded."""
    own = [opened(0), draft(kinds.VERDICT, engagement=1), draft(kinds.SUPERSEDED, about=2)]
    new(place, own, [opened(number, "body-2") for number in range(OPENINGS)])
    return place


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a log; tests work on copies."""
    return grown(tmp_path_factory.mktemp("log") / "log")


def appended(place: Path) -> list[tuple[str, int]]:
    """Body and number of what one more append gives to each body."""
    found = appending.append(place, LOG, [opened(7), opened(900, "body-2"), opened(1, "body-3")], LATER)
    return [(one.body, one.seq) for _, one in found]


def test_an_append_reads_the_edge_of_the_log(large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Path(shutil.copytree(large, tmp_path / "log"))
    files, leaves = [], []
    monkeypatch.setattr(folder, "read", lambda at, name, read=folder.read: files.append(name) or read(at, name))
    monkeypatch.setattr(entries, "read", lambda data, read=entries.read: leaves.append(data) or read(data))
    assert appended(place) == [(BODY, 4), ("body-2", OPENINGS + 1), ("body-3", 1)]
    assert len(files) <= 12  # checkpoint, the last tile of each level, the last entries
    assert len(leaves) <= 12


@pytest.mark.parametrize("fault", ["lost", "damaged", "of another log", "older", "a folder", "read only"])
def test_the_cache_is_made_again(fault: str, large: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(large, tmp_path / "log"))
    cache = place / numbering.FILE
    if fault in {"older", "of another log"}:
        other = new(tmp_path / "other", [opened(0), opened(1)] if fault == "older" else [opened(8, "body-2")])
        shutil.copy(other.folder / numbering.FILE, cache)
    elif fault == "damaged":
        cache.write_bytes(cache.read_bytes()[:5000] + bytes(100))
    elif fault == "a folder":
        cache.unlink()
        cache.mkdir()
    elif fault == "read only":
        cache.chmod(0o400)
    else:
        cache.unlink()
    assert appended(place) == [(BODY, 4), ("body-2", OPENINGS + 1), ("body-3", 1)]
    assert {one.state for one in audit.audit(reading.open_log(place), None).checks if one.name == "log_rules"} == {
        "verified"
    }


def test_the_cache_catches_up_with_a_log_that_went_on_without_it(large: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(large, tmp_path / "log"))
    before = (place / numbering.FILE).read_bytes()
    appended(place)
    (place / numbering.FILE).write_bytes(before)  # killed between checkpoint and cache
    assert appended(place) == [(BODY, 5), ("body-2", OPENINGS + 2), ("body-3", 2)]


def test_links_are_judged_by_what_the_cache_holds(large: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(large, tmp_path / "log"))
    again = [draft(kinds.VERDICT, engagement=1, salt="again")]
    ((_, made),) = appending.append(place, LOG, again, LATER)  # the first one was superseded
    wrong = {
        "log.second_verdict": draft(kinds.VERDICT, engagement=1, salt="third"),
        "log.replied": draft(kinds.WITHDRAWN, about=2),
        "log.no_verdict": draft(kinds.WITHDRAWN, about=3),
        "log.not_opened": draft(kinds.TERMINATED, engagement=2),
        "log.no_submission": draft(kinds.OPENED, about=1),
    }
    for key, one in wrong.items():
        with pytest.raises(WrongUsage) as caught:
            appending.append(place, LOG, [one], LATER)
        assert caught.value.key == key
    appending.append(place, LOG, [draft(kinds.WITHDRAWN, about=made.seq, salt="b")], LATER)
