"""Every file removed, duplicated, renamed, emptied, cut, put in the place of another, or taken from another bundle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tests.mutation.mutant import Mutant, group, zipped
from tests.mutation.small import GOOD, HOME, OTHER_AUTHORITY, OTHER_PARK, STRANGERS, Members
from tests.mutation.watched import watched
from tests.unit.bundle.archives import Archive, Item
from verify.bundle.members import ATTESTED_MEMBERS, outside

NAMES = sorted(GOOD)
OTHERS = {"other park": OTHER_PARK.members(), "other authority": OTHER_AUTHORITY.members()}
READERS = {"other park": HOME.held, "other authority": STRANGERS.held}
FOLDERS = {
    "attest/": {
        "subject",
        "signature.lead",
    },  # the other authority signed the same files; its persons are not in the chain
    "data/": {"members"},
    "trust/": {"root", "signature.reviewer"},  # the other park has the same root and another reviewer
}
# What any bundle of the authority may carry from the day on which it was issued: see stays.py.
_SERVES = {("trust/crls.pem", "other park")}


@group("a file removed")
def removed() -> Iterator[Mutant]:
    for name in NAMES:
        left = {other: data for other, data in GOOD.items() if other != name}
        needed = name in ATTESTED_MEMBERS or not outside(name) or name == "SHA256SUMS"
        yield Mutant(f"without {name}", left, {"members"} if needed else {"root"})
    for folder in FOLDERS:
        left = {name: data for name, data in GOOD.items() if not name.startswith(folder)}
        yield Mutant(f"without {folder}", left, {"members"})
    yield Mutant("without any file", {}, {"container", "members"})


@group("a file twice")
def twice() -> Iterator[Mutant]:
    for name in NAMES:
        for what, second in (("as it is", GOOD[name]), ("emptied", b""), ("altered", _flipped(GOOD[name]))):
            for order in ("behind", "before"):
                items = [Item(one.encode(), data) for one, data in sorted(GOOD.items())]
                place = NAMES.index(name)
                items.insert(place + (order == "behind"), Item(name.encode(), second))
                yield Mutant(f"{name} twice, {what}, {order}", Archive(items).data(), {"container"}, alone=True)


@group("a copy beside")
def copied() -> Iterator[Mutant]:
    for name in NAMES:
        stem, dot, ending = name.rpartition(".")
        second = f"{stem}-2{dot}{ending}" if dot else f"{name}-2"
        for copy in (f"{name}.bak", f"copy-of-{name.replace('/', '-')}", second):
            checks = {"members", "root"} if name.startswith("trust/root.") else {"members"}
            yield Mutant(f"{name} also as {copy}", GOOD | {copy: GOOD[name]}, checks)
    for name, copy, check in (
        ("trust/root.1.dsse.json", "trust/root.2.dsse.json", "root"),
        ("trust/chain.pem", "trust/further.pem", "unused"),
        ("trust/crls.pem", "trust/further.crls.pem", "unused"),
        ("attest/lead.tsr", "attest/further.tsr", "unused"),
        ("attest/lead.tsr", "attest/lead.0a1b2c3d.tsr", "unused"),
        ("attest/reviewer.tsr", "attest/further.0a1b2c3d.tsr", "unused"),
        ("report.json", "log/entries", "log"),
        ("report.json", "log/verdict.tlog-proof", "log"),
    ):
        yield Mutant(f"{name} also as {copy}", GOOD | {copy: GOOD[name]}, {check})


@group("a file renamed")
def renamed() -> Iterator[Mutant]:
    for name in NAMES:
        left = {other: data for other, data in GOOD.items() if other != name}
        folder, _, last = name.rpartition("/")
        moved = last if folder else f"data/{name}"
        for new in (name.swapcase(), f"{name}.old", moved, f"x/{name}"):
            checks = {"members", "root"} if name.startswith("trust/root.") or "trusted" in name else {"members"}
            yield Mutant(f"{name} as {new}", left | {new: GOOD[name]}, checks)


@group("a file in another state")
def states() -> Iterator[Mutant]:
    for name in NAMES:
        data = GOOD[name]
        for what, other in {
            "emptied": b"",
            "without its last byte": data[:-1],
            "without its first byte": data[1:],
            "its first half": data[: len(data) // 2],
            "twice in itself": data + data,
            "with a line feed": data + b"\n",
            "with a NUL": data + b"\0",
            "behind a byte order mark": b"\xef\xbb\xbf" + data,
            "with the line ends of Windows": data.replace(b"\n", b"\r\n"),
            "turned round": data[::-1],
            "zeros": bytes(len(data)),
        }.items():
            if other != data:
                yield Mutant(f"{name} {what}", GOOD | {name: other}, watched(name) | {"members"})


@group("two files exchanged")
def exchanged() -> Iterator[Mutant]:
    for one, other in combinations(NAMES, 2):
        swapped = GOOD | {one: GOOD[other], other: GOOD[one]}
        yield Mutant(f"{one} and {other} exchanged", swapped, watched(one) | watched(other) | {"members"})


@group("a file of another bundle")
def foreign() -> Iterator[Mutant]:
    for whose, members in OTHERS.items():
        for name in NAMES:
            if members[name] != GOOD[name] and (name, whose) not in _SERVES:
                yield Mutant(f"{name} of the {whose}", GOOD | {name: members[name]}, watched(name))
                rest = members | {name: GOOD[name]}
                yield Mutant(f"all but {name} of the {whose}", rest, watched(name), READERS[whose])
        for folder, checks in FOLDERS.items():
            taken = _of(members, folder)
            if taken != _of(GOOD, folder):
                left = {name: data for name, data in GOOD.items() if not name.startswith(folder)}
                yield Mutant(f"{folder} of the {whose}", left | taken, checks)
        signed = {name: data for name, data in members.items() if not outside(name)}
        if signed != {name: data for name, data in GOOD.items() if not outside(name)}:
            yield Mutant(f"the signed files of the {whose}", GOOD | signed, {"members"})
            sums = {"SHA256SUMS": members["SHA256SUMS"]}
            yield Mutant(f"the signed files and SHA256SUMS of the {whose}", GOOD | signed | sums, {"subject"})


@group("a file more")
def more() -> Iterator[Mutant]:
    for name in (
        *("readme.txt", "report.xlsx", "index.htm", ".DS_Store", "__MACOSX/._index.html", "Thumbs.db"),
        *("data/more.csv", "data/secret.csv", "attest/third.tsr", "attest/verification.dsse.json.sig", "lead.pem"),
        *("attest/lead.sigstore.json.bak", "trust/lead.pem", "trust/anchors.pem", "trust/root.dsse.json"),
        *("trust/root.0.dsse.json", "trust/root.01.dsse.json", "log/checkpoint", "log/x/y", "commitments.jsonl"),
    ):
        yield Mutant(f"{name} more", GOOD | {name: b"x"}, {"members"})
    nested = {"bundle/" + name: data for name, data in GOOD.items()}
    yield Mutant("all in one folder", nested, {"members"})
    yield Mutant("itself inside", GOOD | {"bundle.zip": zipped(GOOD)}, {"members"})
    yield Mutant("itself in a folder inside", GOOD | nested, {"members"})


def _of(members: Members, folder: str) -> Members:
    return {name: data for name, data in members.items() if name.startswith(folder)}


def _flipped(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]
