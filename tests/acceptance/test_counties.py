"""A real county of four years, at small size: Orangeburg, SC, where a plant changed hands and a stack its label."""

from __future__ import annotations

import pytest

from tests.acceptance.ghgrp import ABSENT, DATA
from tests.acceptance.ghgrp_by_hand import findings_of, lookups, misquoted, raised, read_years

pytestmark = [pytest.mark.data, pytest.mark.skipif(not DATA.is_dir(), reason=ABSENT)]
ORANGEBURG = ("SC", "ORANGEBURG")


def test_two_findings_that_were_looked_up() -> None:
    found = findings_of(ORANGEBURG, read_years())
    mine = [one for one in lookups() if one.county == ORANGEBURG]
    assert len(mine) == 2
    assert [one.subject for one in mine if not raised(one, found)] == []
    assert [misquoted(one) for one in mine] == [[], []]
