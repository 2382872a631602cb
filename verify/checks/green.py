"""Power at zero: its proof, its direct share, the plants behind it (TZ-GRN-01 to 03)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from verify.checks.certificates import folded, retired
from verify.checks.closure import RECEIVED
from verify.checks.listing import line_rows, on_rows
from verify.checks.members import inside, trades
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.world import World, total
from verify.ledger import outcome
from verify.ledger.indicators import Outcome

Kinds = Mapping[str, list[str]]


@check("TZ-GRN-01")
def zero_power_is_proven(world: World, params: Params) -> Rows:
    """Annex 4, 二（二）3①: MWh at zero beyond metered direct supply, retired certificates and settled green trade (CK-N3).

    Each kind of proof is compared where it was handed in; what nobody handed in is undecided here and stays unproven in
    the zero register. One certificate is a whole unit, so less than one is no excess.
    """
    found: list[Found] = []
    tested: list[dict[str, Any]] = []
    population: list[dict[str, Any]] = []
    undecided: list[str] = []
    for year in world.years:
        zeros = _zeros(world, year, params)
        population += zeros
        kinds = _comparable(world, params["kinds"])
        undecided += sorted({f"{year}/{cell['supply']}" for cell in zeros if cell["supply"] not in _flat(kinds)})
        compared = [cell for cell in zeros if cell["supply"] in _flat(kinds)]
        tested += compared
        if compared:
            found += _excess(world, year, compared, kinds, params)
    if not population:
        raise NotApplicable("no_power_at_zero")
    if not tested:
        raise CouldNotRun("no_green_proof_handed_in")
    return Rows(found, Scope.of(tested, population), undecided)


def _zeros(world: World, year: str, params: Params) -> list[dict[str, Any]]:
    """Power received at factor zero although its class default is not zero."""
    cells = world.cells(year, measure="carbon", term=params["terms"], carrier="electricity", flow=RECEIVED)
    return [cell for cell in cells if cell["quantity"] > 0 and not cell["factor"] and cell["default_factor"]]


def _comparable(world: World, kinds: Kinds) -> Kinds:
    """The kinds whose proof was handed in: direct supply is in the rows themselves."""
    there = {"direct": True, "certificates": world.handed_in("certificates"), "green_trade": world.handed_in("statements")}
    return {proof: supplies if there[proof] else [] for proof, supplies in kinds.items()}


def _flat(kinds: Kinds) -> set[str]:
    return {supply for supplies in kinds.values() for supply in supplies}


def _excess(world: World, year: str, zeros: list[dict[str, Any]], kinds: Kinds, params: Params) -> list[Found]:
    claimed = Fraction(total(zeros, "quantity"))
    unit = Fraction(params["mwh_per_certificate"])
    direct = _metered(world, year, kinds["direct"], params["metered"])
    certificates = sum(one.count for one in retired(world, year)) * unit if kinds["certificates"] else Fraction(0)
    traded = _settled(world, year, params) if kinds["green_trade"] else Fraction(0)
    excess = claimed - direct - certificates - traded
    if excess < unit:
        return []
    default = Fraction(total(zeros, "strict_tco2")) / claimed
    one = Found(
        subject=park(world),
        period=year,
        arguments={
            "claimed": text(claimed),
            "direct": text(direct),
            "certificates": text(certificates),
            "green_trade": text(traded),
            "excess": text(excess),
        },
        effect=tonnes(excess * default),
    )
    return on_rows(one, "activity", line_rows(world, measure="carbon", year=year, rule={cell["rule"] for cell in zeros}, supply={cell["supply"] for cell in zeros}))


def _metered(world: World, year: str, supplies: Iterable[str], bases: list[str]) -> Fraction:
    """Directly supplied MWh whose rows rest on a meter."""
    rows = [
        row
        for row in trades(world)
        if row["year"] == year
        and row["carrier"] == "electricity"
        and row["flow"] in RECEIVED
        and row["where"] != "inside"
        and row["supply"] in supplies
        and row["basis"] in bases
    ]
    return Fraction(sum((row["quantity"] for row in rows), Decimal(0)))


def _settled(world: World, year: str, params: Params) -> Fraction:
    """MWh that the power exchange settled as green trade for the park or a member."""
    words = [folded(word) for word in params["settlement_words"]]
    rows = [
        row
        for row in world.rows("statements")
        if row["authority"] in params["settlement"]
        and row["year"] == year
        and row["unit"] == "MWh"
        and row["quantity"] is not None
        and any(word in folded(row["item"]) for word in words)
        and (not row["party_code"] or inside(world, row["party_code"], row["period"]) or row["party_code"] == world.submission.park.id)
    ]
    return Fraction(sum((row["quantity"] for row in rows), Decimal(0)))


@check("TZ-GRN-02")
def direct_share(world: World, params: Params) -> Rows:
    """Annex 4, 二（二）3①: direct supply in principle not below one half of the power used (CK-N4). No tonnes follow.

    Below the limit under any admissible reading of numerator and denominator is a finding with that reading.
    """
    identifier = params["indicator"]
    judged = world.judged.get(identifier)
    if judged is None or not isinstance(judged.chosen.value, Fraction):
        raise NotApplicable("no_electricity_used")
    readings, worst = _lowest(world, identifier, judged.rests_on)
    if worst.verdict != "not_met":
        return Rows([], Scope.count(1))
    indicator = world.ruler.text.indicators[identifier]
    assignment = {**world.chosen, **readings}
    figures = world.figures[world.year]
    denominator = params["denominator"]
    arguments = {
        "direct": text(_number(figures.item(indicator.numerator, assignment))),
        "total": text(_number(figures.item(indicator.denominator, assignment))),
        "direct_share": text(_number(worst.value)),
        "limit": text(worst.limit),
        "reading": readings.get(denominator, world.chosen[denominator]),
    }
    return Rows([Found(park(world), world.year, arguments, effect_unit="")], Scope.count(1))


def _lowest(world: World, identifier: str, points: tuple[str, ...]) -> tuple[dict[str, str], Outcome]:
    """The headline reading where it misses the limit, else the corner of all readings with the lowest value."""
    figures = world.figures[world.year]
    here = outcome(figures, identifier, world.chosen)
    if here.verdict == "not_met":
        return {}, here
    parameters = world.ruler.text.parameters
    corners = [dict(zip(points, corner, strict=True)) for corner in product(*([one.id for one in parameters[point].readings] for point in points))]
    judged = [(corner, outcome(figures, identifier, {**world.chosen, **corner})) for corner in corners]
    return min(judged, key=lambda pair: _number(pair[1].value), default=({}, here))


def _number(value: object) -> Fraction:
    assert isinstance(value, Fraction)
    return value


@check("TZ-GRN-03", needs={"generators"})
def plant_fits_the_kind(world: World, params: Params) -> Rows:
    """Annex 4, 二（二）3①: certificates prove renewable power, direct supply non-fossil power (CK-N22).

    `params.open` are technologies that the text does not settle; they are left undecided.
    """
    found: list[Found] = []
    undecided: list[str] = []
    tested = 0
    plants = {row["generator_id"]: row for row in world.rows("generators")}
    for year in world.years:
        zeros = _zeros(world, year, params)
        for one, supply, admitted in [*_certified(world, year, params), *_direct(world, year, zeros, params)]:
            plant = plants.get(one["generator"])
            if plant is None or plant["technology"] in params["open"]:
                undecided.append(f"{year}/{one['generator']}")
                continue
            tested += 1
            if plant["technology"] not in admitted:
                found += _misfit(world, year, zeros, plant, supply, one, params)
    return Rows(found, Scope.count(tested), sorted(set(undecided)))


def _certified(world: World, year: str, params: Params) -> list[tuple[dict[str, Any], str, list[str]]]:
    """Per generator: MWh of certificates retired for the year."""
    unit = Fraction(params["mwh_per_certificate"])
    return [
        ({"generator": one.generator_id, "quantity": one.count * unit, "table": "certificates", "rows": one.row_ids}, supply, params["renewable"])
        for one in retired(world, year)
        for supply in params["kinds"]["certificates"][:1]
    ]


def _direct(world: World, year: str, zeros: list[dict[str, Any]], params: Params) -> list[tuple[dict[str, Any], str, list[str]]]:
    """Per plant on a direct line: its metered rows, else its yearly output for the park, else all direct supply if it is the only one."""
    supplies = params["kinds"]["direct"]
    claimed = Fraction(total([cell for cell in zeros if cell["supply"] in supplies], "quantity"))
    plants = [row for row in world.rows("generators") if row["connection"] in params["connections"]]
    if not claimed:
        return []
    found = []
    for plant in plants:
        rows = _rows_of_meter(world, year, plant["receiving_meter_id"], supplies)
        if rows:
            amount = Fraction(sum((row["quantity"] for row in rows), Decimal(0)))
        elif plant["total_mwh"] is not None and plant["share"] is not None and year == world.year:
            amount = Fraction(plant["total_mwh"]) * Fraction(plant["share"])
        else:
            amount = claimed if len(plants) == 1 else Fraction(0)
        ids = tuple(row["row_id"] for row in rows) or (plant["row_id"],)
        one = {"generator": plant["generator_id"], "quantity": amount, "table": "activity" if rows else "generators", "rows": ids}
        found.append((one, supplies[0], params["non_fossil"]))
    return found


def _rows_of_meter(world: World, year: str, meter: str, supplies: list[str]) -> list[dict[str, Any]]:
    if not meter:
        return []
    rows = world.table("activity").filter(
        lambda t: (t.meter_id == meter) & (t.year == year) & (t.carrier == "electricity") & t.flow.isin(list(RECEIVED)) & t.supply.isin(supplies)
    )
    return world.engine.rows(rows.filter(rows.quantity.notnull()).select("row_id", "quantity"))


def _misfit(
    world: World, year: str, zeros: list[dict[str, Any]], plant: Mapping[str, Any], supply: str, one: Mapping[str, Any], params: Params
) -> list[Found]:
    """Undone: the power of this plant that stands at zero counts as other power; no more than what is claimed at zero."""
    proof = "certificates" if supply in params["kinds"]["certificates"] else "direct"
    kinds = {*params["kinds"][proof], *(params["kinds"]["green_trade"] if proof == "certificates" else ())}
    claimed = [cell for cell in zeros if cell["supply"] in kinds]
    mwh = Fraction(total(claimed, "quantity"))
    amount = min(Fraction(one["quantity"]), mwh)
    if not amount:
        return []
    default = Fraction(total(claimed, "strict_tco2")) / mwh
    finding = Found(
        subject=plant["generator_id"],
        period=year,
        arguments={"generator": plant["name"] or plant["generator_id"], "technology": plant["technology"], "supply": supply, "quantity": text(amount)},
        effect=tonnes(amount * default),
    )
    return on_rows(finding, str(one["table"]), one["rows"])
