"""The lint of rulers against what the tables and the checks know: carriers, flows, units of columns, codes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from verify import resources
from verify.checks.registry import registered
from verify.ledger.situations import MEASURED, Vocabulary
from verify.road.rule_tests.read import FOLDER
from verify.ruler import Ruler, available, load_ruler
from verify.ruler.lint import Fault, Ground, lint, lint_together
from verify.ruler.lint.fault import at
from verify.submission.contract import carriers, contracts, products, vocabulary

# Values that the code asks for by id (verify.road.run, verify.ruler.lint.heat_values).
_ASKED = ("energy.steam_reference_enthalpy", "practice.heat_value_gap")
# What a recovered stream is measured in (rules/tables/resources.yaml: waste by the tonne, energy in GJ, water in m3).
_STREAMS = {"solid_waste": "t", "waste_heat": "GJ", "waste_cold": "GJ", "waste_pressure": "GJ", "water": "m3"}
_FOUND = {  # words that the ledger itself gives to a row (verify.ledger.situations)
    "where": ("none", "inside", "outside", "unknown"),
    "covered": ("yes", "unknown", "no"),
    **dict.fromkeys(("has_biogenic", "listed", "balanced", "has_factor", "at_feedstock"), ("yes", "no")),
    "side": ("fence", "use"),
    "measure": ("carbon", "memo", "energy"),
    "table": ("activity", "production", "process_balances", "emissions", "resources", "economy"),
    "hazardous": ("yes", "no"),
    "unit": ("t", "tCO2", "tCO2e"),
}


def lint_ruler(ruler: str | Path) -> list[Fault]:
    """Everything that is wrong with one ruler, by id or folder. Raises `Located` for one that does not load."""
    loaded = load_ruler(ruler)
    folder = Path(ruler) if isinstance(ruler, Path) or "/" in ruler or "\\" in ruler else resources.rules() / ruler
    return [*_tests(loaded, folder), *lint(loaded, ground())]


def lint_all() -> tuple[list[Ruler], list[Fault]]:
    """Every ruler that comes with TrueZero, and what is wrong with each and between them."""
    rulers = [load_ruler(name) for name in available()]
    return rulers, lint_many(rulers)


def lint_many(rulers: Sequence[Ruler]) -> list[Fault]:
    """What is wrong with each of these rulers and between them; one place is named once, though several rulers hold it."""
    found = [
        fault for ruler in rulers for fault in [*_tests(ruler, resources.rules() / ruler.id), *lint(ruler, ground())]
    ]
    told: dict[tuple[str, str], Fault] = {}
    for fault in (*found, *lint_together(rulers, ground())):
        told.setdefault((fault.code, str(fault.problem)), fault)
    return sorted(told.values(), key=lambda one: (one.problem.file, one.problem.line, one.problem.column, one.code))


@cache
def ground() -> Ground:
    """What the contract of the tables and the registry of the checks say."""
    known = Vocabulary.standard()
    traits = {name: known.traits(name) for name in carriers()}
    return Ground(
        carriers=traits,
        columns=_columns(),
        words={
            **{
                name: tuple(vocabulary(name))
                for name in ("flow", "activity_type", "supply", "evidence_kind", "limit_grade")
            },
            "flow": (*vocabulary("flow"), *vocabulary("product_flow"), *vocabulary("unit_flow")),
            "carrier": (*traits, *vocabulary("gas"), *_gases()),
            "gas": (*vocabulary("gas"), *_gases()),
            "gwp_set": tuple(vocabulary("gwp_set")),
            "class": tuple({one["class"] for one in traits.values()}),
            "family": tuple({one["family"] for one in traits.values()}),
            "stream": tuple(_STREAMS),
            "product": tuple(products()),
            **_FOUND,
        },
        codes=tuple(registered()),
        asked=_ASKED,
        streams=_STREAMS,
    )


def _columns() -> dict[tuple[str, str], str]:
    """Columns whose numbers are counted per base unit of the row, as the contract prints it: ``tC per base unit``."""
    found = {}
    for table, columns in MEASURED.items():
        for name in columns:
            top, per, _ = (contracts()[table].columns[name].unit or "").partition(" per ")
            if per:
                found[table, name] = top
    return found


def _gases() -> tuple[str, ...]:
    """Species that a set of warming potentials prints beyond the vocabulary (HFC-134a, PFC-14)."""
    from verify.ruler.marks import load_marked

    marked = load_marked(resources.rules() / "factors" / "gwp.yaml", name="factors/gwp.yaml")
    return tuple({name.partition(".")[2] for name in marked.data["values"]})


def _tests(ruler: Ruler, folder: Path) -> list[Fault]:
    return [] if list((folder / FOLDER).glob("*.yaml")) else [at(ruler, "RL-18", ("id",))]
