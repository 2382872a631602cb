"""A pandera schema of usual expectations: types, vocabularies, signs, ranges of heat values and factors, unique keys."""

from __future__ import annotations

from typing import Any

from benchmarks.greenwash.peers.frames import ACTIVITY_KEY, frames
from fixtures.simulator.annex import annex
from fixtures.simulator.park import Park

_PERIOD = r"\d{4}(-\d{2})?"
_FACTOR = (0.0, 1.2)  # tCO2 per MWh or GJ
_NEAR = 0.30  # of the default heat value


def alarms(park: Park) -> frozenset[str]:
    """An alarm for each failure: table, column, check and row."""
    import pandera.pandas as pa

    found: set[str] = set()
    tables = frames(park)
    members = set(tables["enterprises"]["enterprise_id"])
    for name, schema in _schemas(pa, members).items():
        if name not in tables:
            continue
        try:
            schema.validate(tables[name], lazy=True)
        except pa.errors.SchemaErrors as errors:
            for case in errors.failure_cases.to_dict("records"):
                row = "" if case["index"] is None else _words(tables[name], case["index"])
                found.add(f"{name} {case['column']} {case['check']} {row}")
    return frozenset(found)


def _words(frame: Any, index: Any) -> str:
    """A row by its words, so that the same failure is the same alarm in two parks whose rows are numbered otherwise."""
    row = frame.iloc[int(index)]
    return "|".join(str(row[name]) for name in frame.columns if name != "evidence_id")


def _schemas(pa: Any, members: set[str]) -> dict[str, Any]:
    positive, known = pa.Check.ge(0), pa.Check.isin(members)
    period = pa.Column(str, pa.Check.str_matches(f"^{_PERIOD}$"))
    carriers = pa.Check.isin({*annex().fuels, "electricity", "heat", "waste_heat", "hydrogen", "steam"})

    def near(frame: Any) -> Any:
        """Heat values near the default of their carrier."""
        default = frame["carrier"].map({name: float(one.ncv) for name, one in annex().fuels.items()})
        return frame["ncv"].isna() | default.isna() | ((frame["ncv"] / default - 1).abs() <= _NEAR)

    activity = pa.DataFrameSchema(
        {"period": period, "enterprise_id": pa.Column(str, known), "carrier": pa.Column(str, carriers),
         "quantity": pa.Column(float, positive, nullable=False, coerce=True), "unit": pa.Column(str, pa.Check.str_length(min_value=1)),
         "factor": pa.Column(float, pa.Check.in_range(*_FACTOR), nullable=True, required=False, coerce=True),
         "carbon_content": pa.Column(float, pa.Check.in_range(0.01, 0.035), nullable=True, required=False, coerce=True)},
        checks=pa.Check(near, name="near_default"),
        unique=list(ACTIVITY_KEY),
    )  # fmt: skip
    amount = {"quantity": pa.Column(float, positive, nullable=False, coerce=True)}
    return {
        "activity": activity,
        "production": pa.DataFrameSchema({"period": period, "enterprise_id": pa.Column(str, known), **amount}),
        "statements": pa.DataFrameSchema({"period": period, **amount}),
        "emissions": pa.DataFrameSchema({"period": period, "enterprise_id": pa.Column(str, known), **amount}),
        "reported": pa.DataFrameSchema({"value": pa.Column(float, positive, nullable=False, coerce=True)}),
    }
