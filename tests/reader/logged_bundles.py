"""Bundles with a log, for page and program alike: the good one, and what somebody did to the log of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.unit.bundle.signed_bundle import ENVELOPE, Members, bundle, root_file
from tests.unit.bundle.test_logged import NOW, files, opening, verdict
from tests.unit.log.logs import LOG, ORIGIN, PLACE, WITNESSES, cosigned, draft, new, policy
from verify.attest import dsse
from verify.attest.log import appending, ed25519, kinds, proof, tiles
from verify.attest.log.appending import Draft
from verify.attest.log.note import Note
from verify.bundle import logged
from verify.bundle.trust import Held

ROOT = root_file(log_policy=policy().decode("ascii"))
HELD = Held(ROOT)
SIGNED = bundle(log_origin=ORIGIN, roots={1: ROOT})
PAYLOAD = dsse.read(SIGNED[ENVELOPE]).payload
_LATER = NOW + timedelta(days=1)


def own(**changes: object) -> Draft:
    """The verdict of the bundle."""
    return verdict(PAYLOAD, **changes)


def with_log(drafts: list[Draft], **options: object) -> Members:
    """The bundle over a log of these entries."""
    with TemporaryDirectory() as place:
        return {**SIGNED, **files(Path(place) / "log", drafts, payload=PAYLOAD, **options)}  # type: ignore[arg-type]


@cache
def good() -> Members:
    """The bundle as it is published: two entries, three witnesses."""
    return with_log([opening(), own()])


def _noted(members: Members, change: object) -> Members:
    """Both proofs with another note."""
    held = {name: proof.read(members[name]) for name in (logged.VERDICT, logged.OPENED)}
    return {**members, **{name: replace(one, note=change(one.note)).data() for name, one in held.items()}}  # type: ignore[operator]


def _without(note: Note, *names: str) -> Note:
    """The note without the lines of these keys."""
    return replace(note, signatures=tuple(one for one in note.signatures if one.name not in names))


def _long_s(note: Note) -> Note:
    """The log's signature with s + L: the same point, another signature."""
    first, *rest = note.signatures
    s = int.from_bytes(first.value[32:], "little") + ed25519.ORDER
    return replace(note, signatures=(replace(first, value=first.value[:32] + s.to_bytes(32, "little")), *rest))


def _rolled_back() -> dict[str, Members]:
    """A park shows its bundle under an older checkpoint than the entries that it brings, and the other way round."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "log"
        new(folder)
        drafts = [opening(), own()]
        appending.append(folder, LOG, drafts, NOW)
        for one in drafts:
            appending.release(folder, one.opening)
        older = logged.files(cosigned(folder, at=_LATER), PAYLOAD)
        appending.append(folder, LOG, [opening(43)], _LATER)
        newer = logged.files(cosigned(folder, at=_LATER), PAYLOAD)
    proofs = (logged.VERDICT, logged.OPENED)
    others = [
        *tiles.unbundle(older[logged.ENTRIES]),
        tiles.unbundle(newer[logged.ENTRIES])[2].replace(b"2028", b"2029"),
    ]
    return {
        "entry of others altered": {**SIGNED, **newer, logged.ENTRIES: tiles.bundle(others)},
        "checkpoint rolled back": {**SIGNED, **newer, **{name: older[name] for name in proofs}},
        "entries rolled back": {**SIGNED, **newer, logged.ENTRIES: older[logged.ENTRIES]},
        "one proof of an older checkpoint": {**SIGNED, **newer, logged.OPENED: older[logged.OPENED]},
    }


def _broken() -> dict[str, Members]:
    """The good bundle with something of its log altered; every one is refused."""
    members = good()
    raw = tiles.unbundle(members[logged.ENTRIES])
    held = proof.read(members[logged.VERDICT])
    text = members[logged.TEXTS]
    witnesses = list(WITNESSES.values())
    return {
        "entry altered": {**members, logged.ENTRIES: tiles.bundle([raw[0], raw[1].replace(b"2028", b"2029")])},
        "entry left out": {**members, logged.ENTRIES: tiles.bundle(raw[:1])},
        "entries cut": {**members, logged.ENTRIES: members[logged.ENTRIES][:-1]},
        "entries out of order": {**members, logged.ENTRIES: tiles.bundle(raw[::-1])},
        "proof left out": {name: data for name, data in members.items() if name != logged.OPENED},
        "texts left out": {name: data for name, data in members.items() if name != logged.TEXTS},
        "texts empty": {**members, logged.TEXTS: b""},
        "text altered": {**members, logged.TEXTS: text.replace(b"PX-1", b"PX-2")},
        "text of another entry": {**members, logged.TEXTS: text.replace(b'"index":"1"', b'"index":"2"')},
        "another index": {**members, logged.VERDICT: replace(held, index=0).data()},
        "an index beyond": {**members, logged.VERDICT: replace(held, index=2).data()},
        "another path": {**members, logged.VERDICT: replace(held, path=[bytes(32)]).data()},
        "a short path": {**members, logged.VERDICT: replace(held, path=[bytes(31)]).data()},
        "index in another form": {**members, logged.VERDICT: members[logged.VERDICT].replace(b"x 1", b"x 01")},
        "proof of another entry": {**members, logged.OPENED: members[logged.VERDICT]},
        "witness missing": _noted(members, lambda note: _without(note, *witnesses[1:])),
        "all witnesses missing": _noted(members, lambda note: _without(note, *witnesses)),
        "log unsigned": _noted(members, lambda note: _without(note, ORIGIN)),
        "witness altered": _noted(members, lambda note: replace(note, signatures=(
            *note.signatures[:-1], replace(note.signatures[-1], value=note.signatures[-1].value[:8] + bytes(64))))),
        "signature of the log altered": _noted(members, lambda note: replace(note, signatures=(
            replace(note.signatures[0], value=bytes(64)), *note.signatures[1:]))),
        "signature with s + L": _noted(members, _long_s),
        **_rolled_back(),
        "another opinion logged": with_log([opening(), own(opinion="adverse")]),
        "another engagement": with_log([opening(44), own()]),
        "withdrawn": with_log([opening(), own(), draft(kinds.WITHDRAWN, about=2)]),
        "an engagement of the place never ended": with_log([opening(), own(), _overdue()]),
    }  # fmt: skip


def _overdue(**changes: object) -> Draft:
    told = {"body": "body-2", "deadline": (NOW - timedelta(days=1)).date().isoformat()}
    return opening(43, **(told | changes))  # type: ignore[arg-type]


@cache
def broken() -> dict[str, Members]:
    """By name, what has to be refused."""
    return _broken()


def square(west: str, east: str) -> dict[str, object]:
    """A place one degree high with a hole, as decimal texts."""
    ring = [[west, "0"], [east, "0"], [east, "1"], [west, "1"], [west, "0"]]
    return {"codes": [], "polygons": [{"coordinates": [ring], "type": "Polygon"}], "sources": []}


@cache
def sound() -> dict[str, Members]:
    """By name, what stays verified, with what there is to be told of it."""
    here = {"place": PLACE}
    return {
        "good": good(),
        "two witnesses of three": _noted(good(), lambda note: _without(note, WITNESSES["ngo"])),
        "superseded": with_log([opening(), own(), draft(kinds.SUPERSEDED, about=2)]),
        "late opening": with_log([draft(kinds.SUBMISSION), opening(about=1), own(engagement=2)]),
        "others of the place": with_log(
            [
                opening(**here),
                own(),
                opening(43, body="body-2", park="NEW-NAME", **here),
                opening(45, body="body-4", park="PX-1"),
                draft(kinds.VERDICT, body="body-4", engagement=1, opinion="adverse"),
                opening(46, body="body-5"),
            ],
            sealed=(5,),
        ),
        "fences that meet": with_log(
            [opening(place=square("0", "1")), own(), opening(43, body="body-2", park="B", place=square("0.9", "1.9"))]
        ),
        "fences apart": with_log(
            [opening(place=square("0", "1")), own(), opening(43, body="body-2", park="B", place=square("1", "2"))]
        ),
        "overdue elsewhere": with_log([opening(), own(), _overdue(park="PX-9")]),
    }
