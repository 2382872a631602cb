"""PX-2: findings, checks as they ran, and where the rows stand."""

from __future__ import annotations

from typing import Any

from tests.unit.report.example.common import (
    KEROSENE,
)
from tests.unit.report.example.pieces import (
    finding,
    number,
    run,
    text,
)
from tests.unit.report.example.px2.amounts import (
    BAD_ROWS,
    DIRECT,
    EXPORT_EL,
    EXPORT_HEAT,
    FUEL,
    GRID,
    LIME,
    PUBLIC,
    ROW_BUNKER,
    ROW_CERTIFICATE,
    ROW_CLAIM,
    ROW_DIRECT,
    ROW_EXPORT_EL,
    ROW_EXPORT_HEAT,
    ROW_FILED,
    ROW_KILN,
    ROW_LIME,
    ROW_PV,
    ROW_STATISTICS,
    UNPROVEN,
    E,
    T,
)


def findings() -> list[dict[str, Any]]:
    return [
        finding(
            "TZ-ACC-10",
            "error",
            "PX-2",
            {
                "item": "energy.tce",
                "filed": "372851.460043",
                "recomputed": text(T),
                "unit": "tce",
                "deviation": text(number("372851.460043") / T - 1, 12),
            },
            [ROW_STATISTICS],
            effect=number("51359"),
            unit="tce",
        ),
        finding(
            "TZ-ACC-05",
            "error",
            PUBLIC,
            {"carrier": "kerosene", "quantity": "300.000000", "unit": "t", "deducted": text(300 * KEROSENE)},
            [ROW_BUNKER, ROW_FILED],
            effect=300 * KEROSENE,
        ),
        finding(
            "TZ-SUB-07",
            "error",
            PUBLIC,
            {"table": "activity", "column": "quantity"},
            BAD_ROWS,
        ),
        finding(
            "TZ-ZER-01",
            "warning",
            GRID,
            {
                "rule": "el.certificate",
                "quantity": "200000.000000",
                "unit": "MWh",
                "factor": "0.000000000000",
                "default_factor": "0.832500000000",
            },
            [ROW_CERTIFICATE],
            effect=UNPROVEN,
        ),
        finding(
            "TZ-ACC-07",
            "warning",
            "PX-2",
            {"term": "heat", "received": "0.000000", "credited": "11000.000000", "net": "-11000.000000"},
            [ROW_EXPORT_HEAT],
            effect=number("11000"),
        ),
        finding(
            "TZ-ACC-07",
            "warning",
            "PX-2",
            {"term": "el", "received": "41625.000000", "credited": "49950.000000", "net": "-8325.000000"},
            [ROW_EXPORT_EL, ROW_DIRECT, ROW_CERTIFICATE],
            effect=number("8325"),
            count=27,
        ),
        finding(
            "TZ-GRN-02",
            "question",
            "PX-2",
            {
                "direct": "470000.000000",
                "total": "950000.000000",
                "direct_share": "0.494736842105",
                "limit": "0.500000000000",
                "reading": "with_losses",
            },
            [ROW_DIRECT, ROW_PV],
        ),
        finding(
            "TZ-CAR-02",
            "question",
            LIME,
            {"product": "lime", "quantity": "20000.000000", "carrier": "natural_gas", "counted": text(FUEL[LIME])},
            [ROW_LIME, ROW_KILN],
        ),
        finding("TZ-CLM-01", "note", "PX-2", {"claim": "c1", "words": "国家级零碳园区"}, [ROW_CLAIM]),
    ]


def runs() -> list[dict[str, Any]]:
    return [
        run("TZ-ACC-01", "error", "passed", tested=3, covered=number("41625"), of=number("41625")),
        run("TZ-ACC-02", "error", "passed", tested=1, covered=number("11000"), of=number("11000")),
        run("TZ-ACC-05", "error", "found", tested=1, covered=300 * KEROSENE, of=300 * KEROSENE),
        run("TZ-ACC-07", "warning", "found", tested=2, covered=number("19325"), of=number("19325")),
        run("TZ-ACC-10", "error", "found", tested=3, covered=E, of=E),
        run(
            "TZ-BAL-01",
            "error",
            "could_not_run",
            reason="no_meter_of_kind",
            population=6,
            of=number("41625"),
            worst=DIRECT,
        ),
        run("TZ-BAL-02", "error", "passed", tested=7, covered=E, of=E),
        run("TZ-BAL-04", "error", "could_not_run", reason="no_statements", population=4, of=E, worst=number("52310.5")),
        run("TZ-CAR-01", "error", "not_applicable", reason="no_carbon_out"),
        run("TZ-CAR-02", "question", "found", tested=1, covered=number("13660"), of=number("13660")),
        run("TZ-CLM-01", "note", "found", tested=2),
        run(
            "TZ-COV-03",
            "warning",
            "waived",
            reason="waived_history",
            who="核查机构授权签字人",
            until="2028-06-30",
            worst=number("0"),
        ),
        run("TZ-GRN-02", "question", "found", tested=1, covered=DIRECT, of=DIRECT),
        run("TZ-IND-01", "warning", "passed", tested=1, covered=E, of=E),
        run("TZ-SUB-07", "error", "found", tested=43),
        run(
            "TZ-ZER-01",
            "warning",
            "found",
            tested=4,
            covered=UNPROVEN + DIRECT + EXPORT_EL + EXPORT_HEAT,
            of=UNPROVEN + DIRECT + EXPORT_EL + EXPORT_HEAT,
        ),
    ]


def places() -> dict[str, Any]:
    """Where the rows stand in the workbook."""
    lines = {
        ROW_EXPORT_EL: 14,
        ROW_EXPORT_HEAT: 17,
        ROW_DIRECT: 19,
        ROW_CERTIFICATE: 20,
        ROW_PV: 23,
        ROW_BUNKER: 41,
        ROW_KILN: 36,
    }
    found: dict[str, Any] = {
        row: {"file": "2027年度申报表.xlsx", "sheet": "能源活动", "line": line} for row, line in lines.items()
    }
    found |= {
        row: {
            "file": "2027年度申报表.xlsx",
            "sheet": "能源活动",
            "line": 47 + place,
            "columns": ["数量"],
            "raw": {"数量": "12O0"},
        }
        for place, row in enumerate(BAD_ROWS)
    }
    found[ROW_LIME] = {"file": "2027年度申报表.xlsx", "sheet": "产品产量", "line": 3}
    found[ROW_FILED] = {"file": "2027年度申报表.xlsx", "sheet": "已报数据", "line": 3, "columns": ["数值"]}
    found[ROW_STATISTICS] = {"file": "2027年度申报表.xlsx", "sheet": "已报数据", "line": 5, "columns": ["数值"]}
    found[ROW_CLAIM] = {"file": "2027年度申报表.xlsx", "sheet": "对外声明", "line": 3, "columns": ["文字"]}
    return found
