"""What of a filing is frozen (DESIGN 8 H): its figures per enterprise, source and year, and the choices behind them, as leaves.

The same leaves are committed at a first filing and compared at a later one, so nothing in them may depend on the form of
the submission: quantities are summed over the year in base units, tonnes stand under the ruler and the chosen readings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from verify.canonical import decimal_text
from verify.checks import structure
from verify.checks.members import inside
from verify.checks.world import World
from verify.engine import AMOUNT
from verify.history import CHOICE, FIGURES, FILED, PLACE, TONNES, Leaf, Path

_SUMMED = {  # by table, what tells one amount of a source from another
    "activity": ("flow", "carrier", "supply", "activity_type"),
    "production": ("flow", "product"),
    "emissions": ("gas", "method"),
}
_PLACES = 6
BASE_YEAR, BOUNDARY, ALLOCATION, PARAMETER = "base_year", "boundary", "allocation", "parameter"
INDUSTRY, PROCESS, ID_SCHEME, RULER = "industry", "process", "id_scheme", "ruler"


def leaves(world: World) -> tuple[Leaf, ...]:
    """Every leaf of a submission under its ruler; read once per world."""
    if "frozen" not in world.cache:
        found = (*_figures(world), *_tonnes(world), *_filed(world), *_choices(world), *_yearly(world), *_places(world))
        world.cache["frozen"] = tuple(sorted({one.path: one for one in found}.values(), key=lambda one: one.path))
    return world.cache["frozen"]  # type: ignore[no-any-return]


def head(world: World) -> dict[str, Any]:
    """What of a commitment is not sealed: park, ruler, years, and the place as far as the ruler publishes it."""
    park = world.submission.park
    told = "members" in world.ruler.text.disclosure.public
    return {
        "park": park.id,
        "ruler": {"id": world.ruler.id, "sha256": world.ruler.sha256},
        "years": list(world.years),
        "base_year": world.base_year,
        "reporting_year": world.year,
        "place": {"polygons": polygons(world), "codes": codes(world) if told else []},
    }


def polygons(world: World) -> list[Any]:
    """The polygons of the park, numbers as text; each once."""
    found: list[Any] = []
    for one in world.submission.park.boundaries:
        shape = structure.plain(one.geojson) if one.geojson else None
        if shape is not None and shape not in found:
            found.append(shape)
    return found


def codes(world: World) -> list[str]:
    """The ids of all who were ever members, where they are credit codes: free ids say nothing about who it is."""
    if world.submission.park.id_scheme != "uscc":
        return []
    return sorted({row["enterprise_id"] for row in world.spells()})


def _figures(world: World) -> Iterator[Leaf]:
    """Quantities of every source and year in base units."""
    found: dict[tuple[str, str, str], list[list[str]]] = defaultdict(list)
    for name, columns in _SUMMED.items():
        if not world.handed_in(name):
            continue
        rows = world.table(name).filter(lambda t: t.quantity.notnull())
        rows = rows.mutate(year=rows.period[:4])
        keys = ["year", "enterprise_id", "source_id", *columns, "unit"]
        summed = rows.group_by(keys).aggregate(whole=rows.quantity.sum().cast("decimal(38, 6)"))
        for row in world.engine.rows(summed):
            amount = [name, *(row[column] for column in columns), row["unit"], decimal_text(row["whole"], _PLACES)]
            found[row["enterprise_id"], row["source_id"], row["year"]].append(amount)
    for (member, source, year), amounts in found.items():
        yield Leaf(Path(FIGURES, "", member, source, year), sorted(amounts))


def _tonnes(world: World) -> Iterator[Leaf]:
    """What the sources emit under the ruler, in the terms that its total counts."""
    lines = world.lines().filter(lambda t: (t.measure == "carbon") & t.term.isin(world.ruler.text.method.core_terms))
    keys = ["year", "enterprise_id", "source_id"]
    for row in world.engine.rows(lines.group_by(keys).aggregate(tco2=lines.tco2.sum().cast(AMOUNT))):
        if row["tco2"] is not None:
            path = Path(TONNES, "", row["enterprise_id"], row["source_id"], row["year"])
            yield Leaf(path, decimal_text(Decimal(row["tco2"]), _PLACES))


def _filed(world: World) -> Iterator[Leaf]:
    """The figures that the park itself filed; what it told others is theirs."""
    for row in world.rows("reported"):
        if row["value"] is not None and not row["authority"]:
            path = Path(FILED, row["item"], year=row["year"])
            yield Leaf(path, [decimal_text(row["value"], _PLACES), row["unit"]])


def _choices(world: World) -> Iterator[Leaf]:
    """Choices that hold for the whole filing."""
    park = world.submission.park
    chosen_on = park.base_year_chosen_on
    yield Leaf(Path(CHOICE, BASE_YEAR), [world.base_year, chosen_on.isoformat() if chosen_on else ""])
    yield Leaf(Path(CHOICE, ID_SCHEME), [park.id_scheme])
    yield Leaf(Path(CHOICE, RULER), [world.ruler.id, world.ruler.sha256])
    for name in world.ruler.text.parameters:
        yield Leaf(Path(CHOICE, PARAMETER, source=name), [world.chosen[name]])
    for row in world.rows("sources"):
        path = Path(CHOICE, PROCESS, row["enterprise_id"], row["source_id"])
        yield Leaf(path, [row["kind"], row["process"]])


def _yearly(world: World) -> Iterator[Leaf]:
    """Choices that may differ from year to year, as they stood at its end: only those of a frozen year are held."""
    for year in world.years:
        end = date(int(year), 12, 31)
        boundary = structure.in_force(world, year)
        if boundary is not None:
            yield Leaf(Path(CHOICE, BOUNDARY, year=year), structure.shape(boundary))
        for member, row in _members(world, year):
            yield Leaf(Path(CHOICE, INDUSTRY, member, year=year), [row["industry_code"], row["population"]])
        for row in world.rows("allocations"):
            if (row["from"] or date.min) <= end <= (row["to"] or date.max):
                path = Path(CHOICE, ALLOCATION, row["party"], row["shared"], year)
                yield Leaf(path, [row["key_basis"], decimal_text(row["share"])])


def _members(world: World, year: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The members of a year, each with its last spell in it."""
    held: dict[str, dict[str, Any]] = {}
    for row in sorted(world.spells(), key=lambda row: row["from"] or date.min):
        if (row["from"] or date.min).year <= int(year) <= (row["to"] or date.max).year:
            held[row["enterprise_id"]] = row
    return ((member, row) for member, row in sorted(held.items()) if inside(world, member, year))


def _places(world: World) -> Iterator[Leaf]:
    """Where the sources stand."""
    for row in world.rows("sources"):
        if row["longitude"] is not None and row["latitude"] is not None:
            spot = [decimal_text(row[axis], _PLACES) for axis in ("longitude", "latitude")]
            yield Leaf(Path(PLACE, "source", row["enterprise_id"], row["source_id"]), spot)
