"""Each rule of attestation 10 for reading, against an archive built for it (Z3 to Z7)."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tests.unit.bundle.archives import Archive, Item, archive, deflated
from verify.bundle.container import read_container
from verify.bundle.limits import Limits
from verify.bundle.refused import Refused
from verify.bundle.zip_read import read_zip
from verify.words import LANGUAGES, say

A = Item(b"data/a.csv", b"a,b\n1,2\n")
B = Item(b"b.txt", b"hello")


def refused(data: bytes, limits: Limits | None = None) -> str:
    """``rule key`` of the refusal; its message exists in both languages."""
    with pytest.raises(Refused) as error:
        read_zip(data, limits or Limits())
    for language in LANGUAGES:
        assert say(error.value.key, language, **error.value.arguments).isprintable()
    return f"{error.value.rule} {error.value.key.removeprefix('bundle.')}"


def test_an_honest_archive_is_read() -> None:
    assert read_zip(archive(B, A)) == {"b.txt": b"hello", "data/a.csv": b"a,b\n1,2\n"}


@pytest.mark.parametrize(
    "item",
    [
        Item(b"x", b"y" * 500, method=8),
        Item(b"x", b"y" * 500, method=8, flags=0b110),
        Item(b"x", b"y" * 500, flags=1 << 11),
        Item(b"x", b"y" * 500, extra=b"UT\1\0\0", local_extra=b"UT\2\0ab", comment=b"note"),
        Item(b"x", b"y" * 500, attributes=0),
        Item(b"x", b"y" * 500, attributes=0x20),
    ],
)
def test_another_packer_is_read_and_named_repacked(item: Item) -> None:
    container = read_container(archive(item))
    assert (dict(container.members), container.repacked) == ({"x": b"y" * 500}, True)


@pytest.mark.parametrize("signature", [b"", b"PK\7\x08"])
@pytest.mark.parametrize("local", [(0, 0, 0), None])
def test_a_data_descriptor_is_read(signature: bytes, local: tuple[int, int, int] | None) -> None:
    sizes = struct.pack("<3I", zlib.crc32(b"abc"), 3, 3)
    item = Item(b"x", b"abc", flags=8, local_sizes=local, behind=signature + sizes)
    assert read_zip(archive(item, B)) == {"x": b"abc", "b.txt": b"hello"}


def test_the_folder_of_a_member_is_framing() -> None:
    container = read_container(archive(Item(b"data/", attributes=0o40755 << 16 | 0x10), A))
    assert (list(container.members), container.repacked) == (["data/a.csv"], True)


@pytest.mark.parametrize(
    "folder",
    [
        Item(b"empty/", attributes=0o40755 << 16),
        Item(b"data/", b"hidden", attributes=0o40755 << 16),
        Item(b"data/", attributes=0o120777 << 16),
        Item(b"../", attributes=0o40755 << 16),
    ],
)
def test_z5_any_other_folder_entry(folder: Item) -> None:
    assert refused(archive(A, folder)) == "Z5 not_a_file"


def test_z5_a_folder_entry_twice() -> None:
    folder = Item(b"data/", attributes=0o40755 << 16)
    assert refused(archive(A, folder, folder)) == "Z5 not_a_file"


def test_z4_too_many_entries() -> None:
    items = [Item(f"f{n}".encode(), b"") for n in range(6)]
    assert len(read_zip(archive(*items), Limits(entries=6))) == 6
    assert refused(archive(*items), Limits(entries=5)) == "Z4 too_many"


def test_z4_ten_thousand_and_one() -> None:
    assert refused(archive(*(Item(str(n).encode()) for n in range(10_001)))) == "Z4 too_many"


@pytest.mark.parametrize("method", [0, 8])
def test_z4_too_large_over_all_members(method: int) -> None:
    content = bytes(range(256)) * 2
    items = [Item(b"a", content, method=method), Item(b"b", content, method=method)]
    assert len(read_zip(archive(*items), Limits(total=1024))) == 2
    assert refused(archive(*items), Limits(total=1023)) == "Z4 too_large"


def test_z4_a_bomb_by_its_ratio() -> None:
    assert refused(archive(Item(b"bomb", bytes(1_000_000), method=8))) == "Z4 ratio"


def test_z4_a_bomb_that_says_it_is_small() -> None:
    """Real bytes are counted: the inflater stops one byte behind the declared size."""
    bomb = deflated(bytes(3_000_000))
    assert refused(archive(Item(b"bomb", b"", packed=bomb, method=8, size=10))) == "Z4 size"


def test_z4_a_member_shorter_than_it_says() -> None:
    assert refused(archive(Item(b"x", b"abc", method=8, size=4))) == "Z4 size"
    assert refused(archive(Item(b"x", b"abc", size=4))) == "Z4 size"


@pytest.mark.parametrize("flags", [1, 1 << 6, 1 << 13, 1 | 1 << 3])
def test_z5_encrypted(flags: int) -> None:
    assert refused(archive(Item(b"x", b"abc", flags=flags))) == "Z5 encrypted"


@pytest.mark.parametrize("method", [1, 9, 12, 14, 93, 95, 99])
def test_z5_other_methods(method: int) -> None:
    assert refused(archive(Item(b"x", b"abc", method=method))) == "Z5 method"


@pytest.mark.parametrize("flags", [1 << 4, 1 << 5, 1 << 12, 1 << 14])
def test_z5_other_flags(flags: int) -> None:
    assert refused(archive(Item(b"x", b"abc", flags=flags))) == "Z5 method"


@pytest.mark.parametrize("mode", [0o120777, 0o020644, 0o060644, 0o010644, 0o140644, 0o040755])
def test_z5_link_device_pipe_socket_folder(mode: int) -> None:
    assert refused(archive(Item(b"x", b"/etc/passwd", attributes=mode << 16))) == "Z5 not_a_file"


@pytest.mark.parametrize("attribute", [0x10, 0x08])
def test_z5_a_folder_or_volume_of_dos(attribute: int) -> None:
    assert refused(archive(Item(b"x", attributes=attribute))) == "Z5 not_a_file"


@pytest.mark.parametrize(
    "name",
    [
        b"../x",
        b"a/../x",
        b"a/./x",
        b"..",
        b".",
        b"...",
        b"a/..",
        b"/etc/passwd",
        b"a//b",
        b"",
        b"C:x",
        b"C:\\x",
        b"a\\..\\x",
        b"\\\\host\\x",
        b"a\x00b",
        b"a b",
        b"a\nb",
        b"a\x1b[31m",
        b"x.",
        b"x./y",
        b"nul",
        b"AUX.txt",
        b"a/Com1.csv",
        b"~x",
        b"$HOME",
        "数据.csv".encode(),
        b"\xff",
        b"a:stream",
        b"a" * 101,
        b"/".join([b"a" * 50] * 5),
    ],
)
def test_z6_names(name: bytes) -> None:
    assert refused(archive(Item(name, b"x"))) == "Z6 name"


@pytest.mark.parametrize("name", [b"data/a.csv", b"data/A.CSV", b"DATA/a.csv"])
def test_z6_the_same_name_twice(name: bytes) -> None:
    assert refused(archive(A, Item(name, b"other"))) == "Z6 same_name"


@pytest.mark.parametrize("name", [b"data", b"DATA"])
def test_z6_a_file_that_is_a_folder(name: bytes) -> None:
    assert refused(archive(A, Item(name, b"x"))) == "Z6 file_and_folder"


def test_z7_two_entries_over_the_same_bytes() -> None:
    """The overlap bomb: many names, one body."""
    assert refused(archive(A, Item(b"again", A.content, offset=0))) == "Z7 overlap"


def test_z7_an_entry_inside_another() -> None:
    inner = archive(Item(b"in.txt", b"inside"))
    outer = Item(b"outer", inner[: inner.index(b"PK\1\2")])
    body = 30 + len(outer.name)
    whole = Archive([outer, Item(b"in.txt", b"inside", offset=body, packed=b"inside")]).data()
    assert refused(whole) == "Z7 overlap"


def test_z7_sizes_that_reach_into_the_next_entry() -> None:
    long = Item(b"x", b"abc", packed_size=40, size=40)
    assert refused(archive(long, Item(b"y", b"z" * 100))) == "Z7 overlap"


def test_z7_an_offset_outside() -> None:
    assert refused(archive(Item(b"x", b"abc", offset=1_000_000))) == "Z7 framing"


@pytest.mark.parametrize("item", [Item(b"x", b"abc", local_name=b"y"), Item(b"x", b"abc", local_name=b"../x")])
def test_z7_two_names(item: Item) -> None:
    assert refused(archive(item)) == "Z7 two_names"


@pytest.mark.parametrize("where", ["extra", "local_extra"])
def test_z7_a_name_in_an_extra_field(where: str) -> None:
    field = struct.pack("<2HBI", 0x7075, 6, 1, 0) + b"y"
    assert refused(archive(Item(b"x", b"abc", **{where: field}))) == "Z7 two_names"


@pytest.mark.parametrize("where", ["extra", "local_extra"])
def test_z7_zip64_and_broken_extra_fields(where: str) -> None:
    assert refused(archive(Item(b"x", b"abc", **{where: struct.pack("<2HQ", 1, 8, 3)}))) == "Z7 zip64"
    assert refused(archive(Item(b"x", b"abc", **{where: b"UT\x09\0abc"}))) == "Z7 framing"
    assert refused(archive(Item(b"x", b"abc", **{where: b"UT"}))) == "Z7 framing"


@pytest.mark.parametrize(
    "item",
    [
        Item(b"x", b"abc", local_sizes=(0, 3, 3)),
        Item(b"x", b"abc", local_sizes=(zlib.crc32(b"abc"), 3, 4)),
        Item(b"x", b"abc", local_flags=8),
        Item(b"x", b"abc", local_method=8),
        Item(b"x", b"abc", behind=b"hidden"),
        Item(b"x", b"abc", flags=8),
        Item(b"x", b"abc", flags=8, behind=b"PK\7\x08" + struct.pack("<3I", 0, 3, 3)),
        Item(b"x", b"abc", flags=8, local_sizes=(0, 0, 3), behind=struct.pack("<3I", zlib.crc32(b"abc"), 3, 3)),
    ],
)
def test_z7_headers_that_differ_or_hide_bytes(item: Item) -> None:
    assert refused(archive(item, B)) == "Z7 two_headers"


@pytest.mark.parametrize(
    "whole",
    [
        Archive([A], before=b"#!/bin/sh\n"),
        Archive([A], before=archive(B)),
        Archive([A], comment=b"comment"),
        Archive([A], behind=b"\0"),
        Archive([A], behind=b"<script>"),
        Archive([A, B], end={"count": 1, "here": 1}),
        Archive([A, B], end={"count": 3, "here": 3}),
        Archive([A, B], end={"here": 1}),
        Archive([A, B], end={"at": 0}),
        Archive([A, B], end={"size": 10}),
        Archive([A, B], end={"disk": 1}),
        Archive([], before=b"x"),
    ],
)
def test_z7_bytes_around_the_members(whole: Archive) -> None:
    assert refused(whole.data()) == "Z7 framing"


def test_z7_bytes_between_members_and_directory() -> None:
    """A signing block, as in the packages of a telephone, is room for anything."""
    assert refused(Archive([A], between=b"hidden").data()) == "Z7 two_headers"


def test_z7_a_split_archive() -> None:
    assert refused(archive(Item(b"x", b"abc", disk=1))) == "Z7 overlap"


def test_z7_another_archive_behind() -> None:
    """A reader from the front sees the first archive, one from the end the second."""
    assert refused(archive(A) + archive(B)) == "Z7 framing"


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip at all, whatever its name says", bytes(22)])
def test_z7_no_zip(data: bytes) -> None:
    assert refused(data) == "Z7 not_a_zip"


def test_z7_checksum_and_damage() -> None:
    assert refused(archive(Item(b"x", b"abc", crc=1))) == "Z7 checksum"
    packed = deflated(b"abc" * 50)
    assert refused(archive(Item(b"x", b"abc" * 50, packed=packed[:-3], method=8))) == "Z7 damaged"
    assert refused(archive(Item(b"x", b"abc" * 50, packed=packed + b"hidden", method=8))) == "Z7 damaged"
    assert refused(archive(Item(b"x", b"abc", packed=b"\xff\xff\xff", method=8))) == "Z7 damaged"


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read_zip(archive(A, B))
    assert list(tmp_path.iterdir()) == []


def test_no_byte_of_a_canonical_zip_can_change_unseen() -> None:
    """Every byte in three ways, every cut: refused, or named repacked, or a member that is not the same (Z9)."""
    whole = archive(Item(b"a", b"1"), Item(b"b/c", b"22"))
    members = {"a": b"1", "b/c": b"22"}
    assert not read_container(whole).repacked
    unseen = []
    for place in range(len(whole)):
        for change in (1, 0x80, 0xFF):
            mutant = bytearray(whole)
            mutant[place] ^= change
            unseen.append(bytes(mutant))
        unseen += [whole[:place], whole[:place] + b"\0" + whole[place:], whole[:place] + whole[place + 1 :]]
    assert [mutant for mutant in unseen if taken(mutant, members)] == []


def taken(data: bytes, members: dict[str, bytes]) -> bool:
    """Whether the bytes pass for the zip of `members`."""
    try:
        container = read_container(data)
    except Refused:
        return False
    return not container.repacked and dict(container.members) == members
