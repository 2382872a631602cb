"""Why a number applies: by the date of the data, by the text, by a reading, measured, or the newest in place of none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from verify.ledger.factor import Input
from verify.ledger.reasons import reason
from verify.ruler import load_ruler
from verify.words import LANGUAGES, say


def given(origin: str, printed: str = "") -> Input:
    return Input("factor", origin, Fraction(1), printed, "secondary")


@pytest.mark.parametrize(
    ("ruler", "origin", "year", "key", "arguments"),
    [
        ("cn-national-2025", "annex4.el.grid_other", "2027", "fixed_by_text", {}),
        ("cn-national-2025", "gbt32151_34_2024.diesel.ncv", "2027", "standing", {}),
        ("ghg-protocol-corporate", "electricity_national.average", "2022", "by_data_date",
         {"year": "2022", "since": "2022-01-01", "until": "2022-12-31"}),
        ("ghg-protocol-corporate", "electricity_national.average", "2027", "newest", {"year": "2027", "used": "2023"}),
        ("cn-national-2025", "row.ncv", "2027", "measured", {"column": "ncv"}),
        ("cn-national-2025", "parameter.electricity.tce_coefficient", "2027", "open_point",
         {"parameter": "electricity.tce_coefficient", "reading": "0.298"}),
    ],
)  # fmt: skip
def test_each_kind_of_value_has_its_reason(
    ruler: str, origin: str, year: str, key: str, arguments: dict[str, str]
) -> None:
    chosen = {"electricity.tce_coefficient": "0.298"}
    found = reason(load_ruler(ruler), given(origin), year, chosen)
    assert (found.key, dict(found.arguments)) == (key, arguments)
    for language in LANGUAGES:
        words = dict.fromkeys((*arguments, "reading", "column"), "?") | arguments
        assert say(f"report.why.{found.key}", language, **words)
