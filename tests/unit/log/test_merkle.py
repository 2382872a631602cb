"""The tree against the published vectors of certificate-transparency and against RFC 6962's own recursion, written again."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest

from verify.attest.log import merkle, tiles
from verify.errors import NotVerified

H = bytes.fromhex
# github.com/google/certificate-transparency, merkletree tests; transparency-dev/merkle, testonly/constants.go
LEAVES = [
    H(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    H(one)
    for one in (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
HASHES = [merkle.leaf_hash(one) for one in LEAVES]
WHOLE = merkle.whole_of(HASHES)
BIG = [merkle.leaf_hash(str(one).encode()) for one in range(600)]


def mth(hashes: list[bytes]) -> bytes:
    """RFC 6962 2.1, word by word."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = max(2**power for power in range(40) if 2**power < len(hashes))
    return hashlib.sha256(b"\x01" + mth(hashes[:split]) + mth(hashes[split:])).digest()


def refused(call: object, *arguments: object) -> str:
    """The key of the refusal."""
    with pytest.raises(NotVerified) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value.key


@pytest.mark.parametrize("size", range(9))
def test_roots(size: int) -> None:
    assert merkle.root(size, WHOLE) == ROOTS[size] == mth(HASHES[:size])


def test_published_proofs() -> None:
    path = [
        H("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
        H("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
        ROOTS[4],
    ]
    assert merkle.inclusion(5, 8, WHOLE) == path
    merkle.verify_inclusion(HASHES[5], 5, 8, path, ROOTS[8])
    six = [H("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"), path[1], ROOTS[4]]
    assert merkle.consistency(6, 8, WHOLE) == six
    merkle.verify_consistency(6, 8, six, ROOTS[6], ROOTS[8])
    two = [H("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"), path[0]]
    assert merkle.consistency(2, 5, WHOLE) == two
    merkle.verify_consistency(2, 5, two, ROOTS[2], ROOTS[5])


def test_every_proof_of_every_small_tree_holds_and_no_other_does() -> None:
    for size in range(1, 17):
        whole, root = merkle.whole_of(BIG[:size]), mth(BIG[:size])
        for index in range(size):
            path = merkle.inclusion(index, size, whole)
            merkle.verify_inclusion(BIG[index], index, size, path, root)
            for other in range(size):
                if other != index:
                    assert refused(merkle.verify_inclusion, BIG[index], other, size, path, root) == "log.inclusion"
            assert refused(merkle.verify_inclusion, BIG[index], index, size, [*path, root], root) == "log.inclusion"
            if path:
                assert refused(merkle.verify_inclusion, BIG[index], index, size, path[:-1], root) == "log.inclusion"
        for old in range(size + 1):
            path = merkle.consistency(old, size, whole)
            merkle.verify_consistency(old, size, path, mth(BIG[:old]), root)
            assert (
                refused(merkle.verify_consistency, old, size, [*path, root], mth(BIG[:old]), root) == "log.consistency"
            )
            if old < size:
                assert refused(merkle.verify_consistency, old, size, path, root, root) == "log.consistency"
            for at in range(len(path)):
                bent = [*path[:at], bytes(32), *path[at + 1 :]]
                assert refused(merkle.verify_consistency, old, size, bent, mth(BIG[:old]), root) == "log.consistency"


def test_lengths_and_bounds() -> None:
    assert refused(merkle.verify_inclusion, HASHES[0][:31], 0, 1, [], ROOTS[1]) == "log.hash_length"
    assert (
        refused(merkle.verify_inclusion, HASHES[5], 5, 8, [b"", *merkle.inclusion(5, 8, WHOLE)[1:]], ROOTS[8])
        == "log.hash_length"
    )
    assert refused(merkle.verify_inclusion, HASHES[0], 0, 0, [], ROOTS[0]) == "log.index"
    assert refused(merkle.verify_inclusion, HASHES[0], -1, 1, [], ROOTS[1]) == "log.index"
    assert refused(merkle.verify_inclusion, HASHES[0], 8, 8, [], ROOTS[8]) == "log.index"
    assert refused(merkle.inclusion, 8, 8, WHOLE) == "log.index"
    assert refused(merkle.verify_consistency, 8, 6, [], ROOTS[8], ROOTS[6]) == "log.index"
    assert refused(merkle.verify_consistency, 0, 0, [], ROOTS[0], ROOTS[1]) == "log.consistency"
    assert refused(merkle.verify_consistency, 0, 8, [], ROOTS[1], ROOTS[8]) == "log.consistency"
    assert refused(merkle.verify_consistency, 8, 8, [], ROOTS[7], ROOTS[8]) == "log.consistency"
    assert refused(merkle.verify_consistency, 6, 8, [], ROOTS[6], ROOTS[8]) == "log.consistency"


def test_tiles_have_the_names_of_the_specification() -> None:
    assert tiles.path(0, 1234067) == "tile/0/x001/x234/067"
    assert tiles.path(tiles.ENTRIES, 0, 17) == "tile/entries/000.p/17"
    assert tiles.path(2, 999) == "tile/2/999"
    assert tiles.path(2, 1000, 1) == "tile/2/x001/000.p/1"
    assert tiles.widths(70_000) == [112, 17, 1]  # the example of tlog-tiles
    assert tiles.widths(256) == [0, 1]
    assert tiles.widths(0) == []


def test_a_root_from_the_edge_is_the_root() -> None:
    for size in (0, 1, 2, 3, 255, 256, 257, 511, 512, 600):
        level0 = BIG[size // 256 * 256 : size]
        level1 = [mth(BIG[start : start + 256]) for start in range(0, size // 256 * 256, 256)]
        assert tiles.root_of_edge([level0, level1]) == mth(BIG[:size])


def test_proofs_by_tiles_are_those_by_leaves() -> None:
    level1 = [mth(BIG[:256]), mth(BIG[256:512])]
    held = {0: BIG, 1: level1}
    whole = tiles.whole_of(600, lambda level, index, width: b"".join(held[level][index * 256 : index * 256 + width]))
    by_leaves = merkle.whole_of(BIG)
    assert merkle.root(600, whole) == mth(BIG)
    for index in (0, 255, 256, 511, 512, 599):
        assert merkle.inclusion(index, 600, whole) == merkle.inclusion(index, 600, by_leaves)
    for old, _ in pairwise((1, 255, 256, 257, 512, 513, 600)):
        path = merkle.consistency(old, 600, whole)
        merkle.verify_consistency(old, 600, path, mth(BIG[:old]), mth(BIG))


def test_entry_bundles() -> None:
    entries = [b"", b"a", bytes(300)]
    data = tiles.bundle(entries)
    assert data[:5].hex() == "0000000161"
    assert tiles.unbundle(data) == entries
    assert refused(tiles.unbundle, data[:-1]) == "log.tile"
    assert refused(tiles.unbundle, data + b"\x00") == "log.tile"
    assert refused(tiles.bundle, [bytes(65_536)]) == "log.entry_size"
