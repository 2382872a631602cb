"""Vectors made from the specifications, given to program and page: trees and proofs, Ed25519, notes and cosignatures.

Trees after RFC 6962 2.1 by a recursion of our own, which neither of the two uses; Ed25519 after RFC 8032 7.1 and 5.1.7; notes after
C2SP signed-note. Each right vector has wrong twins. Entry points: docs/formats/log.md, docs/formats/page.md.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from tests.reader import node
from tests.unit.log.logs import KEY, LOG, ORIGIN, WITNESSES, policy, private
from verify.attest.log import checkpoint, cosignature, ed25519, merkle, note, trust
from verify.attest.log.note import COSIGNATURE, Key
from verify.errors import NotVerified

pytestmark = pytest.mark.skipif(node.find() is None, reason="no Node here")
Vector = tuple[str, dict[str, Any], bool]  # name, job for the page, whether it holds
# RFC 8032 7.1, TEST 1 to 3: public key, message, signature
RFC8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]  # fmt: skip


def mth(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 2.1."""
    if len(leaves) < 2:
        return hashlib.sha256(b"\0" + leaves[0] if leaves else b"").digest()
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def trees(most: int) -> list[Vector]:
    """Inclusion and consistency proofs over trees of 0 to `most` leaves, each with a wrong twin."""
    leaves = [bytes([at]) * (at % 7) for at in range(most)]
    whole = merkle.whole_of([merkle.leaf_hash(one) for one in leaves])
    roots = [mth(leaves[:size]) for size in range(most + 1)]
    found: list[Vector] = [(f"root {size}", {"job": "root", "leaves": [b64(one) for one in leaves[:size]], "root": b64(roots[size])}, True)
                           for size in range(0, most + 1, 7)]  # fmt: skip
    for size in range(1, most + 1):
        for index in {0, size // 3, size // 2, size - 1}:
            path = merkle.inclusion(index, size, whole)
            cases = [(path, index, size, True), (path, index + 1, size, False),
                     ([*path, bytes(32)], index, size, False), ([one[:31] for one in path] or [bytes(31)], index, size, False)]  # fmt: skip
            for held, at, of, holds in cases:
                job = {"job": "inclusion", "leaf": b64(merkle.leaf_hash(leaves[index])), "index": str(at), "size": str(of),
                       "path": [b64(one) for one in held], "root": b64(roots[size])}  # fmt: skip
                found.append((f"inclusion {at}/{of}", job, holds))
        for old in {0, 1, size // 2, size - 1, size}:
            path = merkle.consistency(old, size, whole)
            cases = [(path, old, roots[old], True), (path, old, bytes(32), False), ([*path, bytes(32)], old, roots[old], False),
                     (path, size + 1, roots[old], False)]  # fmt: skip
            for held, before, root, holds in cases:
                job = {"job": "consistency", "old": str(before), "size": str(size), "path": [b64(one) for one in held],
                       "old_root": b64(root), "root": b64(roots[size])}  # fmt: skip
                found.append((f"consistency {before}-{size}", job, holds))
    return found


def signatures() -> list[Vector]:
    """RFC 8032 7.1 and its wrong twins: s + L, lengths, another message, a key of other octets."""
    found: list[Vector] = []
    for number, row in enumerate(RFC8032, 1):
        key, message, good = (bytes.fromhex(one) for one in row)
        s = int.from_bytes(good[32:], "little") + ed25519.ORDER
        twins = [(key, message, good, True), (key, message, good[:32] + s.to_bytes(32, "little"), False),
                 (key, message, good + b"\0", False), (key, message, good[:63], False), (key, message + b"\0", good, False),
                 (key[:31], message, good, False), (bytes([key[0] ^ 1]) + key[1:], message, good, False)]  # fmt: skip
        for at, (one, text, signature, holds) in enumerate(twins):
            job = {"job": "ed25519", "key": b64(one), "message": b64(text), "signature": b64(signature)}
            found.append((f"RFC 8032 TEST {number}.{at}", job, holds))
    return found


def notes() -> list[Vector]:
    """A checkpoint that log and witness signed, and what somebody did to its octets."""
    text = checkpoint.Checkpoint(ORIGIN, 3, bytes(32)).text()
    line = cosignature.make(text, WITNESSES["ngo"], private("ngo"), 1_800_000_000)
    good = note.sign(text, ORIGIN, LOG, [line]).data()
    witness = Key(WITNESSES["ngo"], COSIGNATURE, ed25519.public_of(private("ngo")))
    twins = {
        "good": good, "no blank line": good.replace(b"\n\n", b"\n"), "cut": good[:-1], "another size": good.replace(b"\n3\n", b"\n4\n"),
        "a leading zero": good.replace(b"\n3\n", b"\n03\n"), "a control character": good.replace(b"\n3\n", b"\n3\r\n"),
        "another dash": good.replace("—".encode(), b"-"), "no signatures": text.encode() + b"\n", "not UTF-8": b"\xff" + good,
    }  # fmt: skip
    found: list[Vector] = [(name, {"job": "note", "note": b64(data), "log": str(KEY), "witness": str(witness)}, name == "good")
                           for name, data in twins.items()]  # fmt: skip
    vkeys = {
        str(KEY): True,
        str(KEY).replace("+0", "+1", 1): "+0" not in str(KEY),
        f"{KEY}=": False,
        str(KEY)[:-4]: False,
        "a+b": False,
    }
    found += [(f"vkey {vkey}", {"job": "vkey", "vkey": vkey}, holds) for vkey, holds in vkeys.items()]
    lines = policy()
    policies = {
        "policy": lines, "no quorum": lines[: lines.index(b"quorum")], "two quorums": lines + b"quorum none\n",
        "more than there are": lines.replace(b"some 2", b"some 4"), "a key twice": lines + lines.split(b"\n")[0].replace(b"log ", b"witness x "),
        "unknown line": b"hello\n" + lines, "a group unknown": lines.replace(b"quorum some", b"quorum other"),
    }  # fmt: skip
    return found + [(name, {"job": "policy", "policy": b64(data)}, name == "policy") for name, data in policies.items()]


def by_program(job: dict[str, Any]) -> bool:
    """The same by the program."""
    raw = {
        name: base64.b64decode(value) for name, value in job.items() if isinstance(value, str) and name not in _PLAIN
    }
    try:
        if job["job"] == "root":
            leaves = [merkle.leaf_hash(base64.b64decode(one)) for one in job["leaves"]]
            return merkle.root(len(leaves), merkle.whole_of(leaves)) == raw["root"]
        if job["job"] == "ed25519":
            return ed25519.holds(raw["key"], raw["signature"], raw["message"])
        path = [base64.b64decode(one) for one in job.get("path", ())]
        if job["job"] == "inclusion":
            merkle.verify_inclusion(raw["leaf"], int(job["index"]), int(job["size"]), path, raw["root"])
        elif job["job"] == "consistency":
            merkle.verify_consistency(int(job["old"]), int(job["size"]), path, raw["old_root"], raw["root"])
        elif job["job"] == "note":
            held = note.read(raw["note"])
            checkpoint.verified(held, note.read_key(job["log"]))
            return cosignature.time_of(held, note.read_key(job["witness"])) is not None
        elif job["job"] == "vkey":
            note.read_key(job["vkey"])
        else:
            trust.read(raw["policy"])
    except NotVerified:
        return False
    return True


_PLAIN = {"job", "index", "size", "old", "log", "witness", "vkey"}


def counted(most: int) -> dict[str, object]:
    """Every vector in both; how many."""
    kinds = {"trees": trees(most), "ed25519": signatures(), "notes": notes()}
    for vectors in kinds.values():
        assert [name for name, job, holds in vectors if by_program(job) is not holds] == []
        found = node.ask(job for _, job, _ in vectors)
        assert [name for (name, _, holds), got in zip(vectors, found, strict=True) if got is not holds] == []
    return {
        name: {"vectors": len(vectors), "refused": sum(not holds for *_, holds in vectors)}
        for name, vectors in kinds.items()
    }


def test_program_and_page_say_the_same_of_every_vector() -> None:
    counted(most=12)
