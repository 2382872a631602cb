"""TZ-REG-08: months of one park that are those of another times a constant: sketches first, then exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text
from verify.registry.found import Answer, Found, Params
from verify.registry.sketch import scale
from verify.registry.view import View

_PLACES = 6


def ask(view: View, params: Params) -> Answer:
    """Series that meet in a sketch are compared month by month. One member in two parks copies nothing: see TZ-REG-02."""
    bands = view.shared("bands", ["band"]).select("band", "park", "series", "filing")
    other = bands.view()
    pairs = bands.join(other, [bands["band"] == other["band"], bands["park"] < other["park"]])
    names = ("park", "series", "filing")
    pairs = pairs.select(
        **{f"{name}_1": bands[name] for name in names}, **{f"{name}_2": other[name] for name in names}
    ).distinct()
    wanted = [row for row in view.rows(pairs) if not view.partial or {row["filing_1"], row["filing_2"]} & view.fresh]
    held = _held(view, wanted)
    found = []
    for row in wanted:
        one, two = held[row["park_1"], row["series_1"]], held[row["park_2"], row["series_2"]]
        if one["code"] == two["code"] or view.nested(row["park_1"], row["park_2"]):
            continue
        factor = scale(one["values"], two["values"], params["tolerance"])
        if factor is not None:
            found.append(_found(one, two, factor))
    return Answer(found, frozenset() if view.partial else None, len(wanted), view.count("series"))


def _held(view: View, wanted: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The series of the pairs, by park and name."""
    import pyarrow as pa

    both = sorted({(row[f"park_{side}"], row[f"series_{side}"]) for row in wanted for side in (1, 2)})
    if not both:
        return {}
    asked = view.engine.table("asked", pa.table({"park": [one for one, _ in both], "series": [one for _, one in both]}))
    rows = view.engine.rows(view.live("series").semi_join(asked, ["park", "series"]))
    return {(row["park"], row["series"]): {**row, "values": [Decimal(one) for one in row["monthly"]]} for row in rows}


def _found(one: dict[str, Any], other: dict[str, Any], factor: Fraction) -> Found:
    told = {
        f"{side}_{name}": str(row[name])
        for side, row in (("first", one), ("other", other))
        for name in ("park", "year")
    }
    told |= {
        f"{side}_series": f"{row['code'].upper()} {row['what']}" for side, row in (("first", one), ("other", other))
    }
    key = f"{one['park']}|{other['park']}"
    period = "/".join(sorted({one["year"], other["year"]}))
    arguments = {**told, "factor": decimal_text(factor, _PLACES)}
    return Found("TZ-REG-08", key, (one["park"], other["park"]), one["series"], period, arguments)
