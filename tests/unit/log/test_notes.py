"""Notes, checkpoints, cosignatures and proofs against the vectors of Go's sumdb/note and of the C2SP specifications."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.unit.log.logs import KEY, LOG, ORIGIN, TRUST, WITNESSES, policy, private
from verify.attest.log import checkpoint, cosignature, ed25519, merkle, note, proof, trust
from verify.attest.log.checkpoint import Checkpoint
from verify.attest.log.note import COSIGNATURE, ED25519, Key
from verify.errors import NotVerified

# golang.org/x/mod/sumdb/note, note_test.go
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
NOTE = f"{TEXT}\n{LINE}\n".encode()
# c2sp.org/tlog-cosignature, the example
COSIGNED = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
""".encode()
# RFC 8032 7.1, test 2
RFC_KEY = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
RFC_MESSAGE = bytes.fromhex("72")
RFC_SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
ROOT = merkle.leaf_hash(b"a")
HEAD = Checkpoint(ORIGIN, 1, ROOT)


def refused(call: object, *arguments: object) -> str:
    """The key of the refusal."""
    with pytest.raises(NotVerified) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value.key


def test_the_vector_of_go() -> None:
    key = note.read_key(VKEY)
    held = note.read(NOTE)
    note.verify(held, key)
    assert (str(key), held.text, held.data()) == (VKEY, TEXT, NOTE)
    assert note.sign(TEXT, "PeterNeumann", Ed25519PrivateKey.from_private_bytes(SEED)).data() == NOTE
    assert refused(note.verify, note.read(NOTE.replace(b"think", b"thank")), key) == "log.signature"
    assert refused(note.verify, note.read(NOTE), KEY) == "log.unsigned"


def test_no_part_of_a_vkey_is_one() -> None:
    for start in range(len(VKEY)):
        for end in range(start + 1, len(VKEY) + 1):
            if (start, end) != (0, len(VKEY)):
                assert refused(note.read_key, VKEY[start:end]) == "log.vkey"
    for at, one in enumerate(VKEY):
        assert refused(note.read_key, VKEY[:at] + chr(ord(one) + 1) + VKEY[at + 1 :]) == "log.vkey"
    wrong = (
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    )
    for one in wrong:  # of Go's test: another length, an unknown type, each with the id that fits
        assert refused(note.read_key, one) == "log.vkey"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"",
        f"{TEXT}\n{LINE}".encode(),
        f"{TEXT}{LINE}\n".encode(),
        NOTE.replace("—".encode(), b"-"),
        NOTE.replace(b"PeterNeumann ", b"Peter Neumann "),
        NOTE.replace(b"PeterNeumann ", b"Peter+Neumann "),
        NOTE.replace(b"PeterNeumann ", "Peter\u2003Neumann ".encode()),
        NOTE.replace(b"AM=", b"AM"),
        NOTE.replace(b"AM=", b"AN="),
        NOTE.replace(b"problem,", b"problem,\r"),
        NOTE.replace(b"problem,", b"problem\xff"),
        NOTE + b"\n",
        f"{TEXT}\n— PeterNeumann {base64.b64encode(b'abcd').decode()}\n".encode(),
        f"{TEXT}\n{(LINE + chr(10)) * 101}".encode(),
    ],
)
def test_what_is_no_note(data: bytes) -> None:
    assert refused(note.read, data) == "log.note"


def test_lines_of_strangers_are_passed_over_and_a_wrong_line_of_the_key_is_not() -> None:
    key = note.read_key(VKEY)
    held = note.read(NOTE)
    stranger = note.Signature("PeterNeumann", b"abcd", bytes(64))
    note.verify(note.Note(TEXT, (stranger, *held.signatures)), key)
    forged = note.Signature("PeterNeumann", key.id, bytes(64))
    assert refused(note.verify, note.Note(TEXT, (*held.signatures, forged)), key) == "log.signature"


def test_ed25519_by_rfc_8032() -> None:
    assert ed25519.holds(RFC_KEY, RFC_SIGNATURE, RFC_MESSAGE)
    s = int.from_bytes(RFC_SIGNATURE[32:], "little")
    for other in (s + ed25519.ORDER, s ^ 1):  # the same s, not reduced; another s
        assert not ed25519.holds(RFC_KEY, RFC_SIGNATURE[:32] + other.to_bytes(32, "little"), RFC_MESSAGE)
    for wrong in (
        RFC_SIGNATURE + b"\x00",
        RFC_SIGNATURE[:-1],
        b"",
        RFC_SIGNATURE[:32] + ed25519.ORDER.to_bytes(32, "little"),
    ):
        assert not ed25519.holds(RFC_KEY, wrong, RFC_MESSAGE)
    for key in (RFC_KEY[:31], RFC_KEY + b"\x00", b"\xff" * 32):
        assert not ed25519.holds(key, RFC_SIGNATURE, RFC_MESSAGE)
    assert not ed25519.holds(RFC_KEY, RFC_SIGNATURE, b"")


def test_the_example_of_the_cosignature_specification() -> None:
    held = note.read(COSIGNED)
    found = checkpoint.read(held.text)
    assert (found.origin, found.size, held.data()) == ("example.com/behind-the-sofa", 20852163, COSIGNED)
    assert found.text() == held.text
    assert int.from_bytes(held.signatures[1].value[:8], "big") == 1679315147
    assert len(held.signatures[1].value) == 72


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o\n1\n",
        "\n1\n" + base64.b64encode(ROOT).decode() + "\n",
        "o\n01\n" + base64.b64encode(ROOT).decode() + "\n",
        "o\n-1\n" + base64.b64encode(ROOT).decode() + "\n",
        "o\n１\n" + base64.b64encode(ROOT).decode() + "\n",
        "o\n1\n" + base64.b64encode(ROOT[:31]).decode() + "\n",
        "o\n1\n" + base64.b64encode(ROOT).decode(),
        "o\n1\n" + base64.b64encode(ROOT).decode() + "\n\nx\n",
    ],
)
def test_what_is_no_checkpoint(text: str) -> None:
    assert refused(checkpoint.read, text) == "log.checkpoint"


def test_a_checkpoint_under_the_key_of_another_log() -> None:
    other = note.sign(HEAD.text(), "another.example", LOG)
    key = Key("another.example", ED25519, ed25519.public_of(LOG))
    assert refused(checkpoint.verified, other, key) == "log.origin"
    assert checkpoint.verified(note.sign(HEAD.text(), ORIGIN, LOG), KEY) == HEAD


def test_a_cosignature_binds_time_and_text() -> None:
    own = Key("w.example", COSIGNATURE, ed25519.public_of(private("w")))
    line = cosignature.make(HEAD.text(), "w.example", private("w"), 1_800_000_000)
    signed = note.sign(HEAD.text(), ORIGIN, LOG, [line])
    assert cosignature.time_of(signed, own) == 1_800_000_000
    assert cosignature.time_of(note.sign(HEAD.text(), ORIGIN, LOG), own) is None
    later = note.Signature(line.name, line.id, (1_800_000_001).to_bytes(8, "big") + line.value[8:])
    for wrong in (later, note.Signature(line.name, line.id, line.value[:-1])):
        assert refused(cosignature.time_of, note.sign(HEAD.text(), ORIGIN, LOG, [wrong]), own) == "log.cosignature"
    moved = note.sign(Checkpoint(ORIGIN, 2, ROOT).text(), ORIGIN, LOG, [line])
    assert refused(cosignature.time_of, moved, own) == "log.cosignature"
    plain = Key("w.example", ED25519, own.public)
    assert plain.id != own.id
    assert refused(cosignature.time_of, signed, plain) == "log.vkey"


def witnessed(*names: str) -> note.Note:
    """The checkpoint with the lines of these witnesses."""
    lines = [cosignature.make(HEAD.text(), WITNESSES[one], private(one), 1_800_000_000) for one in names]
    return note.sign(HEAD.text(), ORIGIN, LOG, lines)


def test_a_quorum_of_witnesses() -> None:
    assert TRUST.cosigned(witnessed("regulator", "campus")) == dict.fromkeys(("regulator", "campus"), 1_800_000_000)
    assert refused(TRUST.cosigned, witnessed("regulator")) == "log.quorum"
    assert refused(TRUST.cosigned, witnessed()) == "log.quorum"
    assert refused(trust.read(policy("all")).cosigned, witnessed("regulator", "campus")) == "log.quorum"
    assert refused(trust.read(policy("any")).cosigned, witnessed("regulator")) == "log.quorum"  # L5: two at least
    none = trust.read(policy().replace(b"quorum some", b"quorum none"))
    assert refused(none.cosigned, witnessed("regulator")) == "log.quorum"
    assert TRUST.checkpoint(witnessed()) == HEAD
    assert (
        refused(TRUST.checkpoint, note.sign("o\n0\n" + base64.b64encode(ROOT).decode() + "\n", "o", LOG))
        == "log.unknown"
    )


GOOD = policy().decode()
TWICE = GOOD.splitlines()[1].replace("witness regulator", "witness other")


@pytest.mark.parametrize(
    "text",
    [
        "",
        GOOD.replace("quorum some", ""),
        GOOD + "quorum some\n",
        GOOD.replace("quorum some", "quorum nobody"),
        GOOD.replace("group some 2", "group some 4"),
        GOOD.replace("group some 2", "group some 0"),
        GOOD.replace("group some 2", "group some two"),
        GOOD.replace("regulator ngo", "regulator regulator"),
        GOOD.replace("regulator ngo", "regulator stranger"),
        GOOD.replace("group some", "group ngo"),
        GOOD.replace("group some", "group none"),
        f"{TWICE}\n{GOOD}",
        f"{GOOD}log {KEY}\n",
        GOOD.replace("witness ngo", "log"),
        GOOD + "\x01\n",
        "nothing here\n" + GOOD,
    ],
)
def test_what_is_no_policy(text: str) -> None:
    assert refused(trust.read, text.encode()) == "log.policy"


def test_a_policy_with_groups_in_groups_and_remarks() -> None:
    text = GOOD.replace(
        "group some 2 regulator ngo campus",
        "# two of them\n group  public\tany regulator ngo\ngroup some all public campus",
    )
    held = trust.read(text.encode())
    held.cosigned(witnessed("ngo", "campus"))
    assert refused(held.cosigned, witnessed("ngo", "regulator")) == "log.quorum"


def test_a_proof_as_text() -> None:
    entries = [b"a", b"b", b"c"]
    whole = merkle.whole_of([merkle.leaf_hash(one) for one in entries])
    head = Checkpoint(ORIGIN, 3, merkle.root(3, whole))
    made = proof.Proof(1, merkle.inclusion(1, 3, whole), note.sign(head.text(), ORIGIN, LOG), b"{}")
    lines = made.data().decode().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra e30=", "index 1"]
    assert lines[5] == ""
    again = proof.read(made.data())
    assert again.data() == made.data()
    again.verify(b"b")
    assert refused(again.verify, b"a") == "log.inclusion"
    assert refused(proof.Proof(2, made.path, made.note).verify, b"b") == "log.inclusion"
    for wrong in (
        made.data().replace(b"@v1", b"@v2"),
        made.data().replace(b"index 1", b"index 01"),
        made.data().replace(b"index 1\n", b""),
        made.data().replace(b"extra e30=", b"extra "),
        b"",
    ):
        assert refused(proof.read, wrong) in {"log.proof", "log.note"}
