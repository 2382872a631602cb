"""Chain and revocation of further signatories: by a body's P-256 key, by a national SM2 authority, and mixed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.attest import national
from tests.unit.attest.attested import ANCHORS, REVIEWED, WORLD, failed, judged
from tests.unit.attest.further_signed import Nation, asked, of_the_nation, states, with_further
from tests.unit.attest.people import SIGNED, START
from verify.attest import profiles
from verify.attest.anchors import Anchor, Anchors

pytestmark = national.needed
DAY = timedelta(days=1)


def test_a_reader_who_trusts_no_sm2_authority(nation: Nation) -> None:
    """The chain is not checked and said; only a requirement makes the whole rest on it."""
    outcome = judged(of_the_nation(nation))
    not_checked = ("not_checked", "attest.further_no_anchor")
    found = states(outcome)
    assert (found["signature.further"][0], found["time.further"][0]) == ("verified", "verified")
    assert found["chain.further"] == found["revocation.further"] == not_checked
    assert outcome.state == "verified"
    assert "further" not in outcome.times
    required = asked(of_the_nation(nation), ANCHORS, "sm2")
    assert states(required)["further.sm2"] == not_checked
    assert required.state == "not_checked"


def test_a_stranger_to_a_reader_who_trusts_another_sm2_root(nation: Nation) -> None:
    other = national.certificate(nation.folder, "Another root", national.AUTHORITY.format(""))
    anchors = Anchors([*ANCHORS.people, Anchor(other.certificate, START)], ANCHORS.clocks)
    assert failed(judged(of_the_nation(nation), anchors)) == {"chain.further": "attest.chain_refused"}


def test_revocation_by_an_sm2_list(nation: Nation) -> None:
    """I3 to I5 by our own rules; OpenSSL judges the signature of the list."""
    one = nation.person.certificate
    before = judged(of_the_nation(nation, national.line(one, SIGNED - DAY, "superseded")), nation.anchors)
    assert failed(before) == {"revocation.further": "attest.revoked"}
    later = judged(of_the_nation(nation, national.line(one, REVIEWED + DAY, "superseded")), nation.anchors)
    assert later.state == "verified"
    assert states(later)["revocation.further"] == ("verified", "attest.revoked_later")
    stolen = judged(of_the_nation(nation, national.line(one, REVIEWED + DAY, "keyCompromise")), nation.anchors)
    assert failed(stolen) == {"revocation.further": "attest.revoked"}


def test_an_sm2_list_missing_early_or_of_another_key(nation: Nation) -> None:
    good = of_the_nation(nation)
    roots, own = good.further_lists
    namesake = national.certificate(nation.folder, "National authority", national.AUTHORITY.format(""), nation.root)
    for lists, key in (
        ([roots], "attest.crl_missing"),
        ([roots, national.revocations(nation.folder, nation.authority, at=SIGNED)], "attest.crl_too_early"),
        ([roots, national.revocations(nation.folder, namesake)], "attest.crl_wrong"),
    ):
        assert failed(judged(replace(good, further_lists=lists), nation.anchors)) == {"revocation.further": key}
    twice = failed(judged(replace(good, further_lists=[roots, own, own]), nation.anchors))
    assert twice == {"revocation.further": "attest.crl_twice", "unused": "attest.unused"}


def test_another_use_of_a_colleague(nation: Nation) -> None:
    """A certificate of our own body says that it is for further signatures."""
    for extensions in (
        national.PERSON,
        national.PERSON + f"extendedKeyUsage={profiles.ROLES['lead'].dotted_string}\n",
        national.NAMED_BY_BODY.replace("digitalSignature,nonRepudiation", "keyEncipherment"),
    ):
        other = national.certificate(nation.folder, "Zhao Min", extensions, WORLD.body)
        expected = "attest.key_usage" if "keyEncipherment" in extensions else "attest.role_missing"
        assert failed(judged(with_further(other)))["chain.further"] == expected


@pytest.mark.parametrize(
    ("authority", "person", "end", "key"),
    [
        (",pathlen:0", national.PERSON, SIGNED - DAY, "attest.not_valid_then"),
        (",pathlen:0", national.PERSON.replace("FALSE", "TRUE"), None, "attest.leaf_is_authority"),
        (",pathlen:0", "keyUsage=critical,keyEncipherment\n", None, "attest.key_usage"),
        (",pathlen:0", national.PERSON + "1.2.3.4.5=critical,DER:0500\n", None, "attest.chain_refused"),
        ("\n1.2.3.4.5=critical,DER:0500", national.PERSON, None, "attest.chain_refused"),
    ],
    ids=["expired", "an authority", "another use", "critical in person", "critical in authority"],
)
def test_a_national_chain_that_does_not_hold(
    nation: Nation, authority: str, person: str, end: object, key: str
) -> None:
    own = national.certificate(nation.folder, "Another authority", national.AUTHORITY.format(authority), nation.root)
    limits = {} if end is None else {"end": end}
    somebody = national.certificate(nation.folder, "Li Na SM2", person, own, **limits)  # type: ignore[arg-type]
    held = with_further(
        somebody,
        certificates=(somebody.certificate, own.certificate),
        lists=[nation.lists()[0], national.revocations(nation.folder, own)],
    )
    assert failed(judged(held, nation.anchors)) == {"chain.further": key}


def test_an_authority_below_its_length_of_path(nation: Nation) -> None:
    below = national.certificate(nation.folder, "Sub authority", national.AUTHORITY.format(""), nation.authority)
    somebody = national.certificate(nation.folder, "Li Na SM2", national.PERSON, below)
    chain = (somebody.certificate, below.certificate, nation.authority.certificate)
    lists = [*nation.lists(), national.revocations(nation.folder, below)]
    held = with_further(somebody, certificates=chain, lists=lists)
    assert failed(judged(held, nation.anchors)) == {"chain.further": "attest.authority_profile"}


def test_a_namesake_of_the_authority_signs_for_nobody(nation: Nation) -> None:
    """The path holds by its names; openssl sees that the key is another."""
    namesake = national.certificate(
        nation.folder, "National authority", national.AUTHORITY.format(",pathlen:0"), nation.root
    )
    good = of_the_nation(nation)
    held = replace(good, further=[nation.person.certificate, namesake.certificate])
    assert failed(judged(held, nation.anchors)) == {"chain.further": "attest.chain_refused"}


def test_an_sm2_authority_under_the_accreditation_root(nation: Nation) -> None:
    """A mixed chain: each link by its own algorithm."""
    body = national.certificate(nation.folder, "Body 018 CA", national.AUTHORITY.format(",pathlen:0"), WORLD.root)
    somebody = national.certificate(nation.folder, "Li Na SM2", national.PERSON, body)
    lists = [national.revocations(nation.folder, body)]
    held = with_further(somebody, certificates=(somebody.certificate, body.certificate), lists=lists)
    assert states(judged(held))["chain.further"] == ("verified", None)
    assert judged(held).state == "verified"


def test_an_sm2_anchor_counts_within_its_window(nation: Nation) -> None:
    early = Anchors([*ANCHORS.people, Anchor(nation.root.certificate, START, SIGNED)], ANCHORS.clocks)
    assert failed(judged(of_the_nation(nation), early)) == {"chain.further": "attest.anchor_window"}
