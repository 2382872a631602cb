"""Committing and opening: what is public says nothing, and every leaf is equal, changed, gone or new."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from verify.canonical import canonical_bytes, digest
from verify.errors import NotVerified, WrongUsage
from verify.history import (
    CHANGED,
    FIGURES,
    GONE,
    NEW,
    TONNES,
    Commitment,
    Frozen,
    Leaf,
    Path,
    commit,
    opened,
    opening_bytes,
    public_bytes,
    read_opening,
    read_public,
)
from verify.history.salts import label, salt, sealed

SECRET = bytes(range(32))
HEAD = {
    "park": "P",
    "ruler": {"id": "cn-national-2025", "sha256": "0" * 64},
    "years": ["2025", "2026"],
    "base_year": "2025",
    "reporting_year": "2026",
    "place": {"polygons": [], "codes": []},
}
COAL = Leaf(
    Path(FIGURES, "", "MEMBER", "boiler", "2025"), [["activity", "final_use", "coal", "", "", "t", "1234.567890"]]
)
TONS = Leaf(Path(TONNES, "", "MEMBER", "boiler", "2025"), "3210.987654")
LATER = Leaf(Path(TONNES, "", "MEMBER", "boiler", "2026"), "3000.000000")
LEAVES = (COAL, TONS, LATER)


def made(secret: bytes = SECRET) -> Commitment:
    return commit(HEAD, LEAVES, secret)


def held(*now: Leaf, of: Commitment | None = None) -> list[tuple[str, Path]]:
    both = of or made()
    return [(one.what, one.path) for one in opened(Frozen(both.public, both.opening), now).differences]


def test_the_same_input_gives_the_same_bytes_in_any_order() -> None:
    again = commit(HEAD, reversed(LEAVES), SECRET)
    assert public_bytes(again.public) == public_bytes(made().public)
    assert opening_bytes(again.opening) == opening_bytes(made().opening)


def test_another_secret_gives_another_label_and_seal_of_every_leaf() -> None:
    mine, other = (json.loads(public_bytes(made(one).public))["leaves"] for one in (SECRET, bytes(32)))
    for column in ("label", "sha256"):
        assert not {one[column] for one in mine} & {one[column] for one in other}


def test_the_public_part_names_nobody_and_no_number() -> None:
    text = public_bytes(made().public).decode()
    assert not [word for word in ("MEMBER", "boiler", "coal", "1234", "3210") if word in text]


def test_a_digest_without_its_salt_is_not_there() -> None:
    """The broken twin: whoever guesses the content could confirm it."""
    text = public_bytes(made().public).decode()
    guesses = [digest(one.content) for one in LEAVES]
    guesses += [digest({"content": one.content, "path": list(one.path)}) for one in LEAVES]
    guesses += [sealed("", one.path, one.content) for one in LEAVES]
    assert not [one for one in guesses if one in text]


def test_a_seal_can_be_made_by_hand() -> None:
    """docs/formats/history.md: HMAC-SHA256 of purpose and path, then SHA-256 of content, path and salt."""
    import hashlib
    import hmac

    path = ["tonnes", "", "MEMBER", "boiler", "2025"]
    salted = hmac.new(SECRET, b'["salt","tonnes","","MEMBER","boiler","2025"]', hashlib.sha256).hexdigest()
    assert salt(SECRET, TONS.path) == salted
    plain = '{"content":"3210.987654","path":' + json.dumps(path, separators=(",", ":")) + f',"salt":"{salted}"}}'
    seal = hashlib.sha256(plain.encode()).hexdigest()
    assert seal in public_bytes(made().public).decode()
    assert label(SECRET, TONS.path) != salted


def test_all_equal() -> None:
    both = made()
    found = opened(Frozen(both.public, both.opening), LEAVES)
    assert (found.committed, found.equal, found.differences) == (3, 3, ())


def test_changed_gone_and_new() -> None:
    changed = replace(TONS, content="3210.987655")
    new = Leaf(Path(TONNES, "", "MEMBER", "kiln", "2026"), "1.000000")
    beyond = Leaf(Path(TONNES, "", "MEMBER", "kiln", "2027"), "1.000000")  # no frozen year
    assert held(COAL, changed, new, beyond) == [
        (CHANGED, TONS.path),
        (GONE, LATER.path),
        (NEW, new.path),
    ]


def test_without_contents_equality_can_still_be_told() -> None:
    both = made()
    bare = Frozen(both.public, replace(both.opening, leaves=()))
    found = opened(bare, [COAL, replace(TONS, content="1.000000")]).differences
    assert [(one.what, one.path, one.before) for one in found] == [
        (GONE, Path(TONNES, year="2026"), None),
        (CHANGED, TONS.path, None),
    ]


def test_an_opening_that_says_something_else_is_refused() -> None:
    both = made()
    kinder = replace(both.opening, leaves=(COAL, replace(TONS, content="3000.000000"), LATER))
    for opening in (kinder, made(bytes(32)).opening, replace(both.opening, secret=bytes(32))):
        with pytest.raises(WrongUsage, match="other_secret"):
            opened(Frozen(both.public, opening), LEAVES)


def test_files_read_back() -> None:
    both = made()
    assert read_public(public_bytes(both.public), "h") == both.public
    assert read_opening(opening_bytes(both.opening), "s") == both.opening


@pytest.mark.parametrize("change", ["years", "park", "leaf", "dropped"])
def test_an_altered_commitment_is_refused(change: str) -> None:
    plain = json.loads(public_bytes(made().public))
    if change == "years":
        plain["years"] = ["2026"]
    elif change == "park":
        plain["park"] = "Q"
    elif change == "leaf":
        plain["leaves"][0]["sha256"] = "1" * 64
    else:
        plain["leaves"].pop()
    with pytest.raises(NotVerified, match="altered"):
        read_public(canonical_bytes(plain), "h")


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"format":"truezero-history/1"}', b"\xff"])
def test_other_files_are_refused(data: bytes) -> None:
    for read in (read_public, read_opening):
        with pytest.raises(WrongUsage, match="unreadable"):
            read(data, "h")


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(WrongUsage, match="secret_size"):
        made(bytes(31))
