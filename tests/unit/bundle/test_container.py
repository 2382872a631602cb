"""Writing and reading back, as zip and as folder (Z1, Z3 to Z6, Z9)."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.bundle.container import open_container, read_container
from verify.bundle.limits import Limits
from verify.bundle.refused import Refused
from verify.bundle.writing import write_folder, write_zip
from verify.bundle.zip_write import zip_bytes
from verify.errors import WrongUsage

MEMBERS = {"data/a.csv": b"a\n1\n", "attest/lead.tsr": bytes(range(256)), "index.html": b"", "Z": b"z", "a-b": b"1"}
SEGMENT = st.text("abcXYZ019._+@=-", min_size=1, max_size=8).filter(lambda text: not text.endswith("."))
NAMES = st.lists(SEGMENT, min_size=1, max_size=3).map("/".join)


def apart(names: list[str]) -> bool:
    """No name is the folder of another."""
    return not any(other.lower().startswith(f"{name.lower()}/") for name in names for other in names)


SETS = (
    st.lists(NAMES, max_size=6, unique_by=str.lower)
    .filter(apart)
    .flatmap(lambda names: st.fixed_dictionaries({name: st.binary(max_size=200) for name in names}))
)


@given(SETS)
def test_what_is_written_is_read(members: dict[str, bytes]) -> None:
    container = read_container(zip_bytes(members))
    assert dict(container.members) == members
    assert list(container.members) == sorted(members)
    assert not container.repacked


@given(SETS, st.randoms())
def test_the_order_of_the_members_changes_no_byte(members: dict[str, bytes], random: object) -> None:
    names = list(members)
    random.shuffle(names)  # type: ignore[attr-defined]
    assert zip_bytes({name: members[name] for name in names}) == zip_bytes(members)


def by_the_standard_library(members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in sorted(members, key=str.encode):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.compress_type, info.external_attr = 3, method, (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, members[name])
    return out.getvalue()


def test_z1_is_what_zipfile_writes_with_those_settings() -> None:
    assert zip_bytes(MEMBERS) == by_the_standard_library(MEMBERS)


def test_z1_is_what_zipfile_reads() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_bytes(MEMBERS))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(MEMBERS)
        for info in archive.infolist():
            assert (info.compress_type, info.date_time, info.create_system) == (0, (1980, 1, 1, 0, 0, 0), 3)
            assert info.external_attr >> 16 == 0o100644
            assert archive.read(info) == MEMBERS[info.filename]


def test_z9_a_zip_of_the_standard_library_is_repacked_and_read() -> None:
    container = read_container(by_the_standard_library(MEMBERS, zipfile.ZIP_DEFLATED))
    assert container.repacked
    assert dict(container.members) == MEMBERS


def test_z9_other_order_is_repacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(MEMBERS, reverse=True):
            archive.writestr(zipfile.ZipInfo(name), MEMBERS[name])
    container = read_container(out.getvalue())
    assert container.repacked
    assert dict(container.members) == MEMBERS


@pytest.mark.parametrize("name", ["../x", "a b", "数据.csv", "con"])
def test_a_name_that_no_reader_takes_is_not_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write_zip(tmp_path / "bundle.zip", {name: b""})
    with pytest.raises(Refused):
        write_folder(tmp_path / "bundle", {name: b""})
    assert list(tmp_path.iterdir()) == []


def test_folder_and_zip_hold_the_same(tmp_path: Path) -> None:
    write_folder(tmp_path / "new" / "bundle", MEMBERS)
    write_zip(tmp_path / "new" / "bundle.zip", MEMBERS)
    folder, packed = open_container(tmp_path / "new" / "bundle"), open_container(tmp_path / "new" / "bundle.zip")
    assert (folder.form, packed.form) == ("folder", "zip")
    assert dict(folder.members) == dict(packed.members) == MEMBERS
    assert list(folder.members) == list(packed.members)
    assert not folder.repacked
    assert not packed.repacked
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["bundle", "bundle.zip"]


def test_unpacked_by_another_program_it_is_the_same(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(zip_bytes(MEMBERS))) as archive:
        archive.extractall(tmp_path / "out")
    assert dict(open_container(tmp_path / "out").members) == MEMBERS


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    write_folder(tmp_path / "bundle", {"a": b"1"})  # an empty one is taken
    with pytest.raises(WrongUsage, match=r"bundle\.exists"):
        write_folder(tmp_path / "bundle", {"b": b"2"})
    assert dict(open_container(tmp_path / "bundle").members) == {"a": b"1"}


def planted_link(folder: Path) -> None:
    (folder / "link").symlink_to(folder / "a")


def planted_folder_link(folder: Path) -> None:
    (folder / "link").symlink_to(folder.parent, target_is_directory=True)


def planted_pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe")


def planted_empty_folder(folder: Path) -> None:
    (folder / "sub" / "empty").mkdir(parents=True)


def planted_name(folder: Path) -> None:
    (folder / "a b").write_bytes(b"")


def planted_case(folder: Path) -> None:
    (folder / "A").write_bytes(b"")


def planted_folder_of_that_name(folder: Path) -> None:
    (folder / "A").mkdir()
    (folder / "A" / "x").write_bytes(b"")


@pytest.mark.parametrize(
    ("plant", "key"),
    [
        (planted_link, "not_a_file"),
        (planted_folder_link, "not_a_file"),
        (planted_pipe, "not_a_file"),
        (planted_empty_folder, "empty_folder"),
        (planted_name, "name"),
        (planted_case, "same_name"),
        (planted_folder_of_that_name, "file_and_folder"),
    ],
)
def test_a_hostile_folder(plant: object, key: str, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    write_folder(folder, {"a": b"1"})
    plant(folder)  # type: ignore[operator]
    with pytest.raises(Refused) as refused:
        open_container(folder)
    assert refused.value.key == f"bundle.{key}"


def test_a_folder_within_limits(tmp_path: Path) -> None:
    write_folder(tmp_path / "b", {"a": b"123", "b": b"456"})
    assert len(open_container(tmp_path / "b", Limits(total=6, entries=2)).members) == 2
    for limits in (Limits(total=5), Limits(entries=1)):
        with pytest.raises(Refused) as refused:
            open_container(tmp_path / "b", limits)
        assert refused.value.rule == "Z4"


def test_an_archive_larger_than_it_may_be_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)  # sparse: no disk is filled
    with pytest.raises(Refused) as refused:
        open_container(path, Limits(total=1000, framing=1000))
    assert refused.value.key == "bundle.too_large"


def test_neither_folder_nor_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_container(tmp_path / "gone.zip")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused) as refused:
        open_container(tmp_path / "pipe")
    assert refused.value.key == "bundle.not_a_file"


def test_no_member_is_a_set_too() -> None:
    assert zip_bytes({}) == b"PK\5\6" + bytes(18)
    assert not read_container(zip_bytes({})).repacked


def test_another_program_tests_the_zip(tmp_path: Path) -> None:
    """Python's own command line, as a program of its own, finds no fault in it."""
    write_zip(tmp_path / "b.zip", MEMBERS)
    done = subprocess.run([sys.executable, "-m", "zipfile", "-t", tmp_path / "b.zip"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
