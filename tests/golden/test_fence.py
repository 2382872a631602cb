"""The fence (issue 1 of 8, must show 4): only the counterparty decides what crosses it.

A CHP moves out and in, and each side of an inside sale is booked across the fence: E and T move by exactly what the rule
says, worked out here from the rows. A matched sale inside moves neither, whether it is added, left out or doubled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction as F  # noqa: N817  short where arithmetic is written out

import pytest

from tests.golden.amounts_by_hand import BURNING, PER_TCE, amount
from tests.golden.many_years import Book, Variant, Years, accounted, another_paper, px2, simulated
from tests.golden.parks_by_hand import PACK, Row

E, T = "total.tco2", "energy.tce"
needs_pack = pytest.mark.skipif(not PACK.is_file(), reason="the domain pack ../shared/domain is not here")


def at_12_places(number: F) -> F:
    """A factor, half-even at 12 places (DESIGN 6)."""
    return F(round(number * 10**12), 10**12)


KIND = {"electricity": F("0.8325"), "heat": F("0.11")}  # tCO2 per MWh and GJ that cross as fossil power and heat


@dataclass(frozen=True)
class Numbers:
    """A park's own numbers per base unit: tCO2 of a fuel burned, tce of a carrier."""

    burned: Mapping[str, F]
    tce: Mapping[str, F]


def _carbon(ncv: str, content: str, oxidation: str) -> F:
    return at_12_places(F(ncv) * F(content) * F(oxidation) * F(44, 12))


GAS = _carbon("38.931", "0.0153", "0.99")  # 10^3 Nm3 of natural gas
POWER_AND_HEAT = {"electricity": F("0.30"), "heat": F("0.03412"), "natural_gas": F("1.33")}
PX2 = Numbers(
    burned={"bituminous_coal": _carbon("22", "0.0261", "0.93"), "natural_gas": GAS},
    tce={**POWER_AND_HEAT, "bituminous_coal": at_12_places(22 / PER_TCE)},
)
HEDONG = Numbers(
    burned={"bituminous_coal": _carbon("22.3", "0.0261", "0.93"), "coke_oven_gas": _carbon("17.92", "0.01355", "0.99"), "natural_gas": GAS},
    tce={**POWER_AND_HEAT, "bituminous_coal": at_12_places(F("22.3") / PER_TCE), "coke_oven_gas": at_12_places(F("17.92") / PER_TCE)},
)  # fmt: skip
IN, OUT = {"purchased", "stock_open"}, {"sold", "stock_close"}


class Case:
    """A park with a CHP, and its rows by hand."""

    def __init__(self, book: Book, numbers: Numbers) -> None:
        """The CHP is the member that sells steam inside."""
        self.book, self.numbers = book, numbers
        self.members = {row["enterprise_id"] for row in book.enterprises}
        self.chp = next(row["enterprise_id"] for row in book.activity if row["carrier"] == "heat" and self.inside(row))

    def inside(self, row: Row) -> bool:
        """Whether a row is a trade between members."""
        return row.get("counterparty", "") in self.members

    def with_chp(self, row: Row) -> bool:
        """Whether a row is a trade of the CHP with a member, at either end."""
        return self.inside(row) and self.chp in {row["enterprise_id"], row["counterparty"]}

    def booked_outside(self, *flows: str) -> Variant:
        """The trades of the CHP with members booked across the fence by one end or both."""
        return self.edited(
            lambda row: (
                another_paper({**row, "counterparty": "outside"})
                if self.with_chp(row) and row["flow"] in flows
                else row
            )
        )

    def edited(self, edit: Callable[[Row], Row | None]) -> Variant:
        """Every row edited; None leaves it out."""
        return Variant([row for row in map(edit, self.book.activity) if row is not None])

    def bought_of_it(self) -> list[Row]:
        """What members buy of the CHP."""
        return [
            row
            for row in self.book.activity
            if self.with_chp(row) and row["flow"] == "purchased" and row["enterprise_id"] != self.chp
        ]

    def sold_to_it(self) -> list[Row]:
        """What members sell to the CHP."""
        return [
            row
            for row in self.book.activity
            if self.with_chp(row) and row["flow"] == "sold" and row["enterprise_id"] != self.chp
        ]

    def e(self, rows: Iterable[Row]) -> F:
        """tCO2 that rows are worth when they cross the fence as fossil power or heat; fuel has none before it burns."""
        return sum((amount(row) * KIND.get(row["carrier"], F(0)) for row in rows), F(0))

    def t(self, rows: Iterable[Row]) -> F:
        """tce of rows."""
        return sum((amount(row) * self.numbers.tce[row["carrier"]] for row in rows), F(0))

    def gone(self) -> tuple[F, F]:
        """What E and T lose with the CHP's own rows: fuel burned less the credit of what it sends out; what it takes in less what it sends out."""
        own = [row for row in self.book.activity if row["enterprise_id"] == self.chp and not self.inside(row)]
        burned = [row for row in own if row["flow"] == "transformation_in" and row.get("activity_type") in BURNING]
        fuel = sum((amount(row) * self.numbers.burned[row["carrier"]] for row in burned), F(0))
        sent_out = [row for row in own if row["flow"] == "sold"]
        taken = self.t(row for row in own if row["flow"] in IN) - self.t(row for row in own if row["flow"] in OUT)
        return fuel - self.e(sent_out), taken


def case(name: str) -> Case:
    """PX-2 or the simulator's coal-chemical park."""
    return Case(px2(), PX2) if name == "PX-2" else Case(simulated(), HEDONG)


PARKS = [pytest.param("PX-2", marks=needs_pack), "honest-not-met"]


@pytest.mark.parametrize("name", PARKS)
def test_the_chp_moves_out_and_in(name: str) -> None:
    park = case(name)
    out = frozenset({park.chp})

    def without_it(row: Row) -> Row | None:
        return (
            None
            if row["enterprise_id"] == park.chp
            else {**row, "counterparty": "outside"}
            if park.with_chp(row)
            else row
        )

    variants = [
        Variant(park.book.activity),
        park.booked_outside("purchased"),
        park.booked_outside("sold"),
        park.booked_outside("purchased", "sold"),
        Variant(park.book.activity, out),  # its membership ends; nobody touches a row
        park.edited(without_it),  # its rows are gone, its partners say outside
        Variant(park.book.activity),  # and in again
    ]
    pairs = [row for row in park.book.activity if park.with_chp(row)]
    bought, sold = ([row for row in pairs if row["flow"] == flow] for flow in ("purchased", "sold"))
    received, sent = (park.e(bought), park.t(bought)), (park.e(sold), park.t(sold))
    assert received == sent > (0, 0)  # the pairs match, so that booking both ends outside cancels
    lost = park.gone()
    now = (park.e(park.bought_of_it()), park.t(park.bought_of_it()))  # the members' purchases of it are receipts
    given = (park.e(park.sold_to_it()), park.t(park.sold_to_it()))  # their sales to it leave the park
    left = (now[0] - given[0] - lost[0], now[1] - given[1] - lost[1])
    expected = [(F(0), F(0)), received, (-sent[0], -sent[1]), (F(0), F(0)), left, left, (F(0), F(0))]
    with accounted(park.book, variants, ["TZ-BAL-03"]) as years:
        assert [moved(years, at) for at in range(len(variants))] == expected
        assert [bool(years.new(at)) for at in range(len(variants))] == [False, True, True, False, False, False, False]


@needs_pack
def test_px2_without_its_chp_in_figures() -> None:
    """The same, number by number: fuel and credits go, 180 GWh and 1,400,000 GJ come in, less 60 GWh and 100,000 GJ sent out."""
    park = case("PX-2")
    with accounted(
        park.book, [Variant(park.book.activity), Variant(park.book.activity, frozenset({park.chp}))]
    ) as years:
        coal = 100_000 * at_12_places(22 * F("0.0261") * F("0.93") * F(44, 12))
        gas = 20_000 * at_12_places(F("38.931") * F("0.0153") * F("0.99") * F(44, 12))
        steam, power = F("0.11"), F("832.5")
        e = -coal - gas + 60 * power + 100_000 * steam + 180 * power + 1_400_000 * steam
        t = -100_000 * at_12_places(22 / PER_TCE) - 2000 * F("13.3") + (60 + 180) * 300 + 1_500_000 * F("0.03412")
        assert moved(years, 1) == (e, t)
        assert round(years.figure(1, E), 6) == F("401555.293080")  # 275,801.269260 − 239,045.976180 + 364,800
        assert years.figure(1, "term.el.tco2") == (50 + 180) * power
        assert years.figure(1, "term.heat.tco2") == 1_400_000 * steam


@pytest.mark.parametrize("name", PARKS)
def test_a_sale_inside_moves_neither(name: str) -> None:
    park = case(name)
    rows = park.book.activity
    pairs = [(one, other) for one in rows for other in rows if one["flow"] == "sold" and mirrors(one, other)]
    kinds = {(one["carrier"], one["counterparty"]): (one, other) for one, other in pairs}
    assert {carrier for carrier, _ in kinds} >= {"electricity", "heat"}
    assert len(kinds) == len(
        {(row["carrier"], row["counterparty"]) for row in rows if row["flow"] == "sold" and park.inside(row)}
    )
    variants = [Variant(rows)]
    for pair in kinds.values():
        variants.append(Variant([row for row in rows if row not in pair]))
        variants.append(
            Variant([{**row, "quantity": str(2 * Decimal(row["quantity"]))} if row in pair else row for row in rows])
        )
        resold = [{**pair[0], "enterprise_id": pair[1]["enterprise_id"], "counterparty": pair[0]["enterprise_id"], "source_id": "", "meter_id": ""},
                  {**pair[1], "enterprise_id": pair[0]["enterprise_id"], "counterparty": pair[1]["enterprise_id"], "source_id": "", "meter_id": ""}]  # fmt: skip
        variants.append(Variant([*rows, *resold]))
        tolled = {"sold": "tolled_out", "purchased": "tolled_in"}
        variants.append(Variant([*rows, *({**row, "flow": tolled[row["flow"]]} for row in pair)]))
    with accounted(park.book, variants) as years:
        assert all(years.terms(at) == years.terms(0) for at in range(len(variants)))
        assert len(variants) == 1 + 4 * len(kinds)


def mirrors(sale: Row, purchase: Row) -> bool:
    """Whether a purchase is the other end of a sale."""
    same = all(
        sale.get(key, "") == purchase.get(key, "") for key in ("period", "carrier", "supply", "quantity", "unit")
    )
    ends = (sale["enterprise_id"], sale.get("counterparty", "")) == (
        purchase.get("counterparty", ""),
        purchase["enterprise_id"],
    )
    return same and ends and purchase["flow"] == "purchased"


def moved(years: Years, variant: int) -> tuple[F, F]:
    """What E and T of a variant differ from those of the park as it is."""
    e, t = (years.figure(variant, item) - years.figure(0, item) for item in (E, T))
    return e, t
