"""The two parks worked by hand (../shared/domain/park_examples.yaml) as submissions, and how to vary them.

The pack is not part of this project: where it is absent the tests that need it skip and say so.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from verify.engine import Engine
from verify.ledger import Changes, Figures, Vocabulary
from verify.ledger.account import account
from verify.road.world import filed_boundary, side_cells
from verify.ruler import load_ruler
from verify.submission import read

PACK = Path(__file__).resolve().parents[3] / "shared" / "domain" / "park_examples.yaml"
Row = dict[str, str]


def examples() -> list[dict[str, Any]]:
    """The parks of the pack, every scalar as text."""
    return list(yaml.load(PACK.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["parks"])


def write_submission(folder: Path, park: Mapping[str, Any]) -> Path:
    """A park of the pack as a CSV folder; sources that rows name are listed, nothing else is added."""
    folder.mkdir(parents=True)
    sources = sorted(
        {
            (row["enterprise_id"], row["source_id"])
            for row in (*park["activity"], *park.get("production", []))
            if row.get("source_id")
        }
    )
    tables = {
        "enterprises": park["enterprises"],
        "sources": [{"source_id": source, "enterprise_id": enterprise} for enterprise, source in sources],
        "activity": [{key: value for key, value in row.items() if key != "status"} for row in park["activity"]],
        "production": [
            {key: value for key, value in row.items() if key != "status"} for row in park.get("production", [])
        ],
        **{name: park[name] for name in ("evidence", "process_balances") if name in park},
    }
    for name, rows in tables.items():
        if rows:
            columns = sorted({key for row in rows for key in row})
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(rows)
    head = {
        "id": park["park"]["id"],
        "names": {"zh": park["title"], "en": park["title"]},
        "province": "江苏",
        "kind": "whole",
        "id_scheme": "uscc",
    }
    head |= {"ruler": "cn-national-2025", "base_year": "2025", "reporting_year": "2027"}
    (folder / "park.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    return folder


@contextmanager
def figures(
    folder: Path,
    park: Mapping[str, Any],
    *,
    change: Callable[[dict[str, Any]], None] | None = None,
    values: Mapping[str, Mapping[str, Fraction]] | None = None,
) -> Iterator[Figures]:
    """The figures of 2027 of a park, read from its CSV form, under the national ruler, changed only as asked."""
    engine = Engine()
    ruler = load_ruler("cn-national-2025", change=change)
    submission = read(write_submission(folder, park), engine=engine, workdir=folder.parent, values=None)
    ledger = account(
        engine,
        ruler,
        submission.tables,
        Vocabulary.standard(),
        [filed_boundary(submission, engine)],
        Changes(values or {}),
    )
    yield Figures(ruler, [*ledger.cells, *side_cells(submission, engine)], "filed", "2027")


def edited(park: Mapping[str, Any], edit: Callable[[list[Row]], list[Row]]) -> dict[str, Any]:
    """The park with other activity rows."""
    copy = deepcopy(dict(park))
    copy["activity"] = edit([dict(row) for row in copy["activity"]])
    return copy


def agrees(value: object, printed: str) -> bool:
    """Whether a figure is the printed one to half a unit of its last digit, the half included."""
    assert isinstance(value, Fraction), value
    unit = Fraction(10) ** Decimal(printed).as_tuple().exponent
    return abs(value - Fraction(printed)) <= unit / 2


def shown(value: Fraction, printed: str) -> str:
    """A figure with as many decimals as a printed one, for messages."""
    exponent = Decimal(printed).as_tuple().exponent
    assert isinstance(exponent, int)
    return str(
        (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(exponent), ROUND_HALF_EVEN)
    )
