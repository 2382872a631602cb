"""The tables of a park as pandas frames, as whoever writes a schema has them before him: text, and numbers where they stand."""

from __future__ import annotations

from typing import Any

from fixtures.simulator.park import Park

NUMBERS = ("quantity", "value", "ncv", "carbon_content", "factor")
TABLES = ("enterprises", "activity", "production", "statements", "reported", "emissions")
ACTIVITY_KEY = (
    "period",
    "enterprise_id",
    "source_id",
    "carrier",
    "flow",
    "activity_type",
    "supply",
    "counterparty",
    "evidence_id",
)


def frames(park: Park) -> dict[str, Any]:
    """Every table of TABLES that the park has."""
    import pandas as pd

    found = {}
    for table in TABLES:
        if rows := park.rows(table):
            frame = pd.DataFrame(rows).fillna("")
            for name in NUMBERS:
                if name in frame:
                    frame[name] = pd.to_numeric(frame[name].replace("", None), errors="coerce")
            found[table] = frame
    return found
