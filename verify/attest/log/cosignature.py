"""What a witness adds to a checkpoint: a time and a signature over both (C2SP tlog-cosignature v1, type 0x04)."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verify.attest.log import ed25519
from verify.attest.log.note import COSIGNATURE, Key, Note, Signature
from verify.errors import NotVerified

_LATEST = 253402300799  # the last second of the year 9999; the specification stops at 2**63 - 1
_TIME = 8  # octets of a POSIX time in seconds, big-endian


def make(text: str, witness: str, private: Ed25519PrivateKey, at: int) -> Signature:
    """The line of a witness over the text of a checkpoint, at `at` seconds since 1970."""
    key = Key(witness, COSIGNATURE, ed25519.public_of(private))
    return Signature(witness, key.id, at.to_bytes(_TIME, "big") + private.sign(_message(text, at)))


def time_of(note: Note, witness: Key) -> int | None:
    """When this witness cosigned the note, in seconds since 1970, the latest of several; None where it did not.

    Raises NotVerified `log.cosignature` for a line of it that does not hold, `log.vkey` for a key of another type.
    """
    if witness.kind != COSIGNATURE:
        raise NotVerified("log.vkey", key=str(witness), detail="not the key of a witness")
    found: list[int] = []
    for one in note.of(witness):
        at, signature = int.from_bytes(one.value[:_TIME], "big"), one.value[_TIME:]
        if at > _LATEST or not ed25519.holds(witness.public, signature, _message(note.text, at)):
            raise NotVerified("log.cosignature", witness=witness.name)
        found.append(at)
    return max(found, default=None)


def _message(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()
