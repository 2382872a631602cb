"""What a row of transformation, recovery or feedstock is worth when it is twice there, missing or mislabelled, by hand.

Amounts are worked out from the quantity of the row and the numbers below, never from the code under test. An effect is
the result with the one thing undone minus the result as submitted, so that what a mislabel takes away comes back as +.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction as F  # noqa: N817  short where arithmetic is written out

from tests.golden.many_years import Book, px2, simulated
from tests.golden.parks_by_hand import Row

INPUTS, OUTPUTS = ("transformation_in", "feedstock"), ("transformation_out", "recovered")
FLOWS = (*INPUTS, *OUTPUTS)
BURNING, BALANCE = ("火力发电", "供热"), ("炼油及煤制油", "制气", "炼焦")
BASE = {"t": 1, "GJ": 1, "MWh": 1, "GWh": 1000, "10^4Nm3": 10}  # base units in one unit of a row
C, PER_TCE = F(44, 12), F("29.307")
POWER, HEAT = F("0.30"), F("0.03412")  # tce per MWh (等价值) and GJ
CALORIFIC = F("0.1229")  # tce per MWh (当量值)
# GJ per t or 10^3 Nm3, tC per GJ, oxidation; measured where the row says so (Hedong's coal, coke, gas), else printed defaults
FUELS: Mapping[str, tuple[str, str, str]] = {
    "natural_gas": ("38.931", "0.0153", "0.99"),
    "cleaned_coal": ("29.5", "0.0254", "0.90"),
    "coke": ("28.6", "0.0293", "0.93"),
    "coke_oven_gas": ("17.92", "0.01355", "0.99"),
    "tar": ("33.5", "0.0219", "0.98"),
    "crude_benzene": ("41.8", "0.0226", "0.98"),
    "anthracite": ("27.2", "0.0272", "0.94"),
    "naphtha": ("44.5", "0.0200", "0.98"),
}
BALANCED = {"anthracite": F("0.73984"), "naphtha": F("0.890")}  # tC per t in the mass balances


@dataclass(frozen=True)
class Expected:
    """A code with its effect."""

    code: str
    effect: F
    unit: str = "tCO2"


@dataclass(frozen=True)
class Park:
    """What the arithmetic needs of a park beside its rows."""

    book: Book
    coal: str  # GJ per t of its bituminous coal
    month: str = ""  # the month whose rows are touched; '': the year
    small: frozenset[tuple[str, str]] = field(default=frozenset())  # (source, carrier) below the tolerance of meters

    def rows(self) -> list[int]:
        """Places of the rows that are touched."""
        return [
            at
            for at, row in enumerate(self.book.activity)
            if row["flow"] in FLOWS and row["period"].endswith(self.month)
        ]

    def fuel(self, carrier: str) -> tuple[F, F, F]:
        """Heat value, carbon content and oxidation of a fuel."""
        ncv, content, oxidation = (self.coal, "0.0261", "0.93") if carrier == "bituminous_coal" else FUELS[carrier]
        return F(ncv), F(content), F(oxidation)

    def burned(self, row: Row) -> F:
        """tCO2 of a row at its own oxidation."""
        ncv, content, oxidation = self.fuel(row["carrier"])
        return amount(row) * ncv * content * oxidation * C

    def carbon(self, row: Row) -> F:
        """All carbon of a row, tCO2."""
        ncv, content, _ = self.fuel(row["carrier"])
        return amount(row) * ncv * content * C

    def tce(self, row: Row) -> F:
        """tce of a row."""
        known = {"electricity": POWER, "heat": HEAT, "waste_heat": HEAT, "natural_gas": F("1.33")}
        return amount(row) * (known.get(row["carrier"]) or self.fuel(row["carrier"])[0] / PER_TCE)

    def calorific(self, row: Row) -> F:
        """tce of a row at calorific value."""
        return amount(row) * CALORIFIC if row["carrier"] == "electricity" else self.tce(row)


def px2_by_hand() -> Park:
    """The second park of the pack, in years."""
    return Park(px2(), coal="22")


def hedong(month: str) -> Park:
    """The simulator's coal-chemical park, of which the rows of one month (``-06``) are touched."""
    return Park(simulated(), coal="22.3", month=month, small=frozenset({("cooler_heat", "electricity")}))


def amount(row: Row) -> F:
    """The quantity of a row in base units."""
    return F(row["quantity"]) * BASE[row["unit"]]


def _sign(row: Row) -> int:
    """+1 where the row adds to the use side of T, -1 where it is taken off."""
    return 1 if row["flow"] in INPUTS else -1


def twice(park: Park, row: Row) -> Expected:
    """Fence minus use is off by the row; undone, T as the use side gives it."""
    return Expected("TZ-BAL-02", _sign(row) * park.tce(row), "tce")


def dropped(park: Park, row: Row) -> Expected:
    if (row["source_id"], row["carrier"]) in park.small:
        return _input_alone(park, row)
    return Expected("TZ-BAL-02", -_sign(row) * park.tce(row), "tce")


def as_flow(park: Park, row: Row, flow: str) -> Expected:
    fuel = row["carrier"] not in {"electricity", "heat", "waste_heat"}
    if row["flow"] == "feedstock":  # the mass balance still takes it in, and nobody feeds it
        return Expected("TZ-CAR-05", -amount(row) * BALANCED[row["carrier"]] * C)
    if row["flow"] in OUTPUTS and flow == "final_use":  # given back becomes used: twice its tce
        small = (row["source_id"], row["carrier"]) in park.small
        return _input_alone(park, row) if small else Expected("TZ-BAL-02", 2 * park.tce(row), "tce")
    if (
        row["flow"] in OUTPUTS
    ):  # bought by nobody, made by nobody: T falls once undone, for a fuel the credit comes back
        return Expected("TZ-ACC-09", -park.carbon(row)) if fuel else Expected("TZ-ACC-09", -park.tce(row), "tce")
    if not fuel:  # heat sold is a credit at 0.11; used within, neither E nor T feels it
        return Expected("TZ-ACC-09", amount(row) * F("0.11") if flow == "sold" else F(0))
    kind = row["activity_type"]
    if flow == "sold":
        return Expected("TZ-ACC-09", park.burned(row) if kind in BURNING else park.carbon(row))
    return Expected("TZ-ACC-09", F(0) if kind in BURNING else park.carbon(row) - park.burned(row))


def other_term(row: Row) -> str:
    """An activity type of another term: of the fuel term for what is in a carbon balance or feedstock, and the other way round."""
    if row["carrier"] in {"electricity", "heat", "waste_heat"}:
        return "终端消费"  # no term is chosen by it; it still describes something else
    return "制气" if row.get("activity_type") in BURNING else "火力发电"


def as_type(park: Park, row: Row, word: str) -> Expected:
    if word == "终端消费":
        return Expected("TZ-ACC-09", F(0))
    if row["flow"] == "feedstock":  # in truth burned to make power
        return Expected("TZ-ACC-09", park.burned(row))
    if row["flow"] in OUTPUTS:  # the carbon balance of its unit gives it: the credit comes back
        return Expected("TZ-ACC-09", -park.carbon(row))
    if row["activity_type"] in BALANCE:  # a member that makes no power is said to put fuel into power
        return Expected("TZ-BAL-06", -park.calorific(row), "tce")
    if park.month or row["source_id"].startswith("chp"):  # the unit gives power or heat, or is of such a kind
        return Expected("TZ-ACC-09", park.burned(row) - park.carbon(row))
    return _less_than_given(park, row)


def _input_alone(park: Park, row: Row) -> Expected:
    """The month's heat goes into power and nothing comes out."""
    same = [
        one
        for one in park.book.activity
        if (one["period"], one["source_id"], one["flow"]) == (row["period"], row["source_id"], "transformation_in")
    ]
    return Expected("TZ-BAL-06", -sum((park.calorific(one) for one in same), F(0)), "tce")


def _less_than_given(park: Park, row: Row) -> Expected:
    """What is left of the fuel for power and heat is less than the power and heat."""
    own = [
        one
        for one in park.book.activity
        if one["enterprise_id"] == row["enterprise_id"] and one.get("activity_type") in BURNING
    ]
    given = sum((park.calorific(one) for one in own if one["flow"] in OUTPUTS), F(0))
    left = sum((park.calorific(one) for one in own if one["flow"] in INPUTS and one is not row), F(0))
    return Expected("TZ-BAL-06", given - left, "tce")
