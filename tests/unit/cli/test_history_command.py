"""``truezero history``: commit, show, check; files of the park are its own, and nothing is written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixtures.simulator import write_csv
from fixtures.simulator.pairs import pair
from tests.acceptance.command import Said, said


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A first filing, the later one with a base year raised, and its honest twin; the first one committed to."""
    folder = tmp_path_factory.mktemp("parks")
    both = pair("TZ-HIS-01")
    assert both.dishonest.earlier is not None
    for name, park in (("first", both.dishonest.earlier), ("later", both.dishonest), ("honest", both.honest)):
        write_csv(park, folder / name)
    one = said("history", "commit", folder / "first", "-o", folder / "h.json", "--lang", "en")
    assert (one.code, one.err) == (0, "")
    return folder


def held(parks: Path, name: str, *more: str | Path) -> Said:
    return said("history", "check", parks / name, "--against", parks / "h.json", *more)


def test_the_opening_is_for_its_owner_alone(parks: Path) -> None:
    assert (parks / "h.secret.json").stat().st_mode & 0o077 == 0
    assert json.loads((parks / "h.json").read_bytes())["format"] == "truezero-history/1"


def test_the_commitment_does_not_hold_what_the_opening_holds(parks: Path) -> None:
    public, opening = ((parks / name).read_text("utf-8") for name in ("h.json", "h.secret.json"))
    secret = json.loads(opening)["secret"]
    assert not [word for word in (secret, "casting_furnace", "natural_gas", "2500.000000") if word in public]
    assert "casting_furnace" in opening


def test_nothing_is_written_over(parks: Path) -> None:
    before = (parks / "h.secret.json").read_bytes()
    one = said("history", "commit", parks / "first", "-o", parks / "h.json")
    assert one.code == 2
    other = said("history", "commit", parks / "first", "-o", parks / "new.json", "--secret", parks / "h.secret.json")
    assert other.code == 2
    assert (parks / "h.secret.json").read_bytes() == before
    assert not (parks / "new.json").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_show_tells_what_is_public(parks: Path, language: str) -> None:
    one = said("history", "show", parks / "h.json", "--lang", language)
    assert one.code == 0
    assert "pair-light" in one.out
    assert json.loads((parks / "h.json").read_bytes())["root"] in one.out


def test_a_raised_base_year_is_found_and_the_honest_twin_is_silent(parks: Path) -> None:
    secret = ("--history-secret", parks / "h.secret.json")
    one = held(parks, "later", *secret, "--json")
    assert one.code == 1
    assert [row["code"] for row in json.loads(one.out)["findings"]] == ["TZ-HIS-01"]
    assert held(parks, "honest", *secret, "-q").code == 0
    assert held(parks, "first", *secret, "-q").code == 0


def test_without_its_opening_the_commitment_is_named(parks: Path) -> None:
    one = held(parks, "later", "--json")
    assert one.code == 0
    assert [row["held"] for row in json.loads(one.out)["history"]] == ["sealed"]


def test_check_holds_a_filing_against_a_history_too(parks: Path) -> None:
    words = ("--history", parks / "h.json", "--history-secret", parks / "h.secret.json", "--json")
    report = json.loads(said("check", parks / "later", *words).out)
    assert {row["code"] for row in report["facts"]["findings"]} == {"TZ-HIS-01"}
    assert [row["held"] for row in report["facts"]["history"]] == ["opened"]


def test_an_opening_that_others_can_read_is_refused(parks: Path, tmp_path: Path) -> None:
    copy = tmp_path / "s.json"
    copy.write_bytes((parks / "h.secret.json").read_bytes())
    copy.chmod(0o644)
    assert held(parks, "later", "--history-secret", copy).code == 2


def test_an_altered_commitment_is_no_commitment(parks: Path, tmp_path: Path) -> None:
    plain = json.loads((parks / "h.json").read_bytes())
    plain["base_year"] = "2026"
    (tmp_path / "h.json").write_text(json.dumps(plain), encoding="utf-8")
    assert said("history", "show", tmp_path / "h.json").code == 4
