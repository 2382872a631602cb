"""The signed statement with one field altered, signed again by nobody, by one, or by strangers; and a report whose figures were
altered, with everything redone that needs no key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

from tests.mutation.mutant import Mutant, group
from tests.mutation.small import (
    CONTENT,
    GOOD,
    HOME,
    OTHER_CONTENT,
    REPORT,
    SEAL,
    STRANGERS,
    Members,
    Person,
    Seal,
    payload_of,
    sealed,
    signature,
    stamp,
)
from tests.unit.attest.attested import REVIEWED
from tests.unit.attest.people import SIGNED
from verify.attest.statement import read
from verify.bundle.sums import write_sums
from verify.canonical import canonical_bytes

OTHER_DIGEST = "ab" * 32
PREDICATE: dict[str, Any] = json.loads(SEAL.payload)["predicate"]
_FIELDS: dict[str, Any] = {  # the first word is the member, the rest tells it from others
    "catalogue_sha256": OTHER_DIGEST,
    "engagement_id": "body-017/2026-0043",
    "level_of_assurance": "reasonable",
    "materiality": {"unit": "percent", "value": "50.0"},
    "opinion": "unmodified",
    "report facts": {**PREDICATE["report"], "facts_sha256": OTHER_DIGEST},
    "report public": {**PREDICATE["report"], "public_facts_sha256": OTHER_DIGEST},
    "ruler id": {**PREDICATE["ruler"], "id": "other"},
    "ruler sha256": {**PREDICATE["ruler"], "sha256": OTHER_DIGEST},
    "scope park": {**PREDICATE["scope"], "park": "PX-2"},
    "scope boundary": {**PREDICATE["scope"], "boundary": "park_in_park"},
    "scope period": {**PREDICATE["scope"], "period": "2026-01-01/2026-12-31"},
    "timeCreated": "2028-03-31T09:00:01Z",
    "tool": {"name": "truezero", "version": "99.0"},
    "verdicts": [{"item": "indicator.unit_energy_co2", "verdict": "not_met"}],
    "verdicts none": [],
    "verifier": {"id": "https://other.example.org/"},
    "commitments": {"root_sha256": OTHER_DIGEST, "rows": "1", "suite": "P256_XMD:SHA-256_SSWU_RO_"},
    "log_origin": "log.example.org/truezero",
    "quantities fewer": PREDICATE["quantities"][:-1],
    **{
        f"quantities {place} {name}": [
            {**one, name: value} if at == place else one for at, one in enumerate(PREDICATE["quantities"])
        ]
        for place in range(len(PREDICATE["quantities"]))
        for name, value in (("value", "9.999999"), ("unit", "kg"), ("item", "total.other"))
    },
}
_WITHOUT_SHAPE: dict[str, Any] = {
    "a member more": {"note": "x"},
    "a number": {"engagement_id": 42},
    "an opinion of no name": {"opinion": "favourable"},
    "no verifier": {"verifier": {}},
    "a digest in capitals": {"catalogue_sha256": PREDICATE["catalogue_sha256"].upper()},
    "a period that is none": {"scope": {**PREDICATE["scope"], "period": "2027"}},
    "an empty park": {"scope": {**PREDICATE["scope"], "park": ""}},
    "a figure with an exponent": {"quantities": [{**PREDICATE["quantities"][0], "value": "1e3"}]},
    "a moment without a zone": {"timeCreated": "2028-03-31T09:00:00"},
    "a time zone": {"timeCreated": "2028-03-31T09:00:00+08:00"},
    "another program": {"tool": {"name": "other", "version": "1"}},
}


def _predicate(**changes: Any) -> bytes:
    document = json.loads(SEAL.payload)
    document["predicate"] |= changes
    return canonical_bytes(document)


def _payloads() -> dict[str, bytes]:
    """Statements of the right shape that say something else."""
    found = {name: _predicate(**{name.split(maxsplit=1)[0]: value}) for name, value in _FIELDS.items()}
    document = json.loads(SEAL.payload)
    document["subject"][0]["digest"]["sha256"] = OTHER_DIGEST
    found["subject"] = canonical_bytes(document)
    for payload in found.values():
        read(payload)
    return found


def _by(payload: bytes, *again: str) -> Seal:
    """The bundle with another statement; those who sign it again also stamp it again."""
    signatures, tokens = list(SEAL.signatures), dict(SEAL.tokens)
    for place, (role, person, at) in enumerate((("lead", HOME.lead, SIGNED), ("reviewer", HOME.reviewer, REVIEWED))):
        if role in again:
            signatures[place] = signature(person, payload)
            tokens[role] = stamp(signatures[place].sig, at)
    return replace(SEAL, payload=payload, signatures=tuple(signatures), tokens=tokens)


@group("a field of the statement altered")
def fields() -> Iterator[Mutant]:
    for name, payload in _payloads().items():
        for again, checks in (
            ((), {"signature.lead", "signature.reviewer"}),
            (("lead",), {"signature.reviewer"}),
            (("reviewer",), {"signature.lead"}),
        ):
            who = " and ".join(again) or "nobody"
            yield Mutant(f"{name}: signed again by {who}", _by(payload, *again).members(), checks)


@group("a statement of another shape, signed by both")
def shapes() -> Iterator[Mutant]:
    both = ("lead", "reviewer")
    for name, changes in _WITHOUT_SHAPE.items():
        yield Mutant(name, _by(_predicate(**changes), *both).members(), {"statement"}, alone=True)
    for name, change in {
        "another type": {"_type": "https://in-toto.io/Statement/v0.1"},
        "another predicate": {"predicateType": "https://slsa.dev/provenance/v1"},
        "no subject": {"subject": []},
        "a subject more": {"subject": [*_subject("SHA256SUMS"), *_subject("index.html")]},
        "another subject": {"subject": _subject("index.html")},
        "a member more": {"note": "x"},
    }.items():
        payload = canonical_bytes(json.loads(SEAL.payload) | change)
        yield Mutant(f"statement: {name}", _by(payload, *both).members(), {"statement"}, alone=True)
    for name in sorted(PREDICATE):
        document = json.loads(SEAL.payload)
        del document["predicate"][name]
        yield Mutant(f"without {name}", _by(canonical_bytes(document), *both).members(), {"statement"}, alone=True)
    value = json.loads(SEAL.payload)
    for name, payload in {
        "with blanks": json.dumps(value).encode(),
        "indented": json.dumps(value, indent=1).encode(),
        "in another order": json.dumps(dict(reversed(value.items())), separators=(",", ":")).encode(),
        "with a line end": SEAL.payload + b"\n",
        "empty": b"",
        "null": b"null",
        "a report": CONTENT["report.json"],
    }.items():
        yield Mutant(f"statement: {name}", _by(payload, *both).members(), {"statement"}, alone=True)


def _subject(name: str) -> list[dict[str, Any]]:
    return [{"digest": {"sha256": hashlib.sha256(CONTENT[name]).hexdigest()}, "name": name}]


@group("a statement that contradicts its files, signed by both")
def contradictions() -> Iterator[Mutant]:
    """Two people may err, or lie, about what they sign; what their own files say otherwise is found."""
    payloads = _payloads()
    for name, check in {
        "subject": "subject",
        **dict.fromkeys(("opinion", "verdicts", "verdicts none", "level_of_assurance", "quantities fewer"), "stated"),
        **dict.fromkeys(("scope park", "scope boundary", "scope period"), "stated"),
        "report public": "report",
        "ruler sha256": "ruler",
        "ruler id": "ruler",
    }.items():
        yield Mutant(name, _by(payloads[name], "lead", "reviewer").members(), {check})


@group("an altered file, redone as far as no key is needed")
def redone() -> Iterator[Mutant]:
    for name in sorted(set(CONTENT) - {"SHA256SUMS"}):
        alter = _figure if name == "report.json" else _last_letter
        content = {**CONTENT, name: alter(CONTENT[name])}
        yield from _steps(f"{name} altered", content)
        left = {other: data for other, data in CONTENT.items() if other != name}
        yield from _steps(f"{name} removed", left, {"members", "subject"})
    yield from _steps("a file more", {**CONTENT, "more.txt": b"x"})
    yield from _steps("all files of another park", OTHER_CONTENT, {"subject"})


def _figure(data: bytes) -> bytes:
    document = deepcopy(json.loads(data))
    document["facts"]["items"][1]["claimed"] = "1.000000"
    return canonical_bytes(document)


def _last_letter(data: bytes) -> bytes:
    at = next(place for place in reversed(range(len(data))) if chr(data[place]).isalnum())
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _steps(name: str, content: Members, first: set[str] | None = None) -> Iterator[Mutant]:
    """Each step of somebody who has no key of the two: the file, the sums, the statement; then with keys that are not theirs."""
    yield Mutant(name, {**GOOD, **content} if len(content) >= len(CONTENT) else _less(content), first or {"members"})
    files = dict(content)
    del files["SHA256SUMS"]
    files["SHA256SUMS"] = write_sums(files)
    sums = replace(SEAL, content=files)
    yield Mutant(f"{name}, SHA256SUMS redone", sums.members(), {"subject"})
    document = json.loads(files["report.json"]) if "report.json" in files else REPORT
    payload = payload_of(document, files, HOME.lead, HOME.reviewer)
    unsigned = replace(sums, payload=payload)
    wrong = {"signature.lead", "signature.reviewer"}
    yield Mutant(f"{name}, statement redone", unsigned.members(), wrong)
    for role, other in (("lead", "reviewer"), ("reviewer", "lead")):
        half = replace(_by(payload, role), content=files)
        yield Mutant(f"{name}, signed again by the {role}", half.members(), {f"signature.{other}"})
    strangers = sealed(STRANGERS, content=files, document=document)
    yield Mutant(f"{name}, signed by strangers", strangers.members(), {"root"})
    kept = replace(strangers, roots=SEAL.roots)
    times = {"time.lead", "time.reviewer"}
    yield Mutant(f"{name}, signed by strangers under the known root", kept.members(), times)
    clocked = replace(sealed(STRANGERS, content=files, document=document, clock=HOME.clock), roots=SEAL.roots)
    chains = {"chain.lead", "chain.reviewer"}
    yield Mutant(f"{name}, by strangers, stamped by the known clock", clocked.members(), chains)
    yield Mutant(f"{name}, by strangers of the known keys' names", _named_alike(files, document), wrong)


def _less(content: Members) -> Members:
    return {name: data for name, data in GOOD.items() if name in content or name not in CONTENT}


def _named_alike(files: Members, document: Any) -> Members:
    """The statement lists the good keys, others sign, and the good certificates lie beside."""
    payload = payload_of(document, files, HOME.lead, HOME.reviewer)

    def forged(person: Person, key_of: Person) -> Any:
        return replace(signature(key_of, payload), keyid=signature(person, payload).keyid)

    signatures = forged(HOME.lead, STRANGERS.lead), forged(HOME.reviewer, STRANGERS.reviewer)
    tokens = {"lead": stamp(signatures[0].sig, SIGNED), "reviewer": stamp(signatures[1].sig, REVIEWED)}
    return replace(SEAL, content=files, payload=payload, signatures=signatures, tokens=tokens).members()
