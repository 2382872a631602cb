"""Many boundaries and changed values in one query say what each says alone, also where only the whole boundary decides."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from tests.golden.demonstration import power, write_park
from verify.engine import Engine
from verify.ledger import (
    KINDS,
    Basis,
    Boundary,
    Changes,
    Figures,
    Many,
    Spell,
    Vocabulary,
    account,
    account_many,
    defaults,
    needed,
    outcome,
    value_key,
)
from verify.ledger.membership import SharedMembership
from verify.road.side_cells import side_cells
from verify.ruler import load_ruler
from verify.submission import Submission, read

CORE, CHANGED = "unit_energy_co2", "annex4.el.grid_other"
PARK = Path("fixtures/parks/honest-not-met")


def boundaries(members: list[str]) -> list[Boundary]:
    """All members; each one left out; one that comes late and one that leaves early; nobody."""
    spells = {one: Spell(one, "", "") for one in members}
    found = [Boundary("filed", tuple(spells.values()))]
    found += [Boundary(f"without {one}", tuple(spells[o] for o in members if o != one)) for one in members]
    late = {**spells, members[0]: Spell(members[0], "2027-05", ""), members[-1]: Spell(members[-1], "", "2027-03")}
    return [*found, Boundary("late", tuple(late.values())), Boundary("nobody", ())]


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, Submission]:
    engine = Engine(threads=1)
    return engine, read(PARK, engine=engine, workdir=tmp_path_factory.mktemp("many"), values=None)


@pytest.fixture(scope="module")
def asked(park: tuple[Engine, Submission]) -> tuple[list[Boundary], Changes]:
    engine, submission = park
    members = sorted({row["enterprise_id"] for row in engine.rows(submission.tables["enterprises"])})
    return boundaries(members), Changes({CHANGED: {"lower": Fraction("0.8"), "none": Fraction(0)}})


@pytest.fixture(scope="module")
def many(park: tuple[Engine, Submission], asked: tuple[list[Boundary], Changes]) -> Many:
    engine, submission = park
    side = side_cells(submission.tables, engine)
    ruler = load_ruler("cn-national-2025")
    return account_many(engine, ruler, submission.tables, Vocabulary.standard(), asked[0], asked[1], {}, side)


def test_every_basis_is_what_it_is_alone(
    park: tuple[Engine, Submission], asked: tuple[list[Boundary], Changes], many: Many
) -> None:
    engine, submission = park
    ruler = many.ruler
    own = defaults(ruler)
    points = {
        "electricity.tce_coefficient": ["0.28078", "0.30"],
        "feedstock_in_denominator": ["included", "excluded"],
        "export_credit": [one.id for one in ruler.text.parameters["export_credit"].readings],
        value_key(CHANGED): ["as_printed", "lower", "none"],
    }
    bases = [
        Basis(boundary.id, {**own, **dict(zip(points, chosen, strict=True))})
        for boundary in asked[0]
        for chosen in product(*points.values())
    ]
    cells = [
        *account(engine, ruler, submission.tables, Vocabulary.standard(), *asked).cells,
        *side_cells(submission.tables, engine),
    ]
    alone = {one.id: Figures(ruler, cells, one.id, "2027") for one in asked[0]}
    seen = set()
    for kind in KINDS:
        answered = many.answer(bases, ["2027"], needed(ruler, [], ruler.text.indicators), [kind])
        for basis in bases:
            for indicator in ruler.text.indicators:
                expected = outcome(alone[basis.boundary], indicator, basis.assignment, kind)
                assert outcome(answered[basis.boundary, "2027"], indicator, basis.assignment, kind) == expected
                if indicator == CORE:
                    seen.add(str(expected.value))
        assert many.figures("late", "2027").item("total.tco2", own, kind) == alone["late"].item("total.tco2", own, kind)
    assert len(seen) > 200  # the bases differ: agreement is no accident


def test_a_sum_that_was_not_asked_for_is_not_zero(many: Many) -> None:
    own = defaults(many.ruler)
    answered = many.answer([Basis("filed", own)], ["2027"], needed(many.ruler, ["term.fuel.tco2"]))["filed", "2027"]
    assert answered.item("term.fuel.tco2", own) == many.figures("filed", "2027").item("term.fuel.tco2", own)
    with pytest.raises(KeyError):
        answered.item("term.heat.tco2", own)


def made(member: str, coal: str, mwh: str) -> list[dict[str, str]]:
    """A power plant: coal burned for power, and the power made."""
    common = {
        "period": "2027",
        "enterprise_id": member,
        "source_id": "plant",
        "activity_type": "火力发电",
        "basis": "meter",
    }
    return [
        {**common, "carrier": "bituminous_coal", "flow": "transformation_in", "quantity": coal, "unit": "t"},
        {**common, "carrier": "electricity", "flow": "transformation_out", "quantity": mwh, "unit": "MWh"},
    ]


def sold(member: str, to: str, mwh: str) -> dict[str, str]:
    """Fossil power handed on across a fence."""
    row = {"period": "2027", "enterprise_id": member, "source_id": "line", "carrier": "electricity", "flow": "sold"}
    return {**row, "supply": "grid", "counterparty": to, "quantity": mwh, "unit": "MWh", "basis": "meter"}


def test_a_seller_that_makes_nothing_takes_the_mean_of_each_boundary(tmp_path: Path) -> None:
    """Its credit rests on who else is inside: nothing of it may be shared, and its trade with a member ends at the fence."""
    rows = [*made("P1", "1000", "2000"), *made("P2", "900", "3000"), sold("S", "outside", "500"), sold("S", "P1", "70")]
    names = ("P1", "P2", "S")
    folder = write_park(
        tmp_path / "park",
        rows=[*power(member="S"), *rows],
        enterprises=[{"enterprise_id": one, "name": one} for one in names],
    )
    engine, ruler = Engine(threads=1), load_ruler("cn-national-2025")
    tables = read(folder, engine=engine, workdir=tmp_path, values=None).tables
    held = [
        Boundary("+".join(those), tuple(Spell(one, "", "") for one in those))
        for those in (names, ("P1", "S"), ("P2", "S"), ("S",), ("P1", "P2"))
    ]
    own = {**defaults(ruler), "export_credit": "own_intensity"}
    cells = account(engine, ruler, tables, Vocabulary.standard(), held).cells
    many = account_many(engine, ruler, tables, Vocabulary.standard(), held)
    totals = {one.id: Figures(ruler, cells, one.id, "2027").item("term.el.tco2", own) for one in held}
    assert {one.id: many.figures(one.id, "2027").item("term.el.tco2", own) for one in held} == totals
    assert len(set(totals.values())) == len(held)


def test_rows_are_shared_where_enterprise_and_partner_have_the_same_spells() -> None:
    one, other = Spell("A", "", ""), Spell("B", "", "")
    late = Spell("B", "2027-05", "")
    held = [Boundary("1", (one, other)), Boundary("2", (one,)), Boundary("3", (one, other)), Boundary("4", (one, late))]
    shared = SharedMembership(held, [("A", "B"), ("A", "stranger")])
    assert shared.rows_of("3", "A") == [("1", ""), ("1", "B")]
    assert shared.rows_of("2", "A") == [("1", ""), ("2", "B")]
    assert shared.rows_of("4", "A") == [("1", ""), ("4", "B")]
    assert shared.rows_of("2", "B") == []
    apart = SharedMembership(held, [("A", "B")], {"A"})
    assert apart.rows_of("3", "A") == [("3", ""), ("3", "B")]
