"""Real GHGRP counties, 2011 to 2014: what is found, and ten findings beside the workbooks."""

from __future__ import annotations

from collections import Counter

from tests.acceptance.entries import acceptance
from tests.acceptance.ghgrp import ABSENT, DATA
from tests.acceptance.ghgrp_by_hand import findings_of, lookups, misquoted, raised, read_years


@acceptance("4.4", "GHGRP counties 2011 to 2014: findings listed, ten looked up by hand in the workbooks")
def counties() -> dict[str, object]:
    if not DATA.is_dir():
        print(f"skipped: {ABSENT}")
        return {"skipped": ABSENT}
    years, hand = read_years(), lookups()
    record: dict[str, object] = {}
    of_county = {}
    for county in sorted({one.county for one in hand} | {("CA", "LOS ANGELES"), ("AR", "VAN BUREN")}):
        found = of_county[county] = findings_of(county, years)
        codes = Counter(f"{one['code']} {one['severity']}" for one in found)
        record[" ".join(county)] = dict(sorted(codes.items()))
    assert [(one.subject, misquoted(one)) for one in hand if misquoted(one)] == []
    assert [one.subject for one in hand if not raised(one, of_county[one.county])] == []
    told = [{"finding": f"{one.code} {one.subject}", "right": one.right, "because": one.because} for one in hand]
    return {"findings": record, "by_hand": told, "right": sum(one.right for one in hand), "of": len(hand)}
