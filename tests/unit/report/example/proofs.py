"""PX-2 with certificates and meters typed by hand: 1,240 MWh claimed, 900 of them retired with a statement; six meters, five kinds of marks."""

from __future__ import annotations

from typing import Any

from tests.unit.report.example.matching import with_matching

_STAGES = {"listed": 1510, "held": 1400, "retired": 1300, "stated": 900, "counted": 900}
_LOSSES = {
    "listed_twice": ("held", 10), "not_issued": ("held", 100), "only_held": ("retired", 40), "elsewhere": ("retired", 60),
    "used_twice": ("stated", 50), "expired": ("stated", 120), "unseen": ("stated", 230),
}  # fmt: skip


def certificates(**changes: Any) -> dict[str, Any]:
    """The section `certificates` of the facts."""
    return {
        "claimed": "1240.000000",
        "claimed_share": f"{1240 / 1510:.4f}",
        "covered": "0.7258",
        "issue_unknown": "200.000000",
        "stages": [{"stage": one, "mwh": f"{mwh}.000000", "share": f"{mwh / 1510:.4f}"} for one, mwh in _STAGES.items()],
        "losses": [
            {"stage": stage, "reason": one, "mwh": f"{mwh}.000000", "share": f"{mwh / 1510:.4f}"}
            for one, (stage, mwh) in _LOSSES.items()
        ],
        "generators": [
            {"generator_id": "far", "name": "远山风电场", "technology": "wind", "listed": "1110.000000", "held": "1000.000000", "retired": "900.000000", "stated": "600.000000"},
            {"generator_id": "", "name": "", "technology": "", "listed": "400.000000", "held": "400.000000", "retired": "400.000000", "stated": "400.000000"},
        ],
        "cite": {"document": "nea-gec-2024", "clause": "绿证核销"},
        **changes,
    }  # fmt: skip


def meters(**changes: Any) -> dict[str, Any]:
    """The section `meters` of the facts."""
    whole = ["1.0000"] * 12
    lines = [
        ("M-0101-总进线", "0.970000000000", [*whole[:2], "0.6774", *whole[3:]], {"TZ-MTR-01": ["03"], "TZ-MTR-12": ["09", "10", "11", "12"]}),
        ("M-PV-3", "1.000000000000", whole, {"TZ-MTR-05": ["06"], "TZ-MTR-06": ["06", "07"], "TZ-MTR-07": ["11"]}),
        ("M-0207", "0.500000000000", [*[None] * 6, *whole[:3], *["0.0000"] * 3], {"TZ-MTR-13": ["07"]}),
        ("M-0301", "0.998000000000", [*whole[:11], "0.9800"], {}),
        ("M-0302", "1.000000000000", whole, {}),
        ("M-0401", None, [None] * 12, {}),
    ]  # fmt: skip
    return {
        "meters": "52",
        "read": "45",
        "share": "0.991200000000",
        "found": [{"code": f"TZ-MTR-{one}", "meters": "1"} for one in ("01", "05", "06", "07", "12", "13")],
        "rows": "46",
        "places_shown": "6",
        "timelines": [
            {
                "meter_id": name,
                "enterprise_id": "E1",
                "carrier": "electricity",
                "share": share,
                "months": months,
                "marks": [{"code": code, "months": where} for code, where in marks.items()],
            }
            for name, share, months, marks in lines
        ],
        **changes,
    }


def with_proofs() -> dict[str, Any]:
    """PX-2 with bridges, a match, certificates and meters, and findings that two of the pictures lead to."""
    report = with_matching()
    facts = report["facts"]
    facts["certificates"], facts["meters"] = certificates(), meters()
    facts["findings"] = [*facts["findings"], _finding("TZ-CER-10", "warning"), _finding("TZ-MTR-05", "question")]
    return report


def _finding(code: str, severity: str) -> dict[str, Any]:
    return {
        "code": code,
        "severity": severity,
        "subject": "GEC" if "CER" in code else "M-PV-3",
        "period": "2027",
        "effect": None,
        "arguments": {"serials": "X 1–40", "certificates": "40", "holder": "甲"}
        if "CER" in code
        else {"runs": "1", "readings": "30", "from": "2027-06-03 00:00", "to": "2027-06-04 05:00"},
        "rows": "1",
        "row_ids": [],
        "places_shown": "0",
    }
