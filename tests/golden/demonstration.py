"""The park of the worked demonstration (rulers.md section 3) as a submission: 800 GWh, 60 % with certificates, no other energy."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml

RULERS = Path(__file__).resolve().parent / "small_rulers"
SMALL = ("demo-average", "demo-yunnan", "demo-offsets")
MEMBER = "M1"
CERTIFIED, REST = "480000", "320000"  # MWh
Row = dict[str, str]


def rulers() -> list[str]:
    """The national ruler and the three small ones, as `compare` takes them."""
    return ["cn-national-2025", *(str(RULERS / name) for name in SMALL)]


def power(certified: str = CERTIFIED, rest: str = REST, year: str = "2027", member: str = MEMBER) -> list[Row]:
    """The electricity of one member in one year: bought with certificates and without, and used."""
    total = str(int(certified) + int(rest))
    common = {"period": year, "enterprise_id": member, "carrier": "electricity", "unit": "MWh", "basis": "invoice"}
    bought = {**common, "flow": "purchased", "counterparty": "outside"}
    return [
        {**bought, "source_id": "certified", "supply": "certificate", "quantity": certified, "evidence_id": "E-1"},
        {**bought, "source_id": "grid", "supply": "grid", "quantity": rest},
        {**common, "source_id": "use", "flow": "final_use", "activity_type": "终端消费", "quantity": total},
    ]


def write_park(
    folder: Path,
    *,
    identifier: str = "demo",
    rows: list[Row] | None = None,
    enterprises: list[Row] | None = None,
    head: dict[str, object] | None = None,
    sources: list[Row] | None = None,
) -> Path:
    """A submission in CSV under `folder`; without more it is the park of the demonstration."""
    activity = power() if rows is None else rows
    members = [{"enterprise_id": MEMBER, "name": "示范企业"}] if enterprises is None else enterprises
    listed = sources or [
        {"source_id": source, "enterprise_id": member}
        for member, source in sorted({(row["enterprise_id"], row["source_id"]) for row in activity})
    ]
    papers = [{"evidence_id": "E-1", "kind": "certificate_statement"}]
    folder.mkdir(parents=True)
    for name, table in {"activity": activity, "enterprises": members, "sources": listed, "evidence": papers}.items():
        columns = sorted({key for row in table for key in row})
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(table)
    about = {
        "id": identifier,
        "names": {"zh": "示范园区", "en": "Demonstration park"},
        "id_scheme": "free",
        "ruler": "cn-national-2025",
        "base_year": "2025",
        "reporting_year": "2027",
        **(head or {}),
    }
    (folder / "park.yaml").write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    return folder
