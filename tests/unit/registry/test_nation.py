"""Checks across parks: every planted fact is named with its parks, no near miss is; what is kept is what a whole check says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from fixtures.simulator.nation import CODES, KINDS, nation
from tests.unit.registry.nation_folder import RULES, checked, facts, filed, named, planted
from verify.errors import WrongUsage
from verify.registry import Registry, writing
from verify.registry.check import CHECKS

PARKS, HOURS = 48, 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nation")


def test_every_check_is_planted_and_has_its_rule() -> None:
    assert [one.code for one in CHECKS] == sorted(RULES.checks) == list(CODES)


def test_every_planted_fact_is_named_and_no_near_miss(folder: Path) -> None:
    parks, truth = nation(PARKS, len(KINDS), hours=HOURS)
    filed(folder, parks, HOURS)
    first = checked(folder, folder / "work")
    assert named(first.found) == planted(truth)
    assert {run["code"]: run["outcome"] for run in first.plain["runs"]} == dict.fromkeys(CODES, "found")

    # parks of some facts file again without them, one at a time: what is kept equals what a whole check says
    clean = {park.id: park for park in nation(PARKS, 0, hours=HOURS)[0]}
    undone = {park for one in (truth[0], truth[5], truth[9]) for park in one.parks}
    with writing(folder) as registry:
        registry.add([facts(clean[one], HOURS) for one in sorted(undone)])
    part = checked(folder, folder / "part")
    whole = checked(folder, folder / "whole", anew=True)
    assert part.again == len(undone)
    assert part.found == whole.found
    gone = {(one.code, one.parks) for one in (truth[0], truth[5], truth[9])}
    assert not gone & set(named(part.found))


def test_near_misses_alone_are_silent(tmp_path: Path) -> None:
    parks, truth = nation(40, 16, hours=HOURS, honest=True)
    assert truth == []
    filed(tmp_path, parks, HOURS)
    assert named(checked(tmp_path, tmp_path / "work").found) == Counter()


def test_a_second_writer_is_refused_and_a_killed_one_leaves_the_old_state(tmp_path: Path) -> None:
    parks, _ = nation(3, 0, hours=0)
    filed(tmp_path, parks[:2], 0)
    with writing(tmp_path), pytest.raises(WrongUsage, match=r"registry\.busy"), writing(tmp_path):
        raise AssertionError("two writers at once")
    before = (tmp_path / "registry.json").read_bytes()
    with writing(tmp_path) as registry:
        registry._list = lambda: (_ for _ in ()).throw(KeyboardInterrupt)  # type: ignore[method-assign]
        with pytest.raises(KeyboardInterrupt):
            registry.add([facts(parks[2], 0)])
    assert (tmp_path / "registry.json").read_bytes() == before
    assert sorted(Registry.read(tmp_path).parks) == [parks[0].id, parks[1].id]
    filed(tmp_path, parks[2:], 0)
    assert len(Registry.read(tmp_path).parks) == 3


def test_parts_are_put_together_and_a_park_that_files_again_replaces_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.registry.state._TOGETHER", 3)
    parks, _ = nation(4, 0, hours=0)
    filed(tmp_path, parks, 0, batch=1)
    filed(tmp_path, parks[:1], 0)
    registry = Registry.read(tmp_path)
    assert len(registry.parks) == 4
    assert len(registry.files("spells")) == 1 + 1 + 1  # three put together, the fourth, and the first again
    assert all(one.is_file() for one in registry.files("spells"))
    assert len(list((tmp_path / "facts" / "spells").iterdir())) == len(registry.files("spells"))


def test_there_is_no_registry_where_nobody_filed(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match=r"registry\.none"):
        Registry.read(tmp_path)
