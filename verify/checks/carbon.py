"""Carbon: balances that stand, each atom once, nothing that vanishes (annex 4 二（二）2, 三（三）2, national-ruler 6a)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.balance_due import require_balances
from verify.checks.cells import every, grouped, owner
from verify.checks.coverage_rows import beside_unknown
from verify.checks.defaults import default_factor
from verify.checks.gathered import gathered
from verify.checks.listing import line_rows, on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope, text, tonnes
from verify.checks.world import FILED, World, total
from verify.ledger.basis import consistent, read_reading

_GATES = ("carbon_balance_in", "carbon_balance_out")
_MADE = ("transformation_out", "recovered")
Balance = Mapping[str, Any]
_NOTHING = Decimal(0)


@check("TZ-CAR-01", needs={"activity"})
def transformation_balance(world: World, params: Params) -> Rows:
    """Both sides measured, or both on one set that closes, and no more carbon out than in; else no credit (二（二）2, CK-N9)."""
    balances = _balances(world, "activity")
    found: list[Found] = []
    for one in balances:
        if one["credited"]:
            continue
        arguments = {
            **_carbon(world, params, one),
            "not_credited": text(one["out"]),
            "reason": params["reasons"].get(one["reason"], one["reason"]),
        }
        ids = line_rows(world, table="activity", gate=_GATES, **_unit(one))
        found += on_rows(
            Found(one["source_id"] or one["enterprise_id"], one["year"], arguments, tonnes(one["out"])), "activity", ids
        )
    return Rows(found, _of_balances(balances))


@check("TZ-CAR-04")
def process_balance(world: World, params: Params) -> Rows:
    """A mass balance of a process has no more carbon out than in (annex 4 三（三）2)."""
    require_balances(world)
    balances = _balances(world, "process_balances")
    products = _products(world)
    found: list[Found] = []
    for one in balances:
        if one["out"] <= one["in"]:
            continue
        product = products.get((one["enterprise_id"], one["source_id"], one["year"]), "")
        ids = line_rows(world, table="process_balances", gate=_GATES, **_unit(one, "activity_type"))
        subject = one["source_id"] or one["enterprise_id"]
        found += on_rows(
            Found(subject, one["year"], {"product": product, **_carbon(world, params, one)}, tonnes(one["out"])),
            "process_balances",
            ids,
        )
    return Rows(found, _of_balances(balances))


def _balances(world: World, table: str) -> list[Balance]:
    """The balances of a table that hold under the chosen readings."""
    return [
        one
        for one in world.ledger.balances
        if one["boundary"] == FILED and one["table"] == table and consistent(read_reading(one["reading"]), world.chosen)
    ]


def _unit(one: Balance, *without: str) -> dict[str, str]:
    keys = ("enterprise_id", "source_id", "activity_type", "year")
    return {key: one[key] for key in keys if key not in without}


def _carbon(world: World, params: Params, one: Balance) -> dict[str, str]:
    """Carbon in and out in tC; the balance is kept in tCO2 at full oxidation."""
    per_carbon = world.number(params["co2_per_c"])
    return {
        name: text(Fraction(round(Fraction(one[side]) / per_carbon, 6)))
        for name, side in (("carbon_in", "in"), ("carbon_out", "out"))
    }


def _of_balances(balances: Iterable[Balance]) -> Scope:
    """Balances with an output were tested; a credit is the most that could have been hidden."""
    balances = list(balances)
    tested = [one for one in balances if one["out"]]
    return Scope(
        tested=len(tested),
        population=len(balances),
        tco2_tested=sum((one["in"] for one in tested), start=_NOTHING),
        tco2_population=sum((one["in"] for one in balances), start=_NOTHING),
        worst=sum((one["out"] for one in tested), start=_NOTHING),
    )


def _products(world: World) -> dict[tuple[str, str, str], str]:
    """What each unit makes by mass balance; several products stand side by side."""
    rows = world.engine.rows(
        world.table("process_balances").select("enterprise_id", "source_id", "year", "product").distinct()
    )
    found: dict[tuple[str, str, str], set[str]] = {}
    for row in rows:
        found.setdefault((row["enterprise_id"], row["source_id"], row["year"]), set()).add(row["product"])
    return {key: ", ".join(sorted(products - {""})) for key, products in found.items()}


@check("TZ-CAR-02", needs={"activity"})
def unknown_coverage(world: World, params: Params) -> Rows:
    """A product factor of unknown coverage beside coke, coal or gas of the same unit is computed both ways (6a, CK-N21)."""
    rows = beside_unknown(world, params)

    def say(group: Mapping[str, Any]) -> dict[str, str]:
        return {
            "product": group["product"],
            "quantity": group["made"],
            "carrier": group["carrier"],
            "counted": text(group["counted"]),
        }

    found = [] if rows is None else gathered(world, rows, by=("product", "made", "carrier"), sums=("counted",), say=say)
    burned = every(world, measure="carbon", table="activity", item_class="fuel", term="fuel")
    open_point = [cell for cell in burned if params["parameter"] in read_reading(cell["reading"])]
    return Rows(found, Scope.of(open_point, burned))


@check("TZ-CAR-03", needs={"activity"})
def made_and_used(world: World, params: Params) -> Rows:
    """A carrier made inside is burned, feedstock, converted, sold, flared or stored; the rest counts as burned (6a, CK-N23)."""
    tolerance = world.number(params["tolerance"])
    cells = [
        cell
        for cell in every(world, measure="energy", item_class="fuel")
        if cell["carrier"] not in params["without_carbon"]
    ]
    incomplete = {
        (gap["year"], gap["item"]) for gap in world.ledger.gaps if gap["boundary"] == FILED and not gap["term"]
    }
    found: list[Found] = []
    tested: list[dict[str, Any]] = []
    undecided: list[str] = []
    for (year, carrier), here in grouped(cells, "year", "carrier").items():
        made = -Fraction(total((cell for cell in here if cell["flow"] in _MADE), "quantity"))
        if not made:
            continue
        if (year, carrier) in incomplete:
            undecided.append(f"{carrier} {year}")
            continue
        tested += [cell for cell in here if cell["flow"] in _MADE]
        rest = Fraction(total((cell for cell in here if cell["side"] == "fence"), "quantity"))
        rest -= Fraction(total((cell for cell in here if cell["side"] == "use"), "quantity"))
        if abs(rest) > tolerance * made:
            found += _vanished(world, year, carrier, here, made, rest)
    return Rows(found, Scope.of(tested, cells), undecided)


def _vanished(
    world: World, year: str, carrier: str, here: list[dict[str, Any]], made: Fraction, rest: Fraction
) -> list[Found]:
    """What is left over, burned as the park burns the carrier, else at its default."""
    burned = [
        cell
        for cell in world.cells(year, measure="carbon", carrier=carrier, term="fuel", table="activity")
        if cell["factor"]
    ]
    quantity = Fraction(total(burned, "quantity"))
    factor = Fraction(total(burned, "tco2")) / quantity if quantity else default_factor(world, carrier, year)
    arguments = {
        "carrier": carrier,
        "made": text(made),
        "accounted": text(made - rest),
        "rest": text(rest),
        "unit": str(here[0]["unit"]),
    }
    ids = line_rows(world, measure="energy", year=year, carrier=carrier, flow=_MADE, table="activity")
    effect = None if factor is None else tonnes(rest * factor)
    return on_rows(Found(owner(world, here), year, arguments, effect), "activity", ids)
