"""Each transformation, recovered and feedstock row twice, missing or mislabelled (issue 1 of 8, must show 4).

Each raises a finding of the energy or the carbon balance, or of the activity type, that the park does not have as it is,
with the tonnes or tce worked out by hand. PX-2 stands in years; of the simulator's park one month is touched.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.golden.amounts_by_hand import Park, hedong, px2_by_hand
from tests.golden.many_years import ROOM, Variant, accounted
from tests.golden.mislabelled import CODES, Case, by_hand, chunks, raised, told
from tests.golden.parks_by_hand import PACK
from verify.checks import Finding

needs_pack = pytest.mark.skipif(not PACK.is_file(), reason="the domain pack ../shared/domain is not here")
MONTH = "-06"


@pytest.mark.parametrize(
    ("name", "rows"),
    [pytest.param("PX-2", 9, marks=needs_pack), pytest.param("honest-not-met", 17, marks=pytest.mark.accept)],
)
def test_each_row_twice_missing_or_mislabelled_is_found_with_its_amount(name: str, rows: int) -> None:
    here = px2_by_hand() if name == "PX-2" else hedong(MONTH)
    cases = list(by_hand(here))
    assert len(cases) == 5 * rows
    silent = [line for part in chunks(cases, ROOM - 1) for line in missing(here, part)]
    assert silent == []


def missing(here: Park, cases: Sequence[Case]) -> list[str]:
    """The cases that do not raise what they must."""
    with accounted(here.book, [Variant(here.book.activity), *(case.variant for case in cases)], CODES) as years:
        return [told(case, years, at) for at, case in enumerate(cases, 1) if not raised(case, years, at)]


@needs_pack
def test_a_year_alone_says_the_same() -> None:
    """Variants stand side by side in years of one submission; each says what it says where it stands alone."""
    here = px2_by_hand()
    cases = list(by_hand(here))[3:45:21]
    with accounted(here.book, [Variant(here.book.activity), *(case.variant for case in cases)], CODES) as years:
        together = [(said(years.new(at)), years.terms(at)) for at in range(1, len(cases) + 1)]
    for case, before in zip(cases, together, strict=True):
        with accounted(here.book, [case.variant], CODES) as alone:
            assert (said(alone.found[0]), alone.terms(0)) == before


def said(findings: list[Finding]) -> list[tuple[object, ...]]:
    """What findings say, without their year."""
    return sorted((one.code, one.subject, str(one.effect), str(sorted(one.arguments.items()))) for one in findings)
