"""PX-2 with a match typed by hand: 100 % by the year, 43.2 % by the hour; solar by day, an unread week, a store, a plant left out."""

from __future__ import annotations

from typing import Any

from tests.unit.report.example.bridges import with_bridges

_DAY = "n" * 7 + "abcffffcba" + "n" * 7


def section(**changes: Any) -> dict[str, Any]:
    """The section `matching` of the facts; `changes` replace parts of it."""
    amounts = {"annual": "1000.000000", "monthly": "820.000000", "hourly": "432.000000"}
    return {
        "absent": None,
        "basis": "use",
        "hours": "8760",
        "hours_read": "8592",
        "load": "1000.000000",
        "clean": "1000.000000",
        "scores": [
            {
                "resolution": name,
                "share": f"{float(held) / 1000:.12f}",
                "matched": held,
                "imported": f"{1000 - float(held):.6f}",
                "excess": f"{1000 - float(held):.6f}",
            }
            for name, held in amounts.items()
        ],
        "most": "0.470000000000",
        "much_excess": True,
        "claimed": {"quantity": "1000.000000", "unmatched": "568.000000", "at_default": "472.860000"},
        "store": {
            "charged": "10.000000",
            "clean_charged": "8.000000",
            "discharged": "9.500000",
            "clean_discharged": "7.200000",
            "unexplained": "0.500000",
        },
        "enterprises": [
            {"enterprise_id": "E1", "name": "甲", "load": "600.000000", "matched": "300.000000", "share": "0.500000000000"},
            {"enterprise_id": "E2", "name": "", "load": "400.000000", "matched": "132.000000", "share": "0.330000000000"},
        ],
        "generators": [
            {"generator_id": "sun", "name": "屋顶", "technology": "pv", "metered": "1000.000000", "counted": "1000.000000", "matched": "432.000000", "left_out": None},
            {"generator_id": "far", "name": "远方", "technology": "wind", "metered": "5.000000", "counted": "0.000000", "matched": "0.000000", "left_out": "zone"},
            {"generator_id": "dark", "name": "未读", "technology": "wind", "metered": None, "counted": None, "matched": None, "left_out": "not_read"},
        ],
        "days": ["-" * 24 if 100 <= day < 107 else _DAY for day in range(365)],
        "duration": ["1.0000" if place < 20 else f"{max(60 - place, 0) / 40:.4f}" for place in range(101)],
        "cite": {"document": "ndrc-688", "clause": "小时级绿电溯源"},
        **changes,
    }  # fmt: skip


def with_matching() -> dict[str, Any]:
    """PX-2 with bridges and a match."""
    report = with_bridges()
    report["facts"]["matching"] = section()
    return report
