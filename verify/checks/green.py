"""Power at zero: its proof, its direct share, the plants behind it (TZ-GRN-01 to 03)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from verify.checks import green_proof
from verify.checks.certificates import retired
from verify.checks.green_proof import Kinds
from verify.checks.listing import line_rows, on_rows
from verify.checks.plants import Behind, certified, direct
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.world import World, total
from verify.ledger import outcome
from verify.ledger.indicators import Outcome


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
        zeros = green_proof.zeros(world, year, params)
        population += zeros
        kinds = green_proof.comparable(world, params["kinds"])
        undecided += sorted(
            {f"{year}/{cell['supply']}" for cell in zeros if cell["supply"] not in green_proof.flat(kinds)}
        )
        compared = [cell for cell in zeros if cell["supply"] in green_proof.flat(kinds)]
        tested += compared
        if compared:
            found += _excess(world, year, compared, kinds, params)
    if not population:
        raise NotApplicable("no_power_at_zero")
    if not tested:
        raise CouldNotRun("no_green_proof_handed_in")
    return Rows(found, Scope.of(tested, population), undecided)


def _excess(world: World, year: str, zeros: list[dict[str, Any]], kinds: Kinds, params: Params) -> list[Found]:
    claimed = Fraction(total(zeros, "quantity"))
    unit = Fraction(params["mwh_per_certificate"])
    metered = green_proof.metered(world, year, kinds["direct"], params["metered"])
    certificates = sum(one.count for one in retired(world, year)) * unit if kinds["certificates"] else Fraction(0)
    traded = green_proof.settled(world, year, params) if kinds["green_trade"] else Fraction(0)
    excess = claimed - metered - certificates - traded
    if excess < unit:
        return []
    default = Fraction(total(zeros, "strict_tco2")) / claimed
    one = Found(
        subject=park(world),
        period=year,
        arguments={
            "claimed": text(claimed),
            "direct": text(metered),
            "certificates": text(certificates),
            "green_trade": text(traded),
            "excess": text(excess),
        },
        effect=tonnes(excess * default),
    )
    return on_rows(
        one,
        "activity",
        line_rows(
            world,
            measure="carbon",
            year=year,
            rule={cell["rule"] for cell in zeros},
            supply={cell["supply"] for cell in zeros},
        ),
    )


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
    """The headline reading where it misses the limit, else the corner of all readings with the lowest value.

    A corner without a share (no power is left in its denominator) has none that could be too low.
    """
    figures = world.figures[world.year]
    here = outcome(figures, identifier, world.chosen)
    if here.verdict == "not_met":
        return {}, here
    parameters = world.ruler.text.parameters
    corners = [
        dict(zip(points, corner, strict=True))
        for corner in product(*([one.id for one in parameters[point].readings] for point in points))
    ]
    judged = [(corner, outcome(figures, identifier, {**world.chosen, **corner})) for corner in corners]
    shares = [one for one in judged if isinstance(one[1].value, Fraction)]
    return min(shares, key=lambda pair: _number(pair[1].value), default=({}, here))


def _number(value: object) -> Fraction:
    assert isinstance(value, Fraction)
    return value


@check("TZ-GRN-03")
def plant_fits_the_kind(world: World, params: Params) -> Rows:
    """Annex 4, 二（二）3①: certificates prove renewable power, direct supply non-fossil power (CK-N22).

    Undone: the power of a plant that does not fit counts as other power, as far as it is claimed at zero. `params.open`
    are technologies that the text does not settle; they and unknown plants are left undecided.
    """
    if not world.handed_in("generators"):
        if not any(green_proof.zeros(world, year, params) for year in world.years):
            raise NotApplicable("no_power_at_zero")
        raise CouldNotRun("table_not_handed_in", tables="generators")
    found: list[Found] = []
    undecided: set[str] = set()
    tested = 0
    plants = {row["generator_id"]: row for row in world.rows("generators")}
    kinds, unit = params["kinds"], Fraction(params["mwh_per_certificate"])
    admitted = {"certificates": params["renewable"], "direct": params["non_fossil"]}
    for year in world.years:
        zeros = green_proof.zeros(world, year, params)
        on_line = Fraction(total([cell for cell in zeros if cell["supply"] in kinds["direct"]], "quantity"))
        for one in (
            *certified(world, year, unit),
            *direct(world, year, kinds["direct"], params["connections"], on_line),
        ):
            plant = plants.get(one.generator_id)
            if plant is None or plant["technology"] in params["open"]:
                undecided.add(f"{year}/{one.generator_id}")
                continue
            tested += 1
            if plant["technology"] not in admitted[one.proof]:
                found += _misfit(world, year, zeros, plant, one, kinds)
    return Rows(found, Scope.count(tested, tested + len(undecided)), sorted(undecided))


def _misfit(
    world: World, year: str, zeros: list[dict[str, Any]], plant: Mapping[str, Any], one: Behind, kinds: Kinds
) -> list[Found]:
    """The finding of a plant that does not fit, no more MWh than are claimed at zero by its proof."""
    supplies = {*kinds[one.proof], *(kinds["green_trade"] if one.proof == "certificates" else ())}
    claimed = [cell for cell in zeros if cell["supply"] in supplies]
    mwh = Fraction(total(claimed, "quantity"))
    amount = min(one.quantity, mwh)
    if not amount:
        return []
    finding = Found(
        subject=one.generator_id,
        period=year,
        arguments={
            "generator": plant["name"] or one.generator_id,
            "technology": plant["technology"],
            "supply": kinds[one.proof][0],
            "quantity": text(amount),
        },
        effect=tonnes(amount * Fraction(total(claimed, "strict_tco2")) / mwh),
    )
    return on_rows(finding, one.table, one.row_ids)
