"""The sampling seed (L10): frozen vectors by plain hashlib, and each way to choose it refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.acceptance.command import said
from tests.unit.log.logs import BODY, CONTENTS, draft, new
from verify.attest.log import kinds, seed
from verify.attest.log.appending import Draft
from verify.attest.log.entries import Opening
from verify.attest.log.reading import Log
from verify.errors import NotVerified

NONCE = bytes(range(32))
OTHER = bytes(32)
# SHA-256 of root and nonce, by `printf … | xxd -r -p | sha256sum`
VECTORS = [
    ("00" * 32, "00" * 32, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"),
    ("ff" * 32, bytes(range(32)).hex(), "5e06b37177ad6baca31b8ba38d9bdbf863adf5d8306a1650253ba4fdc89226b0"),
]
# The log of `drawn_log()` at each size: what a changed layout of entries would move.
ROOT = "7b36faeb4d4a433bd670e06d555eec0369333cc522b8c1232a359dca5642f98f"
SEED = "90f5d49d3ecde6a28e91bef5bd5d6234ff3c0325c515844dbbc9fdf6026cc440"


def choice(nonce: bytes = NONCE, salt: str = "") -> Draft:
    """The digest of a nonce, logged for the first engagement."""
    return draft(kinds.CHOICE, engagement=1, salt=salt, value=hashlib.sha256(nonce).hexdigest())


def submission(salt: str | None = None, engagement: int | None = 1) -> Draft:
    """A submission, its salt as it must be or another one."""
    content = CONTENTS[kinds.SUBMISSION]
    return Draft(Opening(BODY, kinds.SUBMISSION, content, salt or seed.salt_of(BODY, content)), engagement=engagement)


def logged(folder: Path, *drafts: Draft) -> tuple[Log, list[Opening]]:
    """A log of an opening and these entries, and their texts, none of which is released."""
    whole = [draft(kinds.OPENED), *drafts]
    return new(folder, whole), [one.opening for one in whole]


def key(log: Log, index: int, nonce: bytes, texts: list[Opening]) -> str:
    """Why no seed is drawn."""
    with pytest.raises(NotVerified) as caught:
        seed.draw(log, index, nonce, texts)
    return caught.value.key


@pytest.mark.parametrize(("root", "nonce", "wanted"), VECTORS)
def test_vectors(root: str, nonce: str, wanted: str) -> None:
    assert seed.seed(bytes.fromhex(root), bytes.fromhex(nonce)) == wanted


def test_the_seed_is_that_of_the_log_with_the_submission_whatever_came_later(tmp_path: Path) -> None:
    log, texts = logged(tmp_path / "a", choice(), submission())
    found = seed.draw(log, 2, NONCE, texts)
    assert (found.submission, found.choice, found.size) == (2, 1, 3)
    leaves = [hashlib.sha256(b"\0" + one).digest() for one in log.entries()]
    left = hashlib.sha256(b"\1" + leaves[0] + leaves[1]).digest()
    root = hashlib.sha256(b"\1" + left + leaves[2]).digest()
    assert found.seed == hashlib.sha256(root + NONCE).hexdigest()
    assert (found.root, found.seed) == (ROOT, SEED)
    later, texts = logged(tmp_path / "b", choice(), submission(), draft(kinds.TERMINATED, engagement=1))
    assert seed.draw(later, 2, NONCE, texts) == found


def test_no_seed_before_the_submission_is_logged(tmp_path: Path) -> None:
    log, texts = logged(tmp_path / "log", choice())
    assert key(log, 2, NONCE, texts) == "log.seed_early"
    assert key(log, 1, NONCE, texts) == "log.seed_no_submission"


def test_nobody_chooses_it(tmp_path: Path) -> None:
    cases = {
        "log.seed_nonce": [[choice(OTHER), submission()], [submission()]],
        "log.seed_twice": [[choice(), choice(OTHER), submission()]],
        "log.seed_salt": [[choice(), submission(salt="0" * 64)]],
        "log.seed_no_submission": [[choice(), submission(engagement=None)]],
    }
    for wanted, logs in cases.items():
        for number, drafts in enumerate(logs):
            log, texts = logged(tmp_path / f"{wanted}{number}", *drafts)
            assert key(log, len(drafts), NONCE, texts) == wanted
    late, texts = logged(tmp_path / "late", submission(), choice())
    assert key(late, 1, NONCE, texts) == "log.seed_nonce"
    log, texts = logged(tmp_path / "sealed", choice(), submission())
    assert key(log, 2, NONCE, texts[2:]) == key(log, 2, NONCE, texts[:2]) == "log.seed_sealed"
    assert key(log, 2, NONCE[:31], texts) == "log.seed_nonce"


def test_the_command(tmp_path: Path) -> None:
    _, texts = logged(tmp_path / "log", choice(), submission())
    (tmp_path / "nonce").write_text(NONCE.hex() + "\n")
    given: list[str | Path] = []
    for number, one in enumerate(texts):
        (tmp_path / f"{number}.text").write_bytes(one.data())
        given += ["--opening", tmp_path / f"{number}.text"]
    for lang, word in (("en", "sampling seed"), ("zh", "抽样种子")):
        told = said("log", "seed", tmp_path / "log", "2", "--nonce", tmp_path / "nonce", *given, "--lang", lang)
        assert (told.code, SEED in told.out, word in told.out) == (0, True, True), told.all
    early = said("log", "seed", tmp_path / "log", "3", "--nonce", tmp_path / "nonce", *given, "--lang", "en")
    assert (early.code, "drawn after the submission is logged" in early.err) == (4, True)
    (tmp_path / "nonce").write_text("abc")
    assert said("log", "seed", tmp_path / "log", "2", "--nonce", tmp_path / "nonce").code == 2
