"""Our own verifier on the same copies: what a program that is not ours refuses must not be verified by us either."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.judges.altered import ALTERED
from tests.judges.published import Published
from verify.bundle.container import open_container
from verify.bundle.judge import judge
from verify.bundle.trust import Held
from verify.bundle.verdict import Verdict

FAILS = {
    "statement": "signature.lead",
    "payload_type": "envelope",
    "signature": "signature.lead",
    "swapped": "signature.lead",
    "stripped": "signatories",
    "certificate": "chain.lead",
    "without_body": "chain.lead",
    "token_of_the_other": "time.reviewer",
    "token": "time.lead",
    "cell": "members",
    "sums": "subject",
    "lost": "members",
}


def ours(place: Path, root: Path) -> Verdict:
    return judge(open_container(place), Held(root.read_bytes()))


def test_the_demos_bundle_is_verified_as_folder_and_as_zip(published: Published) -> None:
    for place in (published.folder, published.zip):
        assert ours(place, published.root).state == "verified"
    assert ours(published.zip, published.stranger).state == "failed"


@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_copy_is_not(name: str, bundle: Path, published: Published) -> None:
    ALTERED[name](bundle)
    verdict = ours(bundle, published.root)
    failed = {one.name for one in verdict.checks if one.state == "failed"}
    assert verdict.state == "failed"
    assert FAILS[name] in failed, failed


def test_with_the_reviewers_certificate_revoked(bundle: Path, published: Published) -> None:
    (bundle / "trust/crls.pem").write_bytes(published.revoked.read_bytes())
    verdict = ours(bundle, published.root)
    assert {one.name for one in verdict.checks if one.state == "failed"} == {"revocation.reviewer"}
