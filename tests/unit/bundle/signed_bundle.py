"""A small, complete, signed bundle in memory, and how to sign one that is wrong in one place.

The park burns fuel (published), buys power (one enterprise, so its term stands in `withheld`) and has one indicator. The
ruler is a few formulas. Everything is made by the functions that `sign` and `publish` use; the keys are those of people.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests.unit.attest.attested import ANCHORS, LEAD, REVIEWED, REVIEWER, WORLD, Person, signed, stamps
from tests.unit.attest.people import KEYS, LISTED, SIGNED
from tests.unit.attest.statements import statement
from verify import __version__
from verify.attest import dsse, root, signing, sigstore, trusted_root
from verify.attest.profiles import Revoked, spki_of
from verify.attest.root import Root
from verify.attest.statement import Signatory, write
from verify.bundle import stated
from verify.bundle.container import Container
from verify.bundle.content import content
from verify.bundle.judge import judge
from verify.bundle.made_again import Pages
from verify.bundle.pem import pem_bytes
from verify.bundle.sums import write_sums
from verify.bundle.trust import Held
from verify.bundle.verdict import Verdict
from verify.canonical import canonical_bytes, digest
from verify.formula import parse
from verify.words import catalogue_sha256

Members = dict[str, bytes]
Edit = Callable[[Members], object]
ENVELOPE = "attest/verification.dsse.json"
ROOT_KEYS = KEYS[:2]
FORMULAS = {
    "term.fuel.tco2": 'sum(tco2, measure="carbon", term="fuel")',
    "term.el.tco2": 'sum(tco2, measure="carbon", term="el")',
    "total.tco2": "term.fuel.tco2 + term.el.tco2",
    "energy.tce": 'sum(tce, measure="energy")',
}
RULER: dict[str, Any] = {
    "documents": {},
    "text": {
        "id": "tiny",
        "indicators": {"unit_energy_co2": {"numerator": "total.tco2", "denominator": "energy.tce"}},
        "method": {"items": {item: {"formula": text, "when": {}} for item, text in FORMULAS.items()}},
    },
    "trees": {text: parse(text, "figure") for text in FORMULAS.values()},
    "values": [],
}
CELLS = [{"year": "2027", "sum": FORMULAS["term.fuel.tco2"], "claimed": "12.5", "proven": "12.5", "strict": "12.5"}]


def words(text: str) -> dict[str, str]:
    """A title in both languages."""
    return {"zh": text, "en": text}


def figure(item: str, unit: str, value: str) -> dict[str, Any]:
    """A row of `items`."""
    amounts = dict.fromkeys(("claimed", "proven", "strict"), value)
    return {"item": item, "year": "2027", "unit": unit, **amounts, "reported": None, "incomplete": False}


INDICATOR: dict[str, Any] = {
    "id": "unit_energy_co2",
    "item": "indicator.unit_energy_co2",
    "kind": "core",
    "title": words("CO2 per tce"),
    "year": "2027",
    "unit": "tCO2/tce",
    "comparison": "<=",
    "limit": "0.3",
    "class": None,
    "value": "0.25",
    "proven_value": "0.25",
    "low": "0.25",
    "high": "0.25",
    "verdict": "met",
    "rests_on": [],
    "flips": [],
    "excluded": None,
    "undefined": None,
    "cite": {"document": "x"},
}
FACTS: dict[str, Any] = {
    "format": "truezero-report/1",
    "park": {"id": "PX-1", "names": words("PX"), "kind": "whole", "province": None},
    "ruler": {"id": "tiny", "title": words("Tiny ruler"), "sha256": digest(RULER), "status": "complete"},
    "role": "verification",
    "year": "2027",
    "base_year": None,
    "years": ["2027"],
    "documents": [],
    "headline": {"item": "indicator.unit_energy_co2", "year": "2027", "verdict": "met", "opinion": "modified"},
    "items": [
        figure("term.fuel.tco2", "tCO2", "12.500000"),
        figure("total.tco2", "tCO2", "14.750000") | {"proven": None, "strict": None},
        figure("energy.tce", "tce", "59.000000"),
    ],
    "indicators": [INDICATOR],
    "opinion": {"value": "modified", "reasons": [], "assurance": "limited"},
    "terms": [
        {"term": "fuel", "title": words("fuel"), "tco2": "12.500000", "by_enterprise": []},
        {"term": "withheld", "title": words("others"), "tco2": "2.250000", "by_enterprise": []},
    ],
    "level": {"claimed": None, "proven": None, "strict": None, "steps": []},
    "dispositions": {"tables": [], "excluded": []},
    **{
        section: []
        for section in (
            *("parameters", "sensitivities", "findings", "runs", "energy", "factors", "zero_register", "bunkers"),
            *("reported", "claims", "not_checked", "members", "unconfirmed"),
        )
    },
}


def report(**changes: Any) -> dict[str, Any]:
    """The public report; `changes` are sections of its facts."""
    row = {"path": "terms", "state": "withheld", "reason": {"key": "disclosure.small_group", "arguments": {}}}
    facts = deepcopy(FACTS) | changes
    return {"facts": facts, "places": {}, "withheld": [row | {"count": "1"}], "withheld_share": "0.1525"}


def pages(document: Mapping[str, Any]) -> Members:
    """Pages of a few bytes, a function of the report as the real ones are."""
    line = f"<p>{digest(document)}</p>\n".encode()
    return {"index.html": b"<html>" + line, "report.en.html": line, "findings.sarif": canonical_bytes({"runs": []})}


def root_file(version: int = 1, keys: Sequence[ec.EllipticCurvePrivateKey] = ROOT_KEYS, **changes: Any) -> bytes:
    """A version of the trust root with these keys, signed by all of them and by `also`."""
    also = changes.pop("also", ())
    anchors = changes.pop("anchors", ANCHORS)
    known = root.keyed(one.public_key() for one in keys)
    made = Root(version, changes.pop("threshold", 1), known, shaped(anchors), changes.pop("log_policy", None))
    signers = {spki_of_key(one): signing.with_key(one) for one in (*keys, *also)}
    return dsse.write(root.sign(root.write(made), signers))


def shaped(anchors: Any = ANCHORS) -> dict[str, Any]:
    """The TrustedRoot object of these anchors."""
    return trusted_root.write(anchors)


def spki_of_key(key: ec.EllipticCurvePrivateKey) -> str:
    """The digest by which a signer of the root is known."""
    (found,) = root.keyed([key.public_key()])
    return found


ROOT = root_file()
HELD = Held(ROOT)


def pem(held: Iterable[x509.Certificate | x509.CertificateRevocationList]) -> bytes:
    """The one form of a set of certificates or lists."""
    named = ((one, "CERTIFICATE" if isinstance(one, x509.Certificate) else "X509 CRL") for one in held)
    return pem_bytes((label, one.public_bytes(Encoding.DER)) for one, label in named)


def content_of(
    document: Mapping[str, Any], ruler: Mapping[str, Any] = RULER, cells: Any = CELLS, faces: Pages = pages
) -> Members:
    """All members that SHA256SUMS lists, and itself."""
    return dict(content(document, ruler, cells, faces(document)))


def bundle(
    document: Mapping[str, Any] | None = None,
    *,
    edit: Edit | None = None,
    lead: Person = LEAD,
    reviewer: Person = REVIEWER,
    revoked: Sequence[Revoked] = (),
    times: tuple[datetime, datetime] = (SIGNED, REVIEWED),
    listed: datetime = LISTED,
    roots: Mapping[int, bytes] | None = None,
    ruler: Mapping[str, Any] = RULER,
    cells: Any = CELLS,
    faces: Pages = pages,
    **changes: Any,
) -> Members:
    """The members of a bundle. `edit` changes them before they are listed and signed; `changes` are of the statement;
    `faces` makes the pages, those of the program for whoever judges by the command line."""
    document = document or report()
    members = content_of(document, ruler, cells, faces)
    if edit is not None:
        del members["SHA256SUMS"]
        edit(members)
        members["SHA256SUMS"] = write_sums(members)
    payload = write(statement(**(statement_of(document, members, lead, reviewer, ruler) | changes)))
    envelope = signed(payload, lead, reviewer)
    tokens = stamps(envelope, *times)
    files = roots or {1: ROOT}
    newest = root.read(dsse.read(files[max(files)]).payload)
    return {
        **members,
        ENVELOPE: dsse.write(envelope),
        **{f"attest/{role}.tsr": token for role, token in tokens.items()},
        "attest/lead.sigstore.json": sigstore.write(envelope, lead[0], tokens["lead"]),
        "attest/reviewer.sigstore.json": sigstore.write(envelope, reviewer[0], tokens["reviewer"]),
        "trust/chain.pem": pem([lead[0], reviewer[0], WORLD.body.certificate]),
        "trust/crls.pem": pem(WORLD.lists(*revoked, at=listed)),
        "trust/trusted_root.json": canonical_bytes(newest.trusted),
        **{f"trust/root.{version}.dsse.json": data for version, data in files.items()},
    }


def statement_of(
    document: Mapping[str, Any], members: Mapping[str, bytes], lead: Person, reviewer: Person, ruler: Mapping[str, Any]
) -> dict[str, Any]:
    """What a signed statement repeats of a report."""
    facts = document["facts"]
    return {
        "subject_sha256": hashlib.sha256(members["SHA256SUMS"]).hexdigest(),
        "opinion": facts["opinion"]["value"],
        "verdicts": stated.verdicts(facts),
        "quantities": stated.quantities(facts),
        "park": facts["park"]["id"],
        "boundary": facts["park"]["kind"],
        "period": stated.period(facts),
        "level_of_assurance": facts["opinion"]["assurance"],
        "public_facts_sha256": digest(facts),
        "ruler_id": ruler["text"]["id"],
        "ruler_sha256": digest(ruler),
        "catalogue_sha256": catalogue_sha256(),
        "tool_version": __version__,
        "signatories": [Signatory("lead", spki_of(lead[0])), Signatory("reviewer", spki_of(reviewer[0]))],
    }


def judged(members: Mapping[str, bytes], held: Held | None = HELD, **options: Any) -> Verdict:
    """The verdict on these members as a folder."""
    return judge(Container("folder", dict(members)), held, **({"pages": pages} | options))


def failed(verdict: Verdict) -> set[str]:
    """The names of the checks that failed."""
    return {one.name for one in verdict.checks if one.state == "failed"}
