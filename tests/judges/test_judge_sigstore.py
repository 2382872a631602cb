"""sigstore-js: each re-wrapped signature under the private trusted root of the bundle, as it lies there."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.judges import altered, installed
from tests.judges.parts import ROLES
from tests.judges.published import Published

pytestmark = installed.node_package("@sigstore/verify")
Copy = dict[str, Any]


def says(root: Path, copy: Path, address: str) -> str:
    script = installed.SCRIPTS / "sigstore.cjs"
    return installed.run(
        ["node", script, root, copy, address], env={"NODE_PATH": str(installed.MODULES)}
    ).stdout.strip()


def of(bundle: Path, role: str, root: Path | None = None) -> str:
    shaped = root or bundle / "trust/trusted_root.json"
    return says(shaped, bundle / f"attest/{role}.sigstore.json", f"{role}@demo.invalid")


@pytest.mark.parametrize("role", ROLES)
def test_it_takes_each_signature_for_its_person(role: str, published: Published) -> None:
    assert of(published.folder, role) == "good"
    copy = published.folder / f"attest/{role}.sigstore.json"
    assert (
        says(published.folder / "trust/trusted_root.json", copy, "nobody@demo.invalid") == "bad UNTRUSTED_SIGNER_ERROR"
    )


def test_it_trusts_no_other_root(bundle: Path, published: Published, tmp_path: Path) -> None:
    payload = base64.b64decode(altered.read(published.stranger)["payload"])
    (tmp_path / "envelope").write_bytes(payload)
    altered.write(tmp_path / "stranger.json", altered.read(tmp_path / "envelope")["trusted_root"])
    assert of(bundle, "lead", tmp_path / "stranger.json").startswith("bad ")


def payload(copy: Copy, other: Copy) -> None:
    """Another statement."""
    text = base64.b64decode(copy["dsseEnvelope"]["payload"])
    copy["dsseEnvelope"]["payload"] = base64.b64encode(text.replace(b"unmodified", b"adverse")).decode()


def signature(copy: Copy, other: Copy) -> None:
    """The other person's signature, with its time stamp."""
    copy["dsseEnvelope"]["signatures"] = other["dsseEnvelope"]["signatures"]
    copy["verificationMaterial"]["timestampVerificationData"] = other["verificationMaterial"][
        "timestampVerificationData"
    ]


def stamp(copy: Copy, other: Copy) -> None:
    """The time stamp of the other signature."""
    copy["verificationMaterial"]["timestampVerificationData"] = other["verificationMaterial"][
        "timestampVerificationData"
    ]


def no_stamp(copy: Copy, other: Copy) -> None:
    """No time stamp."""
    copy["verificationMaterial"]["timestampVerificationData"]["rfc3161Timestamps"] = []


def certificate(copy: Copy, other: Copy) -> None:
    """A certificate with one bit changed in its authority's signature."""
    held = copy["verificationMaterial"]["certificate"]
    held["rawBytes"] = base64.b64encode(altered.flipped(base64.b64decode(held["rawBytes"]))).decode()


@pytest.mark.parametrize(
    ("alter", "why"),
    [
        (payload, "SIGNATURE_ERROR"),
        (signature, "SIGNATURE_ERROR"),
        (stamp, "TIMESTAMP_ERROR"),
        (no_stamp, "TIMESTAMP_ERROR"),
        (certificate, "CERTIFICATE_ERROR"),
    ],
    ids=lambda one: one.__name__ if callable(one) else "",
)
def test_it_refuses_an_altered_copy(alter: Callable[[Copy, Copy], None], why: str, bundle: Path) -> None:
    path, other = bundle / "attest/lead.sigstore.json", bundle / "attest/reviewer.sigstore.json"
    copy = altered.read(path)
    alter(copy, altered.read(other))
    altered.write(path, copy)
    assert of(bundle, "lead") == f"bad {why}"
