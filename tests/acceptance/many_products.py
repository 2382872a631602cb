"""A park of many enterprises and products, as a folder of CSV: for the time of its bridges."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from fixtures.simulator.credit_code import credit_code

YEARS = ("2025", "2026", "2027")


def write_park(folder: Path, enterprises: int, products: int) -> Path:
    """`enterprises` x `products` x 3 years: each product on a source of its own, with its coal and its power; all is metered."""
    folder.mkdir(parents=True)
    ids = [credit_code("320400", f"MA{number:06}") for number in range(enterprises)]
    _table(
        folder,
        "enterprises",
        ("enterprise_id", "name", "industry_code"),
        ((one, f"企业{at}", "3011") for at, one in enumerate(ids)),
    )
    sources = ((f"{at}-{line}", one) for at, one in enumerate(ids) for line in range(products))
    _table(folder, "sources", ("source_id", "enterprise_id"), sources)
    columns = ("period", "enterprise_id", "source_id", "product", "flow", "quantity", "unit", "evidence_id")
    _table(folder, "production", columns, _production(ids, products))
    columns = ("period", "enterprise_id", "source_id", "carrier", "flow", "activity_type", "supply", "counterparty", "quantity", "unit", "basis", "meter_id")  # fmt: skip
    _table(folder, "activity", columns, _activity(ids, products))
    park = "id: many\nnames: {zh: 大园区, en: Many products}\nprovince: 江苏\nkind: whole\nruler: cn-national-2025\n"
    (folder / "park.yaml").write_text(park + 'base_year: "2025"\nreporting_year: "2027"\n', encoding="utf-8")
    return folder


def _production(ids: list[str], products: int) -> Iterator[tuple[str, ...]]:
    chance = Random(1)
    for at, one in enumerate(ids):
        for line in range(products):
            output = chance.uniform(100, 10_000)
            for year in YEARS:
                made = f"{output * chance.uniform(0.8, 1.3):.3f}"
                yield year, one, f"{at}-{line}", f"产品{line}", "made", made, "t", "EV-1"


def _activity(ids: list[str], products: int) -> Iterator[tuple[str, ...]]:
    chance = Random(2)
    for at, one in enumerate(ids):
        for year in YEARS:
            power = 0.0
            for line in range(products):
                coal, used = chance.uniform(1, 500), round(chance.uniform(1, 900), 3)
                power += used
                head = (year, one, f"{at}-{line}")
                yield (
                    *head,
                    "bituminous_coal",
                    "final_use",
                    "终端消费",
                    "",
                    "",
                    f"{coal:.3f}",
                    "t",
                    "meter",
                    f"c{at}-{line}",
                )
                yield (
                    *head,
                    "electricity",
                    "final_use",
                    "终端消费",
                    "",
                    "",
                    f"{used:.3f}",
                    "MWh",
                    "meter",
                    f"e{at}-{line}",
                )
            yield (
                year,
                one,
                "",
                "electricity",
                "purchased",
                "",
                "grid",
                "outside",
                f"{power:.3f}",
                "MWh",
                "meter",
                f"g{at}",
            )


def _table(folder: Path, name: str, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
