"""Hand-made bridges of PX-2 for 2025 to 2027: every number is typed here, and the sums are checked by hand in the tests.

The claim is 151.5 kt, of which 10.8 kt is abatement inside the same fence; the other kinds are what an honest page must also
be able to say: a rise, abatement below nothing, another direction inside the fence, one cause alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.unit.report.example.changes import LEFT, OPENED
from tests.unit.report.example.parks import not_met
from verify.canonical import decimal_text, exact

TERMS = (
    "misstatement", "method", "boundary", "activity", "structure", "relocation", "fuel_factor", "grid", "contracts",
    "export_credits", "energy_intensity", "fuel_switch", "process", "unexplained",
)  # fmt: skip
PLANTS = ("energy_intensity", "fuel_switch", "process")
AFTER = Fraction("275801.269260")  # PX-2, 2027
# net change of each term, tCO2: they add up to -151,500; the rest of the terms is 0
CLAIM = {
    "misstatement": "-1900", "method": "-9800", "boundary": "-62050", "activity": "34860", "structure": "5690",
    "relocation": "-69930", "contracts": "-25890.5", "energy_intensity": "-9210", "fuel_switch": "-2390", "process": "800",
    "unexplained": "-11679.5",
}  # fmt: skip


def text(value: Fraction | str) -> str:
    """Six places, as the facts have them."""
    return decimal_text(Fraction(value), 6)


def reduction(terms: Mapping[str, str] = CLAIM, *, like_for_like: str = "-37100", **changes: Any) -> dict[str, Any]:
    """A reduction bridge that ends at PX-2's total of 2027; `terms` are net, what is not named is 0."""
    net = {term: Fraction(terms.get(term, "0")) for term in TERMS}
    change, real = sum(net.values(), Fraction(0)), -sum((net[term] for term in PLANTS), Fraction(0))
    share = decimal_text(real / -change, 12) if change < 0 else None
    rows = [
        {
            "term": term,
            "tco2": text(value),
            "fall": text(min(value, Fraction(0))),
            "rise": text(max(value, Fraction(0))),
        }
        for term, value in net.items()
    ]
    return {
        "from": "2025",
        "to": "2027",
        "before": text(AFTER - change),
        "after": text(AFTER),
        "filed": True,
        "like_for_like": text(like_for_like),
        "common": "union",
        "terms": rows,
        "real": text(real),
        "share": share,
        "decides": "as_filed",
        "by_classification": [
            {"classification": "as_filed", "real": text(real)},
            {"classification": "by_source", "real": text(real + 4300)},
            {"classification": "two_digit", "real": text(real + 1250)},
        ],
        "by_boundary": [
            {"common": "union", "real": text(real), "like_for_like": text(like_for_like)},
            {"common": "intersection", "real": text(real - 900), "like_for_like": text("-41250")},
        ],
        "chained": None,
        "chained_turns": None,
        "coarse": "0.000000",
        "coarse_bounds": None,
        "causes": [],
        "causes_left": "0",
    } | changes


def causes() -> list[dict[str, str]]:
    """Single causes as the road names them: enterprise, its source and product, part, term; of a utility its carrier."""
    chp, lime, chem = "91320000MA2000001J", "91320000MA2000002M", "91320000MA2000004U"
    rows = [
        ("", "", "electricity", "unexplained", "-25890.5"),
        ("91320000MA2000009K", "", "raw_coal", "structure", "-62050"),
        (lime, "kiln|lime|inside", "", "relocation", "-58200"),
        ("heat", "", "raw_coal", "energy_intensity", "-7310"),
        (chem, "smr|hydrogen", "electricity", "activity", "21400.25"),
        (chem, "|process", "", "process", "800"),
        (chp, "boiler_2|idle", "own_electricity", "unexplained", "-11679.5"),
        ("#26", "", "natural_gas", "fuel_switch", "-2390"),
    ]
    names = ("enterprise_id", "process", "part", "term", "tco2")
    rows.sort(key=lambda row: -abs(Fraction(row[4])))
    return [dict(zip(names, (*row[:4], text(row[4])), strict=True)) for row in rows]


def chained(terms: Mapping[str, str] = CLAIM) -> list[dict[str, str]]:
    """The yearly steps: 1,000 t of intensity stand under structure, else alike."""
    moved = {"energy_intensity": Fraction(1000), "structure": Fraction(-1000)}
    return [
        {"term": term, "tco2": text(Fraction(terms.get(term, "0")) + moved.get(term, Fraction(0)))} for term in TERMS
    ]


def ratio() -> dict[str, Any]:
    """An intensity that fell from 0.9400 to 0.8579: -0.0271 by tonnes, -0.0550 by energy."""
    return {
        "from": "2025",
        "to": "2027",
        "before": "0.940000000",
        "after": "0.857900000",
        "unit": "tCO2/tce",
        "above": [
            {"term": "boundary", "value": "-0.051400000"},
            {"term": "activity", "value": "0.044300000"},
            {"term": "energy_intensity", "value": "-0.020000000"},
            {"term": "fuel_switch", "value": "0.000000000"},
        ],
        "below": [
            {"term": "use", "value": "-0.012000000"},
            {"term": "coefficient", "value": "0.004000000"},
            {"term": "scope", "value": "0.000000000"},
            {"term": "feedstock", "value": "0.000000000"},
            {"term": "double", "value": "-0.001500000"},
            {"term": "dilution", "value": "-0.045500000"},
        ],
    }


def level() -> dict[str, Any]:
    """Decomposition 3b, illustration: I_strict 0.716, certificates -0.375, addition -0.102, I_claimed 0.240, one thousandth of
    rounding in a rise; three tenths of the certificates are proven."""
    return {
        "strict": "0.716000000",
        "proven": "0.604500000",
        "claimed": "0.240000000",
        "unit": "tCO2/tce",
        "terms": [
            {"switch": "certificates", "title": None, "value": "-0.375000000", "proven": "-0.112500000"},
            {"switch": "dilution", "title": None, "value": "-0.102000000", "proven": "0.000000000"},
            {
                "switch": "x",
                "title": {"zh": "电力等价值", "en": "electricity"},
                "value": "0.001000000",
                "proven": "0.001000000",
            },
            {"switch": "feedstock", "title": None, "value": "0.000000000", "proven": "0.000000000"},
        ],
    }


def uncertainty() -> dict[str, Any]:
    """10,800 t give or take 2,000, of 12 sources of error that cover six tenths of the tonnes."""
    tonnes = {
        "real": "10800", "deviation": "1020", "low": "8800", "high": "12800", "drawn_low": "8790", "drawn_high": "12811",
    }  # fmt: skip
    shares = {"positive": "1.0000", "reaches": "0.0025", "interval": "0.9500", "covered": "0.6000"}
    counts = {"draws": "4000", "sources": "12", "together": "2"}
    return {name: text(value) for name, value in tonnes.items()} | shares | counts


def coarse_bounds() -> dict[str, str]:
    """Of 18,420 t without an output."""
    numbers = {"fall": "-3100", "rise": "0", "switch": "-200", "real_low": "10800", "real_high": "14100"}
    return {name: text(value) for name, value in numbers.items()}


def whole() -> dict[str, Any]:
    """Everything at once."""
    first = reduction(
        chained=chained(),
        chained_turns=[],
        coarse=text("18420"),
        coarse_bounds=coarse_bounds(),
        causes=causes(),
        causes_left="37",
    )
    for row, gross in (("energy_intensity", ("-12410", "3200")), ("grid", ("-450", "450"))):
        one = next(term for term in first["terms"] if term["term"] == row)
        one["fall"], one["rise"] = map(text, gross)
    beside = {"uncertainty": uncertainty(), "incomplete": [], "absent": []}
    return {"reduction": first, "ratio": ratio(), "level": level()} | beside


def with_bridges(section: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """PX-2 with bridges, by default all of them, and with what changed in ruler and fence."""
    report = not_met()
    report["facts"] |= {"changes": [dict(LEFT)], "history": [dict(OPENED)]}
    report["facts"]["bridges"] = dict(whole() if section is None else section)
    return report


def only(one: Mapping[str, Any] | None, **others: Any) -> dict[str, Any]:
    """A report whose bridges are this reduction bridge and nothing else."""
    return with_bridges(
        {"reduction": one, "ratio": None, "level": None, "uncertainty": None, "incomplete": [], "absent": []} | others
    )


def sums(one: Mapping[str, Any]) -> Fraction:
    """The terms together."""
    return sum((exact(row["tco2"]) for row in one["terms"]), Fraction(0))
