"""`sign`, `countersign` and `publish` on a full disk: said in words, exit 2, nothing left behind, the draft as it was."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from tests.acceptance import small_disk
from tests.acceptance.command import said
from tests.acceptance.signing_desk import Desk, desk
from tests.acceptance.small_disk import Words, inside, publications, reviews, run, signatures
from verify.canonical import files

COMMANDS: dict[str, Callable[[Desk], Words]] = {
    "sign": lambda one: one.sign(one.at, one.at / "new" / "draft"),
    "countersign": lambda one: one.countersign(one.at / "one"),
    "publish": lambda one: one.publish(one.at / "both", one.at / "new" / "bundle"),
}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk that nobody alters: on a full disk nothing is written."""
    return desk(tmp_path_factory.mktemp("desk"))


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("call", "before"), [("fsync", 0), ("fsync", 1), ("replace", 0)])
def test_a_disk_that_fills_up(name: str, call: str, before: int, people: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    calls, ready = iter(range(1000)), people.draft()

    def full(*_: object) -> None:
        if next(calls) >= before:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os if call == "fsync" else Path, call, full)
    with mock.patch("verify.road.draft.draft", return_value=ready):
        assert not run(COMMANDS[name](people), people.at)


@pytest.mark.parametrize(
    ("many", "step"), [(publications, 40), (signatures, 40), (reviews, 4)], ids=["publish", "sign", "countersign"]
)
def test_a_disk_that_is_too_small(many: Callable[[Desk, int], dict[str, int]], step: int, people: Desk) -> None:
    reason = small_disk.not_here()
    if reason is not None:
        pytest.skip(reason)
    assert set(many(people, step)) == {"too_little_room", "too_few_files"}


def test_it_is_said_in_both_languages(people: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", full)
    words = people.publish(people.at / "both", people.at / "bundle")
    for language, text in {"zh": "磁盘已满，没有写入", "en": "The disk is full; nothing was written to"}.items():
        assert text in said(*words[:-1], language).err
    assert not [name for name in inside(people.at) if name.startswith(("bundle", ".bundle"))]
