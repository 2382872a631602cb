"""verify of 50 enterprises x 36 months beside a plain read of the same files (issue 1 of 8, must show 9; aim: under 3 s)."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.beside import Ratio, beside, command
from fixtures.simulator.credit_code import credit_code

ENTERPRISES, YEARS = 50, ("2025", "2026", "2027")
_USES = (  # carrier, flow, activity type, supply, quantity, unit
    ("electricity", "purchased", "", "direct_nonfossil", "900", "MWh"),
    ("electricity", "purchased", "", "grid", "100", "MWh"),
    ("electricity", "final_use", "终端消费", "", "1000", "MWh"),
    ("natural_gas", "purchased", "", "", "2", "10^4Nm3"),
    ("natural_gas", "final_use", "终端消费", "", "2", "10^4Nm3"),
    ("diesel", "purchased", "", "", "3", "t"),
    ("diesel", "final_use", "终端消费", "", "3", "t"),
    ("heat", "purchased", "", "fossil_heat", "500", "GJ"),
    ("heat", "final_use", "终端消费", "", "500", "GJ"),
)


def write(folder: Path) -> Path:
    """A park of 16,200 activity rows, sources, meters and evidence, balanced in every month."""
    folder.mkdir(parents=True)
    ids = [credit_code("320000", f"MA9{number:05d}") for number in range(ENTERPRISES)]
    tables: dict[str, list[dict[str, str]]] = {
        "enterprises": [
            {"enterprise_id": one, "name": f"企业{n:02d}", "industry_code": "3985", "from": "2020-01-01"}
            for n, one in enumerate(ids)
        ],
        "sources": [{"source_id": "plant", "enterprise_id": one, "kind": "production"} for one in ids],
        "evidence": [{"evidence_id": "E-direct", "kind": "direct_supply_agreement", "issuer": "电网公司"}],
        "activity": [],
    }
    for enterprise in ids:
        for year in YEARS:
            for month in range(1, 13):
                for carrier, flow, kind, supply, quantity, unit in _USES:
                    bought = flow == "purchased"
                    tables["activity"].append(
                        {
                            "period": f"{year}-{month:02d}",
                            "enterprise_id": enterprise,
                            "source_id": "plant",
                            "carrier": carrier,
                            "flow": flow,
                            "activity_type": kind,
                            "supply": supply,
                            "counterparty": "outside" if bought else "",
                            "quantity": quantity,
                            "unit": unit,
                            "basis": "meter",
                            "evidence_id": "E-direct" if supply == "direct_nonfossil" else "",
                        }
                    )
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    head = {
        "id": "fifty",
        "names": {"zh": "五十家", "en": "Fifty"},
        "province": "江苏",
        "kind": "whole",
        "id_scheme": "uscc",
        "ruler": "cn-national-2025",
        "base_year": "2025",
        "reporting_year": "2027",
    }
    (folder / "park.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    return folder


def measure() -> list[Ratio]:
    """Whole processes: `truezero check` beside Python reading the same files with the csv module."""
    with TemporaryDirectory() as temporary:
        folder = write(Path(temporary) / "park")
        read = "import csv, pathlib, sys\nfor p in pathlib.Path(sys.argv[1]).glob('*.csv'):\n    rows = list(csv.DictReader(p.open(encoding='utf-8')))\n"
        ours = command([sys.executable, "-m", "verify", "check", "--fail-level", "never", "-q", str(folder)])
        return [
            beside(
                "check of 50 enterprises x 36 months beside a plain read",
                ours,
                command([sys.executable, "-c", read, str(folder)]),
            )
        ]
