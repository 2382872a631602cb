"""Faults of form (TZ-SUB codes that a park of CSV files cannot show): silent on the honest twin, found at their place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fixtures.simulator.forms import FORMS, Spot, form
from verify.engine import Engine
from verify.submission import SteamValues, Submission, SubmissionFinding, read
from verify.submission.contract import contracts


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(threads=1)


def at_the_door(path: Path, engine: Engine) -> Submission:
    return read(path, engine=engine, workdir=path.parent, values=SteamValues(Decimal("83.74")))


@pytest.fixture(scope="module")
def seen() -> dict[bytes, Submission]:
    """Honest twins of equal bytes are read once."""
    return {}


def spot(finding: SubmissionFinding) -> Spot:
    """The place of a finding; a table that is not there has no sheet, so the finding names the table."""
    assert finding.place is not None
    named = finding.place.sheet or contracts()[finding.table].title.zh
    return Spot(named, finding.place.line, finding.place.column)


@pytest.mark.parametrize(("code", "kind"), FORMS)
def test_honest_is_silent_and_the_fault_is_found_at_its_place(
    code: str, kind: str, engine: Engine, seen: dict[bytes, Submission], tmp_path: Path
) -> None:
    twins = form(code, kind)
    path = twins.honest(tmp_path)
    content = path.read_bytes()
    honest = seen[content] = seen.get(content) or at_the_door(path, engine)
    assert honest.finding_counts == {}
    assert honest.disposition_counts["activity"] == {"used": 8, "excluded": 0, "blocking": 0}
    path = twins.dishonest(tmp_path)
    dishonest = at_the_door(path, engine)
    assert set(dishonest.finding_counts) == {code, *twins.also}
    mine = [one for one in dishonest.findings if one.code == code]
    assert {spot(one) for one in mine} == twins.at
    assert len(mine) == len(twins.at)
    assert {one.place.file for one in mine if one.place} <= {path.name, ""}
