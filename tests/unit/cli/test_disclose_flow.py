"""``sign --openings``, ``disclose``, ``verify-bundle --opening``: rows stay back, and one reader sees the own ones."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.acceptance.command import said
from tests.unit.cli.test_signing_flow import SUBMISSION, World, enrolled

pytestmark = pytest.mark.accept  # tests/unit/cli/test_disclose.py is its small twin


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A bundle with commitments; the openings lie beside it."""
    world = enrolled(tmp_path_factory.mktemp("committed"))
    done = world.sign("draft", SUBMISSION, "--openings", world.at / "openings.json")
    assert done.code == 0, done.all
    assert "openings.json" in done.out
    assert world.countersign().code == 0
    out = world.publish()
    assert out.code == 0, out.all
    return world


def opened(world: World, *words: str | Path, name: str = "buyer.json") -> Path:
    out = world.at / name
    done = said(
        *("disclose", world.at / "bundle.zip", "--openings", world.at / "openings.json", "--for", "Buyer 1"),
        *(*words, "-o", out, "--lang", "en"),
    )
    assert done.code == 0, done.all
    return out


def checks(world: World, *words: str | Path) -> tuple[int, dict[str, str], list[dict[str, object]]]:
    root = world.at / "authority" / "trust" / "root.1.dsse.json"
    done = said("verify-bundle", world.at / "bundle.zip", "--root", root, "--json", *words)
    told = json.loads(done.out)
    return done.code, {one["name"]: one["state"] for one in told["checks"]}, told["opened"]


def enterprise() -> str:
    with (SUBMISSION / "activity.csv").open(encoding="utf-8") as stream:
        return next(csv.DictReader(stream))["enterprise_id"]


def test_the_bundle_verifies_with_its_commitments(published: World) -> None:
    code, states, rows = checks(published)
    assert (code, states["commitments"], "opening" in states, rows) == (0, "verified", False, [])
    assert (published.at / "openings.json").stat().st_mode & 0o777 == 0o600


def test_one_enterprise_is_opened_for_one_reader(published: World) -> None:
    name = enterprise()
    path = opened(published, "--enterprise", name)
    assert path.stat().st_mode & 0o777 == 0o600
    code, states, rows = checks(published, "--opening", path)
    assert (code, states["opening"]) == (0, "verified")
    assert rows
    assert {one["texts"]["enterprise_id"] for one in rows} == {name}  # type: ignore[index]
    root = published.at / "authority" / "trust" / "root.1.dsse.json"
    said_to_people = said(
        "verify-bundle", published.at / "bundle.zip", "--root", root, "--opening", path, "--lang", "en"
    )
    assert "Opened rows" in said_to_people.out
    assert "Buyer 1" in said_to_people.out


def test_a_regulator_gets_every_row_and_an_altered_one_is_refused(published: World) -> None:
    path = opened(published, "--all", name="regulator.json")
    whole = json.loads((published.at / "openings.json").read_bytes())
    assert len(json.loads(path.read_bytes())["rows"]) == len(whole["rows"])
    altered = published.at / "altered.json"
    altered.write_bytes(path.read_bytes().replace(b'"value":"0"', b'"value":"1"', 1))
    altered.chmod(0o600)
    code, states, rows = checks(published, "--opening", altered)
    assert (code, states["opening"], states["commitments"], rows) == (4, "failed", "verified", [])


def test_no_secret_lies_in_the_bundle(published: World) -> None:
    whole = (published.at / "bundle.zip").read_bytes()
    for row in json.loads((published.at / "openings.json").read_bytes())["rows"]:
        assert row["blinding"].encode() not in whole
        assert not any(one.encode() in whole for one in row["disclosures"])
