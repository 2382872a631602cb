"""Filed figures that a printed number explains: by the factor that they name, else by the one that they imply.

A figure explains itself only where it is filed finely enough: as many printed numbers as there are could otherwise hit it by
chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from verify.checks.filed import ENERGY, Filed, filed_figures, own_rows
from verify.checks.filed_numbers import COLUMNS, named, places
from verify.checks.identify import THING, Given, identify
from verify.checks.printed import Printed, behind, coefficients, in_row_unit, printed
from verify.checks.rows import text, tonnes
from verify.checks.subject import park
from verify.checks.undone import fuels
from verify.checks.world import World, total
from verify.engine import AMOUNT, Table

Row = dict[str, Any]
_CHANCE = Fraction(1, 100)  # of the span of a figure that all printed numbers together may cover by rounding alone
_PER = {"electricity": "MWh", "heat": "GJ"}


def totals(world: World, params: Mapping[str, Any]) -> list[Table]:
    """`params.figures`: item -> what its factor is of. Figures of this filing at another factor than the ruler's."""
    if not params.get("figures"):
        return []
    return _once(world, f"figures:{params['figures']}", _figures(world, params))


def energy_totals(world: World, params: Mapping[str, Any]) -> list[Table]:
    """Filed energy consumption with one carrier at the coal-equivalent coefficient of another."""
    return _once(world, "energy", _energy(world, params))


def written(world: World, rows: Sequence[Row]) -> Table:
    """Findings worked out in Python, as a scan."""
    import pyarrow as pa

    numbers = ("effect", "quantity")
    schema = pa.schema([(name, pa.decimal128(38, 6) if name in numbers else pa.string()) for name in COLUMNS])
    table = world.engine.table("written", pa.Table.from_pylist([dict(row) for row in rows], schema=schema))
    return table.mutate(**{name: table[name].cast(AMOUNT) for name in numbers}).select(*COLUMNS)


def _once(world: World, key: str, rows: Iterable[Row]) -> list[Table]:
    key = f"scan:{key}"
    if key not in world.cache:
        found = list(rows)
        world.cache[key] = [written(world, found)] if found else []
    return world.cache[key]  # type: ignore[no-any-return]


def _figures(world: World, params: Mapping[str, Any]) -> Iterator[Row]:
    used = {row["row_id"]: row["factor_used"] for row in own_rows(world)}
    for figure in filed_figures(world, params):
        subject = params["figures"].get(figure.item)
        if subject is None:
            continue
        net, due = _priced(world, figure.year, subject)
        if due is None or not net:
            continue
        unit, scale = in_row_unit(world, "factor", subject)
        if used[figure.row_id] is not None:
            filed = text(used[figure.row_id])
        elif (implied := _implied(figure, net, due, printed(world, subject))) is not None:
            filed = text(implied / scale)
        else:
            continue
        given = Given(subject, Fraction(filed) * scale, figure.year, filed, scale, due, places(world))
        one = named(given, identify(given, printed(world, subject)), "factor", unit)
        if one is not None and Fraction(filed) * scale != due.number:
            effect = net * (due.number - Fraction(filed) * scale)
            yield _row(world, figure, one.aspect, {**one.texts, "quantity_unit": _PER[subject]}, abs(net), effect)


def _priced(world: World, year: str, subject: str) -> tuple[Fraction, Printed | None]:
    """The net quantity of a year that counts at a printed factor, and that factor; the largest where there are several."""
    found: dict[str, tuple[Fraction, Printed]] = {}
    for cell in world.cells(year, measure="carbon", table="activity"):
        due = behind(world, cell["factor_id"], year)
        if due is not None and due.about.get("subject") == subject:
            found[due.key] = (found.get(due.key, (Fraction(0), due))[0] + Fraction(cell["quantity"]), due)
    return max(found.values(), key=lambda one: (abs(one[0]), one[1].key), default=(Fraction(0), None))


def _implied(figure: Filed, net: Fraction, due: Printed, known: Sequence[Printed]) -> Fraction | None:
    """The printed number (or the due one in another power of ten) at which the figure would be as filed."""
    if figure.agrees or 2 * figure.slack * len(known) > _CHANCE * abs(net) * due.number:
        return None
    powers = [due.number * Fraction(10) ** power for power in (-3, -2, -1, 1, 2, 3)]
    for number in [one.number for one in known] + powers:
        if number != due.number and abs(net * (number - due.number) - figure.difference) <= figure.slack:
            return number
    return None


def _energy(world: World, params: Mapping[str, Any]) -> Iterator[Row]:
    for figure in filed_figures(world, params):
        if figure.item == ENERGY and not figure.agrees:
            yield from _substituted(world, figure)


def _substituted(world: World, figure: Filed) -> Iterator[Row]:
    """The carrier and the other carrier's coefficient that make the filed energy; none where several would."""
    fits = [
        (carrier, other, quantity, own)
        for carrier, quantity, own in _fuels_of(world, figure.year)
        for other in coefficients(world, world.vocabulary.traits(carrier)["dimension"])
        if other.thing != carrier
        and 2 * figure.slack * len(fuels()) <= _CHANCE * abs(quantity) * own
        and abs(quantity * (other.number - own) - figure.difference) <= figure.slack
    ]
    numbers = {(carrier, other.number) for carrier, other, *_ in fits}
    if len(numbers) == 1:
        carrier, other, quantity, own = fits[0]
        texts = {
            "of": carrier, "property": "tce_coefficient", "filed": text(other.number), "unit": f"tce/{_unit(world, carrier)}",
            "is_value": other.key, "due": text(own), "due_value": "one_heat_value", "power": "0",
            "quantity_unit": _unit(world, carrier),
        }  # fmt: skip
        yield _row(world, figure, THING, texts, abs(quantity), quantity * (own - other.number), "tce")


def _fuels_of(world: World, year: str) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Fuels of the year with their net quantity across the fence and their one coefficient."""
    held: dict[str, list[Mapping[str, Any]]] = {}
    for cell in world.cells(year, measure="energy", side="fence", item_class="fuel"):
        held.setdefault(cell["carrier"], []).append(cell)
    for carrier, cells in sorted(held.items()):
        coefficient = {cell["coefficient"] for cell in cells}
        if len(coefficient) == 1:
            yield carrier, Fraction(total(cells, "quantity")), Fraction(coefficient.pop())


def _unit(world: World, carrier: str) -> str:
    from verify.submission.contract import carriers
    from verify.units import Units

    return Units.standard().base(carriers()[carrier].dimension)


def _row(
    world: World,
    figure: Filed,
    aspect: str,
    texts: Mapping[str, str],
    quantity: Fraction,
    effect: Fraction,
    unit: str = "tCO2",
) -> Row:
    return {
        "table": "reported", "row_id": figure.row_id, "subject": park(world), "period": figure.year, "aspect": aspect,
        "effect": tonnes(effect), "effect_unit": unit, "quantity": tonnes(quantity), **texts,
    }  # fmt: skip
