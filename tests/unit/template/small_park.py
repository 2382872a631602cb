"""A small park as rows of the contract, with everything that a workbook could spoil: ids with leading zeros, months, dates,
shares, long numbers, texts that look like formulas."""

from __future__ import annotations

from typing import Any

PARK: dict[str, Any] = {
    "id": "PX-0",
    "names": {"zh": "试验园区", "en": "Trial park"},
    "id_scheme": "free",
    "kind": "whole",
    "ruler": "cn-national-2025",
    "base_year": "2025",
    "reporting_year": "2027",
    "boundaries": [{"from": "2025-01-01", "text": "东至一路，西至二路", "evidence_id": "E-1"}],
    "parameters": {"electricity.tce_coefficient": "0.30"},
    "basic_conditions": {"zone_evidence": ["E-1", "E-2"]},
}

ROWS: dict[str, list[dict[str, Any]]] = {
    "enterprises": [
        {
            "enterprise_id": "0012",
            "name": "=SUM(甲,乙)有限公司",
            "industry_code": "0610",
            "population": "above_scale",
            "from": "2020-01-01",
        },
        {
            "enterprise_id": "E2",
            "name": "第二_x0041_公司",
            "industry_code": "C2614",
            "population": "public",
            "from": "2025-02-28",
            "to": "2027-12-31",
        },
    ],
    "activity": [
        {
            "period": "2027-03",
            "enterprise_id": "0012",
            "carrier": "natural_gas",
            "flow": "purchased",
            "counterparty": "outside",
            "quantity": "12.345678",
            "unit": "10^4m3",
            "ncv": "389.31",
            "basis": "meter",
            "uncertainty_pct": "2.5",
        },
        {
            "period": "2027-03",
            "enterprise_id": "0012",
            "carrier": "natural_gas",
            "flow": "final_use",
            "activity_type": "终端消费",
            "quantity": "12.345678",
            "unit": "10^4m3",
            "biogenic_fraction": "0.1",
        },
        {
            "period": "2027",
            "enterprise_id": "E2",
            "carrier": "electricity",
            "flow": "purchased",
            "supply": "grid",
            "counterparty": "outside",
            "quantity": "1234567890123.456",
            "unit": "kWh",
        },
        {
            "period": "2027",
            "enterprise_id": "E2",
            "carrier": "electricity",
            "flow": "final_use",
            "quantity": "0",
            "unit": "kWh",
        },
    ],
    "certificates": [
        {
            "registry": "国家能源局",
            "prefix": "GEC2027",
            "first": "900000000000000001",
            "last": "900000000000000099",
            "kind": "tradable",
        }
    ],
    "meters": [
        {
            "meter_id": "M-1",
            "enterprise_id": "E2",
            "carrier": "electricity",
            "role": "fence",
            "reading_kind": "interval",
            "unit": "kWh",
        }
    ],
    "readings": [{"meter_id": "M-1", "at": "2027-03-01 00:15:00", "value": "12.5", "quality": "valid"}],
}
