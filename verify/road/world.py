"""From a submission to a world: which years, which boundary, which readings, then the ledger and the indicators."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from verify.checks import World
from verify.checks.world import FILED
from verify.engine import Engine
from verify.errors import Located, WrongUsage
from verify.ledger import Boundary, Changes, Figures, Ledger, Spell, Vocabulary, account, defaults, judge
from verify.road.side_cells import side_cells as _side_cells
from verify.ruler import Ruler
from verify.ruler.values import unit_scale
from verify.submission import Submission
from verify.submission.naming import folded, words


def filed_boundary(submission: Submission, engine: Engine) -> Boundary:
    """The park's own list of members as spells of months."""
    rows = engine.rows(submission.tables["enterprises"].select("enterprise_id", "from", "to").order_by("enterprise_id"))
    spells = sorted((row["enterprise_id"], _month(row["from"]), _month(row["to"])) for row in rows)
    return Boundary(FILED, tuple(Spell(*spell) for spell in spells))


def build(
    submission: Submission,
    ruler: Ruler,
    engine: Engine,
    *,
    boundaries: Sequence[Boundary] = (),
    changes: Changes | None = None,
    year: str = "",
) -> World:
    """The world of a submission under a ruler. `year` overrides the reporting year of park.yaml."""
    vocabulary = Vocabulary.standard()
    ledger = account(
        engine,
        ruler,
        submission.tables,
        vocabulary,
        [filed_boundary(submission, engine), *boundaries],
        with_sensitivities(ruler, changes or Changes()),
        {"province": province(submission.park.province)},
    )
    cells = [*ledger.cells, *side_cells(submission, engine)]
    years = sorted({row["year"] for row in (*cells, *ledger.gaps)})  # a year of gaps alone is a year too
    if year and year not in years:
        raise WrongUsage("road.no_such_year", year=year, available=", ".join(years) or "–")
    reporting = year or submission.park.reporting_year or (years[-1] if years else "")
    if not reporting:
        raise WrongUsage("road.no_year")
    base = submission.park.base_year or ruler.text.baseline.year
    years = sorted({*years, reporting})
    chosen = defaults(ruler, chosen_readings(submission, ruler))
    figures = {one: Figures(ruler, cells, FILED, one) for one in years}
    judged = {name: judge(figures[reporting], name, chosen) for name in ruler.text.indicators}
    return World(submission, ruler, engine, ledger, vocabulary, chosen, reporting, base, tuple(years), figures, judged)


def province(name: str) -> str:
    """The id of a province in the factor files (江苏省, Jiangsu -> jiangsu); '' where the name is none of them."""
    return words("province").get(folded(name), "")


def with_sensitivities(ruler: Ruler, changes: Changes) -> Changes:
    """`changes`, and the values that the ruler wants computed beside its own without admitting them."""
    changed = {name: dict(readings) for name, readings in changes.changed.items()}
    for one in ruler.text.sensitivities:
        changed.setdefault(one.value, {})[one.to] = Fraction(one.to) * unit_scale(one.unit)
    return Changes(changed)


def refigure(world: World, ledger: Ledger, boundary: str, year: str) -> Figures:
    """Figures of another boundary of the same run."""
    return Figures(world.ruler, ledger.cells, boundary, year)


def side_cells(submission: Submission, engine: Engine) -> list[dict[str, Any]]:
    """The cells beside the ledger of a submission (verify.road.side_cells)."""
    return _side_cells(submission.tables, engine)


def chosen_readings(submission: Submission, ruler: Ruler) -> dict[str, str]:
    """The readings that the park declares. Raises `Located` for what the ruler does not know, each with its place.

    They are said of the ruler that park.yaml names: under another one those that it does not know mean nothing.
    """
    problems, chosen = [], {}
    foreign = not ruler.named_by(submission.park.ruler)
    for identifier, reading in submission.park.parameters.items():
        parameter = ruler.text.parameters.get(identifier)
        readings = [] if parameter is None else [one.id for one in parameter.readings]
        beside = ruler.beside.get(identifier, frozenset())
        readings = [one for one in readings if one not in beside]  # those are computed too, and never the headline
        if reading in readings:
            chosen[identifier] = reading
        if reading in readings or foreign:
            continue
        key, known = ("no_parameter", sorted(ruler.text.parameters)) if parameter is None else ("no_reading", readings)
        arguments = {"parameter": identifier, "reading": reading, "available": ", ".join(known)}
        problems.append(submission.park_marks.problem(("parameters", identifier), f"road.{key}", **arguments))
    if problems:
        raise Located("road.park_does_not_fit", problems)
    return chosen


def _month(date: Any) -> str:
    return f"{date:%Y-%m}" if date else ""
